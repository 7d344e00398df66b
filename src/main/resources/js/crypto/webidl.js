// The conversions of WebIDL (https://webidl.spec.whatwg.org/#js-type-mapping) that WebCrypto's arguments go through.

import { copy, isBytes, isView, sizeOf, sourceExtent } from './buffers.js';

// BufferSource: an ArrayBuffer with exactly the source's bytes, to be handed to Java at once (Java copies); a whole buffer is not copied here.
export function bufferSource(value, what) {
  const source = sourceExtent(value);
  if (source === undefined) throw new TypeError(`${what} must be an ArrayBuffer or a view of one.`);
  if (sizeOf(source.buffer) === source.length) return source.buffer;
  const bytes = new ArrayBuffer(source.length);
  copy(bytes, 0, source.buffer, source.offset, source.length);
  return bytes;
}

// BigInteger of WebCrypto: a Uint8Array, big-endian.
export function bigInteger(value, what) {
  if (!isView(value) || !isBytes(value)) throw new TypeError(`${what} must be a Uint8Array.`);
  return bufferSource(value, what);
}

const integer = (max) => (value, what) => {
  const number = Math.trunc(Number(value));
  if (!(number >= 0 && number <= max)) throw new TypeError(`${what} must be an integer from 0 to ${max}.`);
  return number + 0;
};
// [EnforceRange]
export const octet = integer(255);
export const unsignedShort = integer(65_535);
export const unsignedLong = integer(4_294_967_295);

export function domString(value, what) {
  if (typeof value === 'symbol') throw new TypeError(`${what} must be a string.`);
  return `${value}`;
}

export function enumeration(values) {
  return (value, what) => {
    const text = domString(value, what);
    if (!values.includes(text)) throw new TypeError(`${what} must be one of ${values.join(', ')}, not '${text}'.`);
    return text;
  };
}

export function sequence(value, convert, what) {
  if (typeof value !== 'object' || value === null || typeof value[Symbol.iterator] !== 'function') {
    throw new TypeError(`${what} must be a sequence.`);
  }
  const items = [];
  for (const item of value) items.push(convert(item, what));
  return items;
}

// A required and an optional member of a dictionary.
export function required(dictionary, member, convert) {
  const value = dictionary[member];
  if (value === undefined) throw new TypeError(`The algorithm's '${member}' is missing.`);
  return convert(value, `The algorithm's '${member}'`);
}

export function optional(dictionary, member, convert) {
  const value = dictionary[member];
  return value === undefined ? undefined : convert(value, `The algorithm's '${member}'`);
}
