// Messages of several values: https://console.spec.whatwg.org/#formatter, as Node's util.format does it.

import { inspect } from './inspect.js';
import { isNativeError } from './types.js';
import { bigintText, numberText, symbolText } from './inspect/text.js';

const SPECIFIER = /%[sdifjoOc%]/g;

export function format(options, args) {
  let text = '', next = 0;
  if (typeof args[0] === 'string') {
    next = 1;
    text = args.length === 1 ? args[0] : args[0].replace(SPECIFIER, (specifier) => {
      if (specifier === '%%') return '%';
      return next < args.length ? substitute(options, specifier, args[next++]) : specifier;
    });
  }
  for (; next < args.length; next++) {
    const value = args[next];
    text += `${next === 0 ? '' : ' '}${typeof value === 'string' ? value : inspect(value, options)}`;
  }
  return text;
}

function substitute(options, specifier, value) {
  switch (specifier) {
    case '%s': return asString(options, value);
    case '%d': return typeof value === 'object' && value !== null ? asNumber(Number(value)) : asNumber(value, Number);
    case '%i': return typeof value === 'object' && value !== null ? 'NaN' : asNumber(value, Number.parseInt);
    case '%f': return typeof value === 'symbol' ? 'NaN' : numberText(Number.parseFloat(value));
    case '%j': return json(value);
    case '%o': return inspect(value, { ...options, showHidden: true, showProxy: true, depth: 4 });
    case '%O': return inspect(value, options);
    default: return '';
  }
}

const asNumber = (value, convert = Number) =>
  typeof value === 'bigint' ? bigintText(value) : typeof value === 'symbol' ? 'NaN' : numberText(convert(value));

function asString(options, value) {
  switch (typeof value) {
    case 'number': return numberText(value);
    case 'bigint': return bigintText(value);
    case 'symbol': return symbolText(value);
    case 'object':
      if (value === null || speaksForItself(value)) return `${value}`;
      return inspect(value, { ...options, depth: 0, colors: false, compact: 3 });
    default: return `${value}`;
  }
}

// Whether an object has a toString of a class of the worker's own.
function speaksForItself(value) {
  if (typeof value.toString !== 'function' || Array.isArray(value)) return false;
  if (isNativeError(value)) return false;
  if (Object.hasOwn(value, 'toString')) return true;
  for (let object = Object.getPrototypeOf(value); object !== null; object = Object.getPrototypeOf(object)) {
    if (Object.hasOwn(object, 'toString')) return object !== Object.prototype && object !== Date.prototype && object !== RegExp.prototype;
  }
  return false;
}

function json(value) {
  try {
    return `${JSON.stringify(value)}`;
  } catch (error) {
    if (/circular|cyclic/i.test(error?.message)) return '[Circular]';
    throw error;
  }
}
