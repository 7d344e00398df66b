// console.table: https://console.spec.whatwg.org/#table

import { inspect } from './inspect.js';
import { isMap, isSet, typedArrayKind } from './types.js';

function cell(value) {
  const wide = value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 2;
  return inspect(value, { maxArrayLength: 3, breakLength: Infinity, depth: wide ? -1 : 0 });
}

// The table as text; undefined for what has no rows.
export function table(data, properties) {
  if (data === null || typeof data !== 'object') return undefined;
  if (isMap(data)) {
    const entries = [...Map.prototype.entries.call(data)];
    return render('(iteration index)', ['Key', 'Values'], entries.map(([key, value], row) => [`${row}`, [cell(key), cell(value)]]));
  }
  const isASet = isSet(data);
  const rows = isASet ? [...Set.prototype.values.call(data)].map((value, row) => [`${row}`, value])
    : Array.isArray(data) || typedArrayKind(data) !== undefined ? Array.from(data, (value, row) => [`${row}`, value])
      : Object.keys(data).map((key) => [key, data[key]]);
  const columns = properties === undefined ? [] : properties.map(String);
  let hasValues = false;
  const lines = rows.map(([index, value]) => {
    const isRow = value !== null && (typeof value === 'object' || typeof value === 'function');
    if (!isRow) {
      hasValues = true;
      return { index, cells: {}, value: cell(value) };
    }
    const cells = { __proto__: null };
    for (const key of properties === undefined ? Object.keys(value) : columns) {
      if (!Object.hasOwn(value, key)) continue;
      if (!columns.includes(key)) columns.push(key);
      cells[key] = cell(value[key]);
    }
    return { index, cells, value: '' };
  });
  const heads = hasValues ? [...columns, 'Values'] : columns;
  return render(isASet ? '(iteration index)' : '(index)', heads,
    lines.map(({ index, cells, value }) => [index, heads.map((head, at) => hasValues && at === columns.length ? value : cells[head] ?? '')]));
}

function render(indexHead, heads, rows) {
  const lines = [[indexHead, ...heads], ...rows.map(([index, cells]) => [index, ...cells])];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)) + 2);
  const rule = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const text = (line) => `│${line.map((each, column) => ` ${each.padEnd(widths[column] - 1)}`).join('│')}│`;
  return [rule('┌', '┬', '┐'), text(lines[0]), rule('├', '┼', '┤'), ...lines.slice(1).map(text), rule('└', '┴', '┘')].join('\n');
}
