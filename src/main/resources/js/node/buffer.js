// `node:buffer` and the global `Buffer`: https://nodejs.org/api/buffer.html

import { isAnyArrayBuffer, isView } from './nodejs/kinds.js';
import { coded, invalidArgType, invalidArgValue, outOfRange } from './nodejs/errors.js';
import { decode, encode, encodingName, lengthOf, requireEncoding } from './nodejs/encodings.js';
import { defineNumbers } from './nodejs/numbers.js';
import { TextDecoder, atob, btoa } from './encoding.js';
import { Blob, File } from './blob.js';

const MOST = 2 ** 32 - 1;
const { defineProperty, setPrototypeOf } = Object;
const { subarray: subarrayOf, fill: fillOf, set: setOf, indexOf: indexOfValue, lastIndexOf: lastIndexOfValue } = Uint8Array.prototype;
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

class FastBuffer extends Uint8Array {}

// Node's constructor, which may be called without `new`; deprecated there, and still met.
function Buffer(value, encodingOrOffset, length) {
  if (typeof value === 'number') return Buffer.alloc(value);
  return Buffer.from(value, encodingOrOffset, length);
}
Buffer.prototype = FastBuffer.prototype;
defineProperty(FastBuffer.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });
setPrototypeOf(Buffer, Uint8Array);
defineProperty(Buffer, Symbol.species, { get: () => FastBuffer, configurable: true });
Buffer.poolSize = 8192;

const isBytes = (value) => value instanceof Uint8Array;
const view = (bytes) => new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function requireSize(size) {
  if (typeof size !== 'number') throw invalidArgType('size', 'of type number', size);
  if (!(size >= 0 && size <= MOST)) throw outOfRange('size', `>= 0 && <= ${MOST}`, size);
  return Math.floor(size);
}

function requireBytes(value, name) {
  if (!isBytes(value)) throw invalidArgType(name, 'an instance of Buffer or Uint8Array', value);
}

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return view(encode(value, requireEncoding(encodingOrOffset)));
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) {
      const offset = encodingOrOffset === undefined ? 0 : +encodingOrOffset || 0, most = value.byteLength - offset;
      if (most < 0) throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
      if (length !== undefined && +length > most) throw coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
      return new FastBuffer(value, offset, length === undefined ? most : Math.max(+length || 0, 0));
    }
    const primitive = value.valueOf?.();
    if (primitive !== null && primitive !== undefined && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) {
      return Buffer.from(primitive, encodingOrOffset, length);
    }
    if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) return typeof value.length === 'number' ? new FastBuffer(value) : new FastBuffer(0);
    if (value.type === 'Buffer' && Array.isArray(value.data)) return new FastBuffer(value.data);
    const convert = value[Symbol.toPrimitive];
    if (typeof convert === 'function') {
      const text = convert.call(value, 'string');
      if (typeof text === 'string') return Buffer.from(text, encodingOrOffset);
    }
  }
  throw invalidArgType('first argument', 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object', value);
};

Buffer.of = function of(...bytes) {
  return new FastBuffer(bytes);
};

Buffer.alloc = function alloc(size, fill, encoding) {
  const buffer = new FastBuffer(requireSize(size));
  return fill === undefined || fill === 0 || size === 0 ? buffer : buffer.fill(fill, encoding);
};
Buffer.allocUnsafe = (size) => new FastBuffer(requireSize(size));
Buffer.allocUnsafeSlow = Buffer.allocUnsafe;

Buffer.byteLength = function byteLength(value, encoding) {
  if (typeof value === 'string') return lengthOf(value, encodingName(encoding ?? 'utf8') ?? 'utf8');
  if (isView(value) || isAnyArrayBuffer(value)) return value.byteLength;
  throw invalidArgType('string', 'of type string or an instance of Buffer or ArrayBuffer', value);
};

Buffer.isBuffer = (value) => value instanceof FastBuffer;
Buffer.isEncoding = (name) => typeof name === 'string' && name !== '' && encodingName(name) !== undefined;

Buffer.concat = function concat(list, total) {
  if (!Array.isArray(list)) throw invalidArgType('list', 'an instance of Array', list);
  const size = total === undefined ? list.reduce((sum, { length }) => sum + length, 0) : requireSize(total);
  const all = new FastBuffer(size);
  let at = 0;
  for (let i = 0; i < list.length; i++) {
    requireBytes(list[i], `list[${i}]`);
    const part = at + list[i].length > size ? subarrayOf.call(list[i], 0, size - at) : list[i];
    setOf.call(all, part, at);
    at += part.length;
  }
  return all;
};

