// What the parts of `node:crypto` have in common: bytes in and out, names of hashes, callbacks.

import { Buffer } from './node/buffer.js';
import { encode, requireEncoding } from './nodejs/encodings.js';
import { coded, invalidArgType, requireFunction, requireString } from './nodejs/errors.js';
import { isAnyArrayBuffer, isView } from './nodejs/kinds.js';
import { native } from './nodejs/crypto/host.js';
import { nextTick } from './nodejs/ticks.js';

export const MOST_BYTES = 2 ** 31 - 1;

// The bytes of a text or a buffer, in an ArrayBuffer of their own for Java.
export function bytesOf(value, name, encoding = 'utf8') {
  const bytes = typeof value === 'string' ? encode(value, requireEncoding(encoding === 'buffer' ? 'utf8' : encoding)) : value;
  if (isAnyArrayBuffer(bytes)) return bytes;
  if (!isView(bytes)) throw invalidArgType(name, 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', value);
  const { buffer, byteOffset, byteLength } = bytes;
  return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}

export const fromHost = (octets) => Buffer.from(new ArrayBuffer(octets));
export const output = (buffer, encoding) => encoding === undefined || encoding === null || encoding === 'buffer' ? buffer : buffer.toString(encoding);

export function hashName(name, what = 'algorithm') {
  requireString(name, what);
  const lower = name.toLowerCase().replace(/^rsa-/, '').replace(/^sha-(?=\d)/, 'sha').replace('/', '-');
  if (!native.knows(lower)) throw coded(Error, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
  return lower;
}

// What fails in Java fails with a code, as in Node.
export function operation(work) {
  try {
    return work();
  } catch (error) {
    throw coded(Error, 'ERR_OSSL_OPERATION_FAILED', error.message);
  }
}

// Calls back later, with the error or the result of work that is done now.
export function answer(callback, work) {
  requireFunction(callback, 'callback');
  let result, error = null;
  try {
    result = work();
  } catch (thrown) {
    error = thrown;
  }
  nextTick(() => error === null ? callback(null, result) : callback(error));
}
