// The conversions of WebIDL (https://webidl.spec.whatwg.org/#js-type-mapping) that WebCrypto's arguments go through.

const { apply, getPrototypeOf, getOwnPropertyDescriptor } = Reflect;
const { isView } = ArrayBuffer;
const getter = (prototype, name) => getOwnPropertyDescriptor(prototype, name).get;
const typedArray = getPrototypeOf(Uint8Array.prototype);
const arrayKind = getter(typedArray, Symbol.toStringTag);
const arrayBuffer = getter(typedArray, 'buffer'), arrayOffset = getter(typedArray, 'byteOffset'), arrayLength = getter(typedArray, 'byteLength');
const viewBuffer = getter(DataView.prototype, 'buffer'), viewOffset = getter(DataView.prototype, 'byteOffset'),
  viewLength = getter(DataView.prototype, 'byteLength');
const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');

// BufferSource: an ArrayBuffer with exactly the source's bytes, to be handed to Java at once (Java copies); a whole buffer is not copied here.
export function bufferSource(value, what) {
  if (!isView(value)) {
    try {
      apply(bufferLength, value, []);
    } catch {
      throw new TypeError(`${what} must be an ArrayBuffer or a view of one.`);
    }
    return value;
  }
  const typed = apply(arrayKind, value, []) !== undefined;
  const buffer = apply(typed ? arrayBuffer : viewBuffer, value, []);
  const offset = apply(typed ? arrayOffset : viewOffset, value, []);
  const length = apply(typed ? arrayLength : viewLength, value, []);
  if (apply(bufferLength, buffer, []) === length) return buffer;
  const copy = new Uint8Array(length);
  copy.set(new Uint8Array(buffer, offset, length));
  return copy.buffer;
}

export const byteLength = (buffer) => apply(bufferLength, buffer, []);

// BigInteger of WebCrypto: an Uint8Array, big-endian.
export function bigInteger(value, what) {
  if (!isView(value) || apply(arrayKind, value, []) !== 'Uint8Array') throw new TypeError(`${what} must be a Uint8Array.`);
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
