// The objects that have a text of their own: functions, dates, boxed primitives, errors.

import { isBigIntObject, isBooleanObject, isClass, isNumberObject, isStringObject, isSymbolObject, tagOf } from './types.js';
import { bigintText, numberText, quote, symbolText } from './inspect/text.js';

export function dateText(date) {
  const time = Date.prototype.getTime.call(date);
  return Number.isNaN(time) ? 'Invalid Date' : Date.prototype.toISOString.call(date);
}

export function functionText(value, constructor) {
  const name = typeof value.name === 'string' ? value.name : '';
  if (isClass(value)) {
    const parent = Object.getPrototypeOf(value);
    const extended = parent === null ? ' extends null' : typeof parent === 'function' && parent.name ? ` extends ${parent.name}` : '';
    return `[class ${name === '' ? '(anonymous)' : name}${extended}]`;
  }
  const kind = tagOf(value).endsWith('Function') ? tagOf(value) : 'Function';
  const prototype = constructor === null ? ' (null prototype)' : '';
  return `[${kind}${prototype}${name === '' ? ' (anonymous)' : `: ${name}`}]`;
}

// undefined for what is no boxed primitive.
export function boxedText(value) {
  if (isStringObject(value)) return boxed('String', quote(String.prototype.valueOf.call(value)), 'string');
  if (isNumberObject(value)) return boxed('Number', numberText(Number.prototype.valueOf.call(value)), 'number');
  if (isBooleanObject(value)) return boxed('Boolean', `${Boolean.prototype.valueOf.call(value)}`, 'boolean');
  if (isBigIntObject(value)) return boxed('BigInt', bigintText(BigInt.prototype.valueOf.call(value)), 'bigint');
  if (isSymbolObject(value)) return boxed('Symbol', symbolText(Symbol.prototype.valueOf.call(value)), 'symbol');
  return undefined;
}

const boxed = (type, text, style) => ({ base: `[${type}: ${text}]`, style });

// The stack, headed by the class where the stack does not name it. Takes from the keys what the text says already, and adds cause and errors.
export function errorText(ctx, error, constructor, keys) {
  const name = error.name === undefined || error.name === null ? 'Error' : `${error.name}`;
  let stack = typeof error.stack === 'string' && error.stack !== '' ? error.stack : Error.prototype.toString.call(error);
  for (const key of ['name', 'message', 'stack']) {
    const at = keys.indexOf(key);
    if (at >= 0 && (typeof error[key] !== 'string' || stack.includes(error[key]))) keys.splice(at, 1);
  }
  for (const key of ['cause', 'errors']) {
    if (Object.hasOwn(error, key) && !keys.includes(key) && (key === 'cause' || Array.isArray(error.errors))) keys.push(key);
  }
  const headed = stack.startsWith(name) && ['', ':', '\n'].includes(stack.slice(name.length, name.length + 1));
  if (headed && constructor !== null && constructor !== name && name.endsWith('Error')) {
    stack = (constructor.includes(name) ? constructor : `${constructor} [${name}]`) + stack.slice(name.length);
  }
  if (!/^\s+at /m.test(stack)) stack = `[${stack}]`;
  return stack.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
}
