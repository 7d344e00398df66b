// `node:querystring`: https://nodejs.org/api/querystring.html

import { coded } from './nodejs/errors.js';

const PLAIN = /[^A-Za-z0-9\-_.!~*'()]/;

function escape(value) {
  const text = typeof value === 'string' ? value : typeof value === 'object' ? String(value) : `${value}`;
  if (!PLAIN.test(text)) return text;
  try {
    return encodeURIComponent(text);
  } catch {
    throw coded(URIError, 'ERR_INVALID_URI', 'URI malformed');
  }
}

function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text).toString();
  }
}

function unescapeBuffer(text) {
  const { Buffer } = load('node/buffer');
  return Buffer.from(text.replace(/[^\0-\xff]/g, (found) => encodeURIComponent(found)).replace(/%([\da-fA-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
}

const primitive = (value) => {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return Number.isFinite(value) ? `${value}` : '';
    case 'bigint': case 'boolean': return `${value}`;
    default: return '';
  }
};

function stringify(object, separator = '&', equals = '=', options = undefined) {
  if (typeof object !== 'object' || object === null) return '';
  const encode = options?.encodeURIComponent ?? querystring.escape, pairs = [];
  for (const key of Object.keys(object)) {
    const value = object[key], name = encode(primitive(key)) + equals;
    if (Array.isArray(value)) for (const each of value) pairs.push(name + encode(primitive(each)));
    else pairs.push(name + encode(primitive(value)));
  }
  return pairs.join(separator);
}

function parse(text, separator = '&', equals = '=', options = undefined) {
  const result = { __proto__: null };
  if (typeof text !== 'string' || text === '') return result;
  const decode = options?.decodeURIComponent ?? querystring.unescape, most = options?.maxKeys ?? 1000;
  const decoded = (part) => {
    const spaced = part.replaceAll('+', ' ');
    try {
      return decode(spaced);
    } catch {
      return unescape(spaced);
    }
  };
  let parts = text.split(separator || '&');
  if (most > 0) parts = parts.slice(0, most);
  for (const part of parts) {
    if (part === '') continue;
    const at = part.indexOf(equals || '='), name = decoded(at < 0 ? part : part.slice(0, at)), value = at < 0 ? '' : decoded(part.slice(at + (equals || '=').length));
    const known = result[name];
    if (known === undefined) result[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else result[name] = [known, value];
  }
  return result;
}

const encode = stringify, decode = parse;
const querystring = { stringify, parse, escape, unescape, unescapeBuffer, encode, decode };

export { querystring as default, stringify, parse, escape, unescape, unescapeBuffer, encode, decode };
