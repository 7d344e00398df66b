// Text as bytes and back, in the encodings of Node's buffers: https://nodejs.org/api/buffer.html#buffers-and-character-encodings

import { TextDecoder, TextEncoder } from './encoding.js';
import { coded } from './nodejs/errors.js';

const { fromCharCode } = String;
const { apply } = Reflect;
const encoder = new TextEncoder(), decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const CHUNK = 4096;

const NAMES = {
  __proto__: null, 'utf8': 'utf8', 'utf-8': 'utf8', 'ucs2': 'utf16le', 'ucs-2': 'utf16le', 'utf16le': 'utf16le', 'utf-16le': 'utf16le', 'latin1': 'latin1',
  'binary': 'latin1', 'ascii': 'ascii', 'hex': 'hex', 'base64': 'base64', 'base64url': 'base64url',
};

// The canonical name, or undefined.
export const encodingName = (name) => NAMES[name] ?? NAMES[`${name}`.toLowerCase()];

export function requireEncoding(name) {
  if (name === undefined || name === null || name === '') return 'utf8';
  const known = typeof name === 'string' ? encodingName(name) : undefined;
  if (known === undefined) throw coded(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(name)}`);
  return known;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_URL = `${BASE64.slice(0, 62)}-_`;
const SEXTETS = new Int8Array(256).fill(-1);
for (let i = 0; i < 64; i++) SEXTETS[BASE64.charCodeAt(i)] = SEXTETS[BASE64_URL.charCodeAt(i)] = i;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function base64Bytes(text) {
  let end = text.indexOf('=');
  if (end < 0) end = text.length;
  const bytes = new Uint8Array(Math.floor(end * 3 / 4) + 1);
  let at = 0, bits = 0, count = 0;
  // What is no digit is passed over, as in Node.
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i), sextet = code < 256 ? SEXTETS[code] : -1;
    if (sextet < 0) continue;
    bits = (bits << 6) | sextet;
    count += 6;
    if (count >= 8) bytes[at++] = (bits >> (count -= 8)) & 255;
  }
  return bytes.subarray(0, at);
}

function base64Text(bytes, start, end, digits, padded) {
  const parts = [];
  let text = '', i = start;
  for (; i + 2 < end; i += 3) {
    const three = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2];
    text += digits[three >> 18] + digits[(three >> 12) & 63] + digits[(three >> 6) & 63] + digits[three & 63];
    if (text.length > CHUNK) {
      parts.push(text);
      text = '';
    }
  }
  if (end - i === 1) text += `${digits[bytes[i] >> 2]}${digits[(bytes[i] & 3) << 4]}${padded ? '==' : ''}`;
  else if (end - i === 2) text += `${digits[bytes[i] >> 2]}${digits[((bytes[i] & 3) << 4) | (bytes[i + 1] >> 4)]}${digits[(bytes[i + 1] & 15) << 2]}${padded ? '=' : ''}`;
  return parts.join('') + text;
}

function hexDigit(code) {
  return code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : code >= 65 && code <= 70 ? code - 55 : -1;
}

// Up to the first pair that is no byte, as in Node.
function hexBytes(text) {
  const bytes = new Uint8Array(text.length >> 1);
  for (let i = 0; i < bytes.length; i++) {
    const high = hexDigit(text.charCodeAt(2 * i)), low = hexDigit(text.charCodeAt(2 * i + 1));
    if (high < 0 || low < 0) return bytes.subarray(0, i);
    bytes[i] = high * 16 + low;
  }
  return bytes;
}

export function encode(text, encoding) {
  switch (encoding) {
    case 'utf8': return encoder.encode(text);
    case 'latin1': case 'ascii': {
      const bytes = new Uint8Array(text.length);
      for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
      return bytes;
    }
    case 'utf16le': {
      const bytes = new Uint8Array(text.length * 2);
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        bytes[2 * i] = unit;
        bytes[2 * i + 1] = unit >> 8;
      }
      return bytes;
    }
    case 'hex': return hexBytes(text);
    default: return base64Bytes(text);
  }
}

function units(bytes, start, end, step, unitAt) {
  const parts = [];
  for (let i = start; i < end; i += CHUNK * step) {
    const some = [];
    for (let j = i; j < Math.min(end, i + CHUNK * step); j += step) some.push(unitAt(bytes, j));
    parts.push(apply(fromCharCode, undefined, some));
  }
  return parts.join('');
}

export function decode(bytes, encoding, start, end) {
  switch (encoding) {
    case 'utf8': return decoder.decode(start === 0 && end === bytes.length ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start));
    case 'latin1': return units(bytes, start, end, 1, (all, at) => all[at]);
    case 'ascii': return units(bytes, start, end, 1, (all, at) => all[at] & 127);
    case 'utf16le': return units(bytes, start, end - (end - start) % 2, 2, (all, at) => all[at] | (all[at + 1] << 8));
    case 'hex': {
      let text = '';
      for (let i = start; i < end; i++) text += HEX[bytes[i]];
      return text;
    }
    case 'base64': return base64Text(bytes, start, end, BASE64, true);
    default: return base64Text(bytes, start, end, BASE64_URL, false);
  }
}

export function lengthOf(text, encoding) {
  switch (encoding) {
    case 'utf8': return encoder.encode(text).length;
    case 'latin1': case 'ascii': return text.length;
    case 'utf16le': return text.length * 2;
    case 'hex': return text.length >>> 1;
    default: {
      const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
      return ((text.length - padding) * 3) >>> 2;
    }
  }
}