Buffer.copyBytesFrom = function copyBytesFrom(source, offset = 0, length = undefined) {
  if (!isView(source)) throw invalidArgType('view', 'an instance of TypedArray', source);
  const part = source.subarray(offset, length === undefined ? undefined : offset + length);
  return view(new Uint8Array(part.buffer.slice(part.byteOffset, part.byteOffset + part.byteLength)));
};

function compareBytes(a, b) {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}

Buffer.compare = function compare(a, b) {
  requireBytes(a, 'buf1');
  requireBytes(b, 'buf2');
  return compareBytes(a, b);
};

const clamp = (value, least, most) => Math.min(Math.max(Math.trunc(value) || 0, least), most);
function bound(value, fallback, length, name) {
  if (value === undefined) return fallback;
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  if (!(value >= 0 && value <= length)) throw outOfRange(name, `>= 0 && <= ${length}`, value);
  return Math.trunc(value);
}

// Where a value is, from an offset on; in Node's bytes and strings alike.
function search(buffer, value, offset, encoding, forward) {
  if (typeof offset === 'string') [offset, encoding] = [undefined, offset];
  let at = offset === undefined || Number.isNaN(+offset) ? (forward ? 0 : buffer.length) : Math.trunc(+offset);
  if (at < 0) at += buffer.length;
  if (typeof value === 'number') {
    if (buffer.length === 0 || (!forward && at < 0)) return -1;
    return forward ? indexOfValue.call(buffer, value & 255, Math.max(at, 0)) : lastIndexOfValue.call(buffer, value & 255, at);
  }
  const needle = typeof value === 'string' ? encode(value, requireEncoding(encoding)) : value;
  if (!isBytes(needle)) throw invalidArgType('value', 'one of type number or string or an instance of Buffer or Uint8Array', value);
  if (forward) at = Math.max(at, 0);
  else if (at < 0) return -1;
  if (needle.length === 0) return Math.min(at, buffer.length);
  const step = encodingName(encoding ?? '') === 'utf16le' ? 2 : 1;
  for (let i = forward ? at : Math.min(at, buffer.length - needle.length); i >= 0 && i + needle.length <= buffer.length; i += forward ? 1 : -1) {
    let same = 0;
    while (same < needle.length && buffer[i + same] === needle[same]) same++;
    if (same === needle.length && i % step === 0) return i;
  }
  return -1;
}

const methods = {
  toString(encoding, start, end) {
    const from = clamp(start ?? 0, 0, this.length), to = end === undefined ? this.length : clamp(end, 0, this.length);
    return to <= from ? '' : decode(this, requireEncoding(encoding), from, to);
  },

  toJSON() {
    return { type: 'Buffer', data: Array.from(this) };
  },

  equals(other) {
    requireBytes(other, 'otherBuffer');
    return this === other || this.length === other.length && compareBytes(this, other) === 0;
  },

  compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
    requireBytes(target, 'target');
    const a = subarrayOf.call(this, bound(sourceStart, 0, this.length, 'sourceStart'), bound(sourceEnd, this.length, this.length, 'sourceEnd'));
    return compareBytes(a, subarrayOf.call(target, bound(targetStart, 0, target.length, 'targetStart'), bound(targetEnd, target.length, target.length, 'targetEnd')));
  },

  copy(target, targetStart = 0, sourceStart = 0, sourceEnd = this.length) {
    if (!isBytes(target)) throw invalidArgType('target', 'an instance of Buffer or Uint8Array', target);
    const at = Math.trunc(+targetStart) || 0, from = Math.trunc(+sourceStart) || 0;
    if (at < 0) throw outOfRange('targetStart', '>= 0', targetStart);
    if (from < 0 || from > this.length) throw outOfRange('sourceStart', `>= 0 && <= ${this.length}`, sourceStart);
    const to = Math.min(Math.trunc(+sourceEnd) || 0, this.length, from + target.length - at);
    if (at >= target.length || to <= from) return 0;
    setOf.call(target, subarrayOf.call(this, from, to), at);
    return to - from;
  },

  slice(start, end) {
    return subarrayOf.call(this, start, end);
  },

  write(text, offset, length, encoding) {
    if (typeof text !== 'string') throw invalidArgType('string', 'of type string', text);
    if (typeof offset === 'string') [offset, length, encoding] = [undefined, undefined, offset];
    else if (typeof length === 'string') [length, encoding] = [undefined, length];
    const at = bound(offset, 0, this.length, 'offset'), room = Math.min(length === undefined ? Infinity : bound(length, 0, Infinity, 'length'), this.length - at);
    const name = requireEncoding(encoding), bytes = encode(text, name);
    let count = Math.min(bytes.length, room);
    // No half of a character is written.
    if (name === 'utf8' && count < bytes.length) while (count > 0 && (bytes[count] & 0xc0) === 0x80) count--;
    if (name === 'utf16le') count -= count % 2;
    setOf.call(this, subarrayOf.call(bytes, 0, count), at);
    return count;
  },

  fill(value, offset, end, encoding) {
    if (typeof offset === 'string') [offset, end, encoding] = [undefined, undefined, offset];
    else if (typeof end === 'string') [end, encoding] = [undefined, end];
    const from = bound(offset, 0, this.length, 'offset'), to = bound(end, this.length, this.length, 'end');
    if (typeof value !== 'string' && !isView(value)) {
      return fillOf.call(this, typeof value === 'boolean' ? +value : value & 255, from, to);
    }
    const name = requireEncoding(encoding), bytes = typeof value === 'string' ? encode(value, name) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    if (bytes.length === 0) {
      if (value.length > 0) throw invalidArgValue('value', value);
      return fillOf.call(this, 0, from, to);
    }
    for (let i = from, at = 0; i < to; i++, at = at + 1 === bytes.length ? 0 : at + 1) this[i] = bytes[at];
    return this;
  },

  indexOf(value, offset, encoding) {
    return search(this, value, offset, encoding, true);
  },

  lastIndexOf(value, offset, encoding) {
    return search(this, value, offset, encoding, false);
  },

  includes(value, offset, encoding) {
    return search(this, value, offset, encoding, true) >= 0;
  },

  swap16() { return swap(this, 2); },
  swap32() { return swap(this, 4); },
  swap64() { return swap(this, 8); },

  toLocaleString(encoding, start, end) {
    return this.toString(encoding, start, end);
  },

  [INSPECT]() {
    const most = buffer.INSPECT_MAX_BYTES, shown = Array.from(subarrayOf.call(this, 0, most), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const more = this.length - most;
    return `<Buffer${shown === '' ? '' : ` ${shown}`}${more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : ''}>`;
  },
};

