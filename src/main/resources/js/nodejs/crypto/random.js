// Random numbers: https://nodejs.org/api/crypto.html#cryptorandombytessize-callback

import { crypto as webcrypto } from './crypto.js';
import { Buffer } from './node/buffer.js';
import { coded, invalidArgType, outOfRange, requireInteger } from './nodejs/errors.js';
import { isAnyArrayBuffer, isView } from './nodejs/kinds.js';
import { MOST_BYTES, answer, bytesOf } from './nodejs/crypto/bytes.js';
import { native } from './nodejs/crypto/host.js';

const MOST_AT_ONCE = 65_536;

function fill(bytes) {
  for (let at = 0; at < bytes.byteLength; at += MOST_AT_ONCE) {
    webcrypto.getRandomValues(new Uint8Array(bytes.buffer, bytes.byteOffset + at, Math.min(MOST_AT_ONCE, bytes.byteLength - at)));
  }
  return bytes;
}

function randomBytes(size, callback = undefined) {
  requireInteger(size, 'size', 0, MOST_BYTES);
  const work = () => fill(Buffer.alloc(size));
  return callback === undefined ? work() : answer(callback, work);
}

function randomFillSync(buffer, offset = 0, size = undefined) {
  if (!isView(buffer) && !isAnyArrayBuffer(buffer)) throw invalidArgType('buf', 'an instance of ArrayBuffer or ArrayBufferView', buffer);
  requireInteger(offset, 'offset', 0, buffer.byteLength);
  const length = size ?? buffer.byteLength - offset;
  requireInteger(length, 'size', 0, buffer.byteLength - offset);
  fill(isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length) : new Uint8Array(buffer, offset, length));
  return buffer;
}

function randomFill(buffer, ...rest) {
  const callback = rest.pop();
  answer(callback, () => randomFillSync(buffer, ...rest));
}

function randomInt(least, most, callback = undefined) {
  if (most === undefined || typeof most === 'function') [least, most, callback] = [0, least, most];
  if (!Number.isSafeInteger(least)) throw invalidArgType('min', 'a safe integer', least);
  if (!Number.isSafeInteger(most)) throw invalidArgType('max', 'a safe integer', most);
  const range = most - least;
  if (!(range > 0)) throw outOfRange('max', `greater than the value of "min" (${least})`, most);
  if (range >= 2 ** 48) throw outOfRange('max - min', '<= 281474976710655', range);
  const work = () => {
    const limit = 2 ** 48 - 2 ** 48 % range;
    for (;;) {
      const value = fill(Buffer.alloc(6)).readUIntBE(0, 6);
      if (value < limit) return least + value % range;
    }
  };
  return callback === undefined ? work() : answer(callback, work);
}

const randomUUID = () => webcrypto.randomUUID();
const getRandomValues = (array) => webcrypto.getRandomValues(array);

function timingSafeEqual(a, b) {
  for (const [value, name] of [[a, 'buf1'], [b, 'buf2']]) {
    if (!isView(value) && !isAnyArrayBuffer(value)) throw invalidArgType(name, 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', value);
  }
  if (a.byteLength !== b.byteLength) throw coded(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  return native.timingSafeEqual(bytesOf(a), bytesOf(b));
}

export { getRandomValues, randomBytes, randomFill, randomFillSync, randomInt, randomUUID, timingSafeEqual };
