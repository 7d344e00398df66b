// ArrayBuffers and their views, out of the reach of workers that patch them.

const { call } = Function.prototype;
const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const getter = (object, name) => call.bind(getOwnPropertyDescriptor(object, name).get);
const typed = getPrototypeOf(Uint8Array.prototype);
const Bytes = Uint8Array;

const bufferOfTyped = getter(typed, 'buffer');
const offsetOfTyped = getter(typed, 'byteOffset');
const lengthOfTyped = getter(typed, 'byteLength');
const typeOf = getter(typed, Symbol.toStringTag);
const bufferOfData = getter(DataView.prototype, 'buffer');
const offsetOfData = getter(DataView.prototype, 'byteOffset');
const lengthOfData = getter(DataView.prototype, 'byteLength');
const put = call.bind(typed.set);
const sliceOf = call.bind(ArrayBuffer.prototype.slice);

export const isView = ArrayBuffer.isView;
export const isDetached = getter(ArrayBuffer.prototype, 'detached');
export const sizeOf = getter(ArrayBuffer.prototype, 'byteLength');

const moved = call.bind(ArrayBuffer.prototype.transferToFixedLength);

// https://streams.spec.whatwg.org/#transfer-array-buffer. A buffer over Java's memory (all bytes that come from the host) cannot be detached, so
// it is copied; a detached one throws a TypeError.
export function transfer(buffer) {
  try {
    return moved(buffer);
  } catch (error) {
    if (isDetached(buffer)) throw error;
    return sliceOf(buffer, 0);
  }
}

export function isBuffer(value) {
  try {
    sizeOf(value);
    return true;
  } catch {
    return false;
  }
}

export function isBytes(value) {
  return typeOf(value) === 'Uint8Array';
}

// The constructor of a view, for another of its kind.
export function kindOf(view) {
  const type = typeOf(view);
  return type === undefined ? KINDS.DataView : KINDS[type];
}

// Its name, and the constructor of that name.
export function nameOfView(view) {
  return typeOf(view) ?? 'DataView';
}

export function viewNamed(name) {
  return KINDS[name].type;
}

const KINDS = { __proto__: null };
for (const type of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
  BigInt64Array, BigUint64Array]) {
  KINDS[type.name] = { type, size: type.BYTES_PER_ELEMENT };
}
if (typeof Float16Array === 'function') KINDS.Float16Array = { type: Float16Array, size: 2 };
KINDS.DataView = { type: DataView, size: 1 };

// { buffer, offset, length } in bytes.
export function extentOf(view) {
  return typeOf(view) === undefined ? { buffer: bufferOfData(view), offset: offsetOfData(view), length: lengthOfData(view) }
    : { buffer: bufferOfTyped(view), offset: offsetOfTyped(view), length: lengthOfTyped(view) };
}

export function copy(to, at, from, start, length) {
  put(new Bytes(to, at, length), new Bytes(from, start, length));
}

export function slice(buffer, start, length) {
  return sliceOf(buffer, start, start + length);
}

// A BufferSource (ArrayBuffer or view) as { buffer, offset, length }, or undefined for anything else.
export function sourceExtent(value) {
  if (isView(value)) return extentOf(value);
  return isBuffer(value) ? { buffer: value, offset: 0, length: sizeOf(value) } : undefined;
}

// A BufferSource as a Uint8Array, or undefined for anything else. The standard takes nothing but a Uint8Array as a chunk of a body, Workers all of them.
export function bytesIn(value) {
  if (isBytes(value)) return value;
  const extent = sourceExtent(value);
  return extent === undefined ? undefined : new Bytes(extent.buffer, extent.offset, extent.length);
}

// One Uint8Array of many.
export function concat(chunks, total) {
  const all = new Bytes(total);
  for (let i = 0, at = 0; i < chunks.length; i++) {
    put(all, chunks[i], at);
    at += lengthOfTyped(chunks[i]);
  }
  return all;
}
