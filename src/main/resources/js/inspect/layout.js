// How the entries of one object become lines: on one line while they fit, short ones of an array in columns, otherwise each on its own.

import { width } from './inspect/text.js';

export const isArrayLike = (braces) => braces[0].endsWith('[');

// `depth` is the object's own, `value` its array where the entries are elements.
export function layout(ctx, entries, base, braces, depth, value) {
  const start = base === '' ? '' : `${base} `;
  const indent = ' '.repeat(ctx.indentation);
  if (ctx.compact === true) {
    if (fits(ctx, entries, 0, base)) return `${braces[0]}${base === '' ? '' : ` ${base}`} ${entries.join(', ')} ${braces[1]}`;
    const first = base === '' && braces[0].length === 1 ? ' ' : `${base === '' ? '' : ` ${base}`}\n${indent}  `;
    return `${braces[0]}${first}${entries.join(`,\n${indent}  `)} ${braces[1]}`;
  }
  if (ctx.compact >= 1) {
    const lines = isArrayLike(braces) && entries.length > 6 ? columns(ctx, entries, value) : entries;
    // The innermost `compact` levels may share a line.
    if (ctx.deepest - depth < ctx.compact && lines === entries) {
      const used = entries.length + ctx.indentation + braces[0].length + base.length + 10;
      if (fits(ctx, entries, used, base)) {
        const joined = entries.join(', ');
        if (!joined.includes('\n')) return `${start}${braces[0]} ${joined} ${braces[1]}`;
      }
    }
    entries = lines;
  }
  return `${start}${braces[0]}\n${indent}  ${entries.join(`,\n${indent}  `)}\n${indent}${braces[1]}`;
}

function fits(ctx, entries, used, base) {
  let total = entries.length + used;
  if (total + entries.length > ctx.breakLength) return false;
  for (const entry of entries) {
    total += width(ctx, entry);
    if (total > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

const SEPARATOR = 2;
const MOST_COLUMNS = 15;
// A character is about this many times as high as wide: what makes a block of columns look square.
const HEIGHT = 2.5;

function columns(ctx, entries, value) {
  const hasMore = ctx.maxArrayLength < entries.length;
  const count = hasMore ? entries.length - 1 : entries.length;
  const widths = entries.slice(0, count).map((entry) => width(ctx, entry));
  const total = widths.reduce((sum, each) => sum + each + SEPARATOR, 0);
  const longest = Math.max(...widths), cell = longest + SEPARATOR;
  if (cell * 3 + ctx.indentation >= ctx.breakLength || total / cell <= 5 && longest > 6) return entries;
  const biased = Math.max(cell - 3 - Math.sqrt(cell - total / entries.length), 1);
  const wide = Math.min(
    Math.round(Math.sqrt(HEIGHT * biased * entries.length) / biased),
    Math.floor((ctx.breakLength - ctx.indentation) / cell),
    ctx.compact * 4,
    MOST_COLUMNS,
  );
  if (wide <= 1) return entries;
  const columnWidths = [];
  for (let column = 0; column < wide; column++) {
    let widest = 0;
    for (let at = column; at < count; at += wide) widest = Math.max(widest, widths[at]);
    columnWidths.push(widest + SEPARATOR);
  }
  const toTheRight = value !== undefined && value.every((item) => typeof item === 'number' || typeof item === 'bigint');
  const lines = [];
  for (let first = 0; first < count; first += wide) {
    const last = Math.min(first + wide, count) - 1;
    let line = '';
    for (let at = first; at <= last; at++) {
      const cellText = at < last ? `${entries[at]}, ` : entries[at];
      const missing = columnWidths[at - first] - widths[at] - SEPARATOR;
      if (toTheRight) line += ' '.repeat(missing) + cellText;
      else line += at < last ? cellText + ' '.repeat(missing) : cellText;
    }
    lines.push(line);
  }
  if (hasMore) lines.push(entries[count]);
  return lines;
}
