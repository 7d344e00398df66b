// Crypto: https://w3c.github.io/webcrypto/#crypto-interface, with Workers' DigestStream.
// `subtle` is a module of its own, evaluated when it is first asked for.

import { DOMException } from './errors.js';
import { extentOf, isView, kindOf } from './buffers.js';
import { exposed } from './webidl.js';

const MAX_BYTES = 65_536;
const NOT_INTEGERS = new Set([globalThis.Float16Array, Float32Array, Float64Array, DataView]);
const Buffer = ArrayBuffer, Bytes = Uint8Array;

// Small requests are served from a pool: one call of Java fills many.
const pool = new Bytes(4096);
let used = pool.length;

function fill(bytes) {
  if (bytes.length > 256) {
    bytes.set(new Bytes(new Buffer(host.randomBytes(bytes.length))));
    return;
  }
  if (used + bytes.length > pool.length) {
    pool.set(new Bytes(new Buffer(host.randomBytes(pool.length))));
    used = 0;
  }
  for (let i = 0; i < bytes.length; i++) bytes[i] = pool[used++];
}

const make = {};

export class Crypto {
  #subtle;
  #digestStream;

  constructor(token) {
    if (token !== make) throw new TypeError('Illegal constructor');
  }

  get subtle() {
    return this.#subtle ??= load('crypto/subtle').subtle;
  }

  get DigestStream() {
    return this.#digestStream ??= load('crypto/digest-stream').DigestStream;
  }

  getRandomValues(array) {
    this.#subtle;
    if (!isView(array)) throw new TypeError('getRandomValues needs a typed array of integers.');
    if (NOT_INTEGERS.has(kindOf(array).type)) throw new DOMException('getRandomValues needs a typed array of integers.', 'TypeMismatchError');
    const { buffer, offset, length } = extentOf(array);
    if (length > MAX_BYTES) {
      throw new DOMException(`getRandomValues fills ${MAX_BYTES} bytes at most, not ${length}.`, 'QuotaExceededError');
    }
    fill(new Bytes(buffer, offset, length));
    return array;
  }

  randomUUID() {
    this.#subtle;
    return host.randomUuid();
  }
}
exposed(Crypto);

export const crypto = new Crypto(make);
