// Crypto: https://w3c.github.io/webcrypto/#crypto-interface, with Workers' DigestStream.
// `subtle` is a module of its own, evaluated when it is first asked for.

import { DOMException, call } from './errors.js';
import { exposed } from './webidl.js';

const MAX_BYTES = 65_536;
const INTEGER_ARRAYS = new Set(['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
  'BigInt64Array', 'BigUint64Array']);
const { apply, getPrototypeOf, getOwnPropertyDescriptor } = Reflect;
const typedArray = getPrototypeOf(Uint8Array.prototype);
const getter = (name) => getOwnPropertyDescriptor(typedArray, name).get;
const kindOf = getter(Symbol.toStringTag), bufferOf = getter('buffer'), offsetOf = getter('byteOffset'), lengthOf = getter('byteLength');

// Small requests are served from a pool: one call of Java fills many.
const pool = new Uint8Array(4096);
let used = pool.length;

function fill(bytes) {
  if (bytes.length > 256) {
    bytes.set(new Uint8Array(new ArrayBuffer(host.randomBytes(bytes.length))));
    return;
  }
  if (used + bytes.length > pool.length) {
    pool.set(new Uint8Array(new ArrayBuffer(host.randomBytes(pool.length))));
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
    if (!ArrayBuffer.isView(array)) throw new TypeError('getRandomValues needs a typed array of integers.');
    if (!INTEGER_ARRAYS.has(apply(kindOf, array, []))) {
      throw new DOMException('getRandomValues needs a typed array of integers.', 'TypeMismatchError');
    }
    const length = apply(lengthOf, array, []);
    if (length > MAX_BYTES) {
      throw new DOMException(`getRandomValues fills ${MAX_BYTES} bytes at most, not ${length}.`, 'QuotaExceededError');
    }
    fill(new Uint8Array(apply(bufferOf, array, []), apply(offsetOf, array, []), length));
    return array;
  }

  randomUUID() {
    this.#subtle;
    return call(() => host.randomUuid());
  }
}
exposed(Crypto);

export const crypto = new Crypto(make);
