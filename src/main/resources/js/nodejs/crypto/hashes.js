// Hash and Hmac: https://nodejs.org/api/crypto.html#class-hash

import { Transform } from './node/stream.js';
import { coded } from './nodejs/errors.js';
import { bytesOf, fromHost, hashName, output } from './nodejs/crypto/bytes.js';
import { native } from './nodejs/crypto/host.js';
import { secretOf } from './nodejs/crypto/keys.js';

// What Hash and Hmac have in common: fed piece by piece, or as a stream.
class Digester extends Transform {
  #running;
  #done = false;

  constructor(running, options) {
    super(options);
    this.#running = running;
  }

  update(data, encoding = undefined) {
    if (this.#done) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#running.update(bytesOf(data, 'data', encoding));
    return this;
  }

  digest(encoding = undefined) {
    if (this.#done) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#done = true;
    return output(fromHost(this.#running.finish()), encoding);
  }

  get finished() {
    return this.#done;
  }

  _transform(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }

  _flush(callback) {
    this.push(this.digest());
    callback();
  }
}

class Hash extends Digester {
  #running;
  #options;

  constructor(name, options, running = undefined) {
    const known = hashName(name), own = running ?? native.startDigest(known);
    super(own, options);
    this.#running = own;
    this.#options = options;
    Object.defineProperty(this, 'algorithm', { value: name, configurable: true });
  }

  copy(options = this.#options) {
    if (this.finished) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    return new Hash(this.algorithm, options, this.#running.copy());
  }
}

class Hmac extends Digester {
  constructor(name, key, options) {
    const known = hashName(name, 'hmac'), secret = secretOf(key, 'key', options?.encoding);
    super(native.startMac(known, secret), options);
  }
}

const createHash = (name, options = undefined) => new Hash(name, options);
const createHmac = (name, key, options = undefined) => new Hmac(name, key, options);
const hash = (name, data, encoding = 'hex') => createHash(name).update(data).digest(encoding);

const HASHES = ['md5', 'sha1', 'sha224', 'sha256', 'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512', 'sha384', 'sha512', 'sha512-224', 'sha512-256'];
const getHashes = () => [...HASHES];

export { Hash, Hmac, createHash, createHmac, getHashes, hash };
