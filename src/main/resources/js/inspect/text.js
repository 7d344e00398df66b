// Strings, numbers and keys as they are shown.

const ESCAPES = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };
// Control characters, the backslash and lone surrogates.
const TO_ESCAPE = /[\0-\x1f\x7f-\x9f\\]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const IDENTIFIER = /^[a-zA-Z_][a-zA-Z_0-9]*$/;

function escape(character) {
  const known = ESCAPES[character];
  if (known !== undefined) return known;
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : `\\u${code.toString(16)}`;
}

// Single quotes, or those that the text does not have.
export function quote(text) {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') && !text.includes('${') ? '`' : "'";
  const escaped = text.replace(TO_ESCAPE, escape);
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}

const groupFromEnd = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, '_');
const groupFromStart = (digits) => digits.replace(/(\d{3})(?=\d)/g, '$1_');

export function numberText(number, separator) {
  if (Object.is(number, -0)) return '-0';
  const text = `${number}`;
  if (!separator || !Number.isFinite(number) || text.includes('e')) return text;
  const [whole, fraction] = text.split('.');
  return fraction === undefined ? groupFromEnd(whole) : `${groupFromEnd(whole)}.${groupFromStart(fraction)}`;
}

export function bigintText(value, separator) {
  return separator ? `${groupFromEnd(`${value}`)}n` : `${value}n`;
}

export const symbolText = (symbol) => Symbol.prototype.toString.call(symbol);

export function primitiveText(ctx, value) {
  switch (typeof value) {
    case 'string': return stringText(ctx, value);
    case 'number': return ctx.stylize(numberText(value, ctx.numericSeparator), 'number');
    case 'bigint': return ctx.stylize(bigintText(value, ctx.numericSeparator), 'bigint');
    case 'symbol': return ctx.stylize(symbolText(value), 'symbol');
    case 'undefined': return ctx.stylize('undefined', 'undefined');
    default: return ctx.stylize(`${value}`, value === null ? 'null' : 'boolean');
  }
}

function stringText(ctx, text) {
  let shown = text, trailer = '';
  if (text.length > ctx.maxStringLength) {
    const more = text.length - ctx.maxStringLength;
    shown = text.slice(0, ctx.maxStringLength);
    trailer = `... ${more} more character${more > 1 ? 's' : ''}`;
  }
  // A long text of many lines is shown line by line.
  if (ctx.compact !== true && shown.length > 16 && shown.length > ctx.breakLength - ctx.indentation - 4) {
    return shown.split(/(?<=\n)/).map((line) => ctx.stylize(quote(line), 'string')).join(` +\n${' '.repeat(ctx.indentation + 2)}`) + trailer;
  }
  return ctx.stylize(quote(shown), 'string') + trailer;
}

export function keyText(ctx, key, enumerable) {
  if (typeof key === 'symbol') return `[${ctx.stylize(symbolText(key).replace(TO_ESCAPE, escape), 'symbol')}]`;
  if (key === '__proto__') return "['__proto__']";
  if (!enumerable) return `[${key.replace(TO_ESCAPE, escape)}]`;
  return IDENTIFIER.test(key) ? ctx.stylize(key, 'name') : ctx.stylize(quote(key), 'string');
}

const STYLES = {
  special: [36, 39], number: [33, 39], bigint: [33, 39], boolean: [33, 39], undefined: [90, 39], null: [1, 22], string: [32, 39],
  symbol: [32, 39], date: [35, 39], regexp: [31, 39], module: [4, 24],
};

export function colored(text, kind) {
  const style = STYLES[kind];
  return style === undefined ? text : `\x1b[${style[0]}m${text}\x1b[${style[1]}m`;
}

const COLORS = /\x1b\[\d+m/g;
export const width = (ctx, text) => ctx.colors ? text.replace(COLORS, '').length : text.length;