function swap(buffer, size) {
  if (buffer.length % size !== 0) throw coded(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`);
  for (let i = 0; i < buffer.length; i += size) subarrayOf.call(buffer, i, i + size).reverse();
  return buffer;
}

for (const name of Reflect.ownKeys(methods)) defineProperty(Buffer.prototype, name, { value: methods[name], writable: true, enumerable: true, configurable: true });
for (const encoding of ['utf8', 'latin1', 'ascii', 'hex', 'base64', 'base64url', 'ucs2']) {
  defineProperty(Buffer.prototype, `${encoding}Slice`, { value(start, end) { return this.toString(encoding, start, end); }, writable: true, configurable: true });
  defineProperty(Buffer.prototype, `${encoding}Write`, { value(text, offset, length) { return this.write(text, offset, length, encoding); }, writable: true, configurable: true });
}
defineProperty(Buffer.prototype, 'parent', { get() { return this.buffer; }, enumerable: true, configurable: true });
defineProperty(Buffer.prototype, 'offset', { get() { return this.byteOffset; }, enumerable: true, configurable: true });
defineNumbers(Buffer.prototype);

// https://nodejs.org/api/buffer.html#buffertranscodesource-fromenc-toenc
function transcode(source, from, to) {
  requireBytes(source, 'source');
  const name = requireEncoding(to), text = decode(source, requireEncoding(from), 0, source.length);
  return view(encode(name === 'latin1' || name === 'ascii' ? text.replace(name === 'ascii' ? /[^\0-\x7f]/gu : /[^\0-\xff]/gu, '?') : text, name));
}

const bytesOf = (input) => {
  if (isAnyArrayBuffer(input)) return new Uint8Array(input);
  if (isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  throw invalidArgType('input', 'an instance of ArrayBuffer, Buffer, or TypedArray', input);
};

const isAscii = (input) => bytesOf(input).every((byte) => byte < 128);

function isUtf8(input) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(input));
    return true;
  } catch {
    return false;
  }
}

function SlowBuffer(size) {
  return Buffer.allocUnsafe(size);
}

const kMaxLength = MOST, kStringMaxLength = 2 ** 29 - 24, constants = { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: kStringMaxLength };
const resolveObjectURL = () => undefined;
const INSPECT_MAX_BYTES = 50;
const buffer = { Buffer, SlowBuffer, Blob, File, atob, btoa, constants, kMaxLength, kStringMaxLength, isAscii, isUtf8, transcode, resolveObjectURL, INSPECT_MAX_BYTES };

export { Buffer, SlowBuffer, Blob, File, atob, btoa, constants, kMaxLength, kStringMaxLength, isAscii, isUtf8, transcode, resolveObjectURL, INSPECT_MAX_BYTES,
  buffer as default };
