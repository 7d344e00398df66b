// `node:crypto`: https://nodejs.org/api/crypto.html. `host` is dev.skerry.webapi.crypto.NodeCryptoHost.

import { crypto as webcrypto } from './crypto.js';
import { call } from './errors.js';
import { Buffer } from './node/buffer.js';
import { Transform } from './node/stream.js';
import { encode, requireEncoding } from './nodejs/encodings.js';
import { coded, invalidArgType, missing, outOfRange, requireFunction, requireInteger, requireString } from './nodejs/errors.js';
import { isAnyArrayBuffer, isView } from './nodejs/kinds.js';
import { queueMicrotask } from './timers.js';

const MOST_AT_ONCE = 65_536;
const MOST_BYTES = 2 ** 31 - 1;
const make = {};

// The bytes of a text or a buffer, in an ArrayBuffer of their own for Java.
function bytesOf(value, name, encoding = 'utf8') {
  if (value instanceof KeyObject) return bytesOf(value.export());
  const bytes = typeof value === 'string' ? encode(value, requireEncoding(encoding === 'buffer' ? 'utf8' : encoding)) : value;
  if (isAnyArrayBuffer(bytes)) return bytes;
  if (!isView(bytes)) throw invalidArgType(name, 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', value);
  const { buffer, byteOffset, byteLength } = bytes;
  return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}

const fromHost = (work) => Buffer.from(new ArrayBuffer(call(work)));
const output = (buffer, encoding) => encoding === undefined || encoding === null || encoding === 'buffer' ? buffer : buffer.toString(encoding);

function hashName(name, what = 'algorithm') {
  requireString(name, what);
  const lower = name.toLowerCase().replace(/^rsa-/, '').replace(/^sha-(?=\d)/, 'sha').replace('/', '-');
  if (!host.knows(lower)) throw coded(Error, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
  return lower;
}

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
    return output(fromHost(() => this.#running.finish()), encoding);
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
    const known = hashName(name), own = running ?? call(() => host.startDigest(known));
    super(own, options);
    this.#running = own;
    this.#options = options;
    Object.defineProperty(this, 'algorithm', { value: name, configurable: true });
  }

  copy(options = this.#options) {
    if (this.finished) throw coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    return new Hash(this.algorithm, options, call(() => this.#running.copy()));
  }
}

class Hmac extends Digester {
  constructor(name, key, options) {
    const known = hashName(name, 'hmac'), secret = bytesOf(key, 'key', options?.encoding);
    super(call(() => host.startMac(known, secret)), options);
  }
}

const createHash = (name, options = undefined) => new Hash(name, options);
const createHmac = (name, key, options = undefined) => new Hmac(name, key, options);
const hash = (name, data, encoding = 'hex') => createHash(name).update(data).digest(encoding);

const HASHES = ['md5', 'sha1', 'sha224', 'sha256', 'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512', 'sha384', 'sha512', 'sha512-224', 'sha512-256'];
const getHashes = () => [...HASHES];

// Random numbers

function fill(bytes) {
  for (let at = 0; at < bytes.byteLength; at += MOST_AT_ONCE) {
    webcrypto.getRandomValues(new Uint8Array(bytes.buffer, bytes.byteOffset + at, Math.min(MOST_AT_ONCE, bytes.byteLength - at)));
  }
  return bytes;
}

// Calls back later, with the error or the result of work that is done now.
function answer(callback, work) {
  requireFunction(callback, 'callback');
  let result, error = null;
  try {
    result = work();
  } catch (thrown) {
    error = thrown;
  }
  queueMicrotask(() => error === null ? callback(null, result) : callback(error));
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
  return host.timingSafeEqual(bytesOf(a), bytesOf(b));
}

// Keys derived from others

function pbkdf2Sync(password, salt, iterations, length, digest) {
  requireInteger(iterations, 'iterations', 1, MOST_BYTES);
  requireInteger(length, 'keylen', 0, MOST_BYTES);
  const name = hashName(digest, 'digest'), secret = bytesOf(password, 'password'), salted = bytesOf(salt, 'salt');
  return fromHost(() => host.pbkdf2(name, secret, salted, iterations, length));
}

function pbkdf2(password, salt, iterations, length, digest, callback) {
  answer(callback, () => pbkdf2Sync(password, salt, iterations, length, digest));
}

function hkdfSync(digest, key, salt, info, length) {
  requireInteger(length, 'length', 0, MOST_BYTES);
  const name = hashName(digest, 'digest'), secret = bytesOf(key, 'ikm'), salted = bytesOf(salt, 'salt'), context = bytesOf(info, 'info');
  return new ArrayBuffer(call(() => host.hkdf(name, secret, salted, context, length)));
}

function hkdf(digest, key, salt, info, length, callback) {
  answer(callback, () => hkdfSync(digest, key, salt, info, length));
}

function scryptSync(password, salt, length, options = {}) {
  requireInteger(length, 'keylen', 0, MOST_BYTES);
  const secret = bytesOf(password, 'password'), salted = bytesOf(salt, 'salt');
  const N = options.N ?? options.cost ?? 16384, r = options.r ?? options.blockSize ?? 8, p = options.p ?? options.parallelization ?? 1;
  const memory = options.maxmem ?? 32 * 1024 * 1024;
  for (const [value, name] of [[N, 'N'], [r, 'r'], [p, 'p']]) requireInteger(value, name, 1, MOST_BYTES);
  if (N < 2 || (N & (N - 1)) !== 0) throw coded(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params: N must be a power of two');
  if (128 * N * r > memory) throw coded(RangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', 'Invalid scrypt params: memory limit exceeded');
  return fromHost(() => host.scrypt(secret, salted, N, r, p, length));
}

function scrypt(password, salt, length, options, callback = undefined) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  answer(callback, () => scryptSync(password, salt, length, options));
}

// Ciphers

const CIPHER = /^(?:id-)?aes-?(128|192|256)-(cbc|ctr|gcm|ecb)$/i;

class CipherBase extends Transform {
  #running;
  #encrypts;
  #parameters;
  #tagBytes;
  #tag;
  #started = false;
  #finished = false;

  constructor(token, encrypts, name, key, iv, options) {
    if (token !== make) throw new TypeError('Illegal constructor');
    requireString(name, 'cipher');
    const found = CIPHER.exec(name);
    if (found === null) throw coded(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
    super(options);
    const mode = found[2].toUpperCase(), secret = bytesOf(key, 'key'), initial = iv === null ? null : bytesOf(iv, 'iv');
    if (secret.byteLength * 8 !== Number(found[1])) throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
    if (mode === 'ECB' ? initial !== null && initial.byteLength > 0 : initial === null || initial.byteLength === 0 || (mode !== 'GCM' && initial.byteLength !== 16)) {
      throw coded(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
    }
    this.#encrypts = encrypts;
    this.#tagBytes = mode === 'GCM' ? options?.authTagLength ?? 16 : 0;
    this.#parameters = { mode, secret, initial: mode === 'ECB' ? null : initial, padding: true };
  }

  // The host's cipher, made once it is plain how it is padded and how long the tag is.
  #cipher() {
    const { mode, secret, initial, padding } = this.#parameters;
    return this.#running ??= call(() => host.startCipher(this.#encrypts, mode, secret, initial, padding, this.#tagBytes));
  }

  update(data, inputEncoding = undefined, outputEncoding = undefined) {
    this.#requireUnfinished('update');
    this.#started = true;
    return output(fromHost(() => this.#cipher().update(bytesOf(data, 'data', inputEncoding))), outputEncoding);
  }

  final(outputEncoding = undefined) {
    this.#requireUnfinished('final');
    this.#finished = true;
    const gcm = this.#tagBytes > 0;
    if (gcm && !this.#encrypts && this.#tag === undefined) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Unsupported state or unable to authenticate data');
    const rest = fromHost(() => this.#cipher().finish(this.#tag ?? new ArrayBuffer(0)));
    if (!gcm || !this.#encrypts) return output(rest, outputEncoding);
    this.#tag = rest.subarray(rest.length - this.#tagBytes);
    return output(rest.subarray(0, rest.length - this.#tagBytes), outputEncoding);
  }

  setAutoPadding(padding = true) {
    this.#parameters.padding = !!padding;
    return this;
  }

  setAAD(data) {
    const bytes = bytesOf(data, 'buffer');
    call(() => this.#cipher().authenticate(bytes));
    return this;
  }

  getAuthTag() {
    if (!this.#encrypts || !this.#finished || this.#tagBytes === 0) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation getAuthTag');
    return this.#tag;
  }

  setAuthTag(tag, encoding = undefined) {
    const bytes = bytesOf(tag, 'tag', encoding);
    if (this.#encrypts || this.#tagBytes === 0) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation setAuthTag');
    if (bytes.byteLength !== this.#tagBytes) {
      if (this.#started || ![4, 8, 12, 13, 14, 15].includes(bytes.byteLength)) throw coded(TypeError, 'ERR_CRYPTO_INVALID_AUTH_TAG', `Invalid authentication tag length: ${bytes.byteLength}`);
      this.#tagBytes = bytes.byteLength;
    }
    this.#tag = bytes;
    return this;
  }

  #requireUnfinished(operation) {
    if (this.#finished) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', `Invalid state for operation ${operation}`);
  }

  _transform(chunk, encoding, callback) {
    this.push(this.update(chunk, encoding));
    callback();
  }

  _flush(callback) {
    try {
      this.push(this.final());
      callback();
    } catch (error) {
      callback(error);
    }
  }
}

class Cipheriv extends CipherBase {}
class Decipheriv extends CipherBase {}
const createCipheriv = (name, key, iv, options = undefined) => new Cipheriv(make, true, name, key, iv, options);
const createDecipheriv = (name, key, iv, options = undefined) => new Decipheriv(make, false, name, key, iv, options);
const getCiphers = () => ['cbc', 'ctr', 'ecb', 'gcm'].flatMap((mode) => [128, 192, 256].map((bits) => `aes-${bits}-${mode}`));

// Secret keys; those of pairs are crypto.subtle's.
class KeyObject {
  #bytes;

  constructor(type, bytes, token) {
    if (token !== make) throw new TypeError('Illegal constructor');
    this.#bytes = bytes;
    Object.defineProperty(this, 'type', { value: type, enumerable: true });
  }

  get symmetricKeySize() {
    return this.#bytes.byteLength;
  }

  export(options = undefined) {
    const bytes = Buffer.from(this.#bytes.slice(0));
    return options?.format === 'jwk' ? { kty: 'oct', k: bytes.toString('base64url') } : bytes;
  }

  equals(other) {
    return other instanceof KeyObject && Buffer.from(this.#bytes).equals(Buffer.from(other.#bytes));
  }
}

const createSecretKey = (key, encoding = undefined) => new KeyObject('secret', bytesOf(key, 'key', encoding).slice(0), make);

const absent = (name) => missing(`crypto.${name}(); crypto.subtle has keys of pairs`);
const createSign = absent('createSign'), createVerify = absent('createVerify'), sign = absent('sign'), verify = absent('verify'), createPrivateKey = absent('createPrivateKey');
const createPublicKey = absent('createPublicKey'), generateKeyPair = absent('generateKeyPair'), generateKeyPairSync = absent('generateKeyPairSync'), generateKey = absent('generateKey');
const generateKeySync = absent('generateKeySync'), publicEncrypt = absent('publicEncrypt'), publicDecrypt = absent('publicDecrypt'), privateEncrypt = absent('privateEncrypt');
const privateDecrypt = absent('privateDecrypt'), createECDH = absent('createECDH'), createDiffieHellman = absent('createDiffieHellman'), diffieHellman = absent('diffieHellman');
const { subtle } = webcrypto, constants = Object.freeze({ __proto__: null }), getCurves = () => [], getFips = () => 0;

const module = { Cipheriv, Decipheriv, Hash, Hmac, KeyObject, constants, createCipheriv, createDecipheriv, createDiffieHellman, createECDH, createHash, createHmac, createPrivateKey,
  createPublicKey, createSecretKey, createSign, createVerify, diffieHellman, generateKey, generateKeyPair, generateKeyPairSync, generateKeySync, getCiphers, getCurves, getFips,
  getHashes, getRandomValues, hash, hkdf, hkdfSync, pbkdf2, pbkdf2Sync, privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt, randomBytes, randomFill, randomFillSync,
  randomInt, randomUUID, scrypt, scryptSync, sign, subtle, timingSafeEqual, verify, webcrypto };

export { module as default, Cipheriv, Decipheriv, Hash, Hmac, KeyObject, constants, createCipheriv, createDecipheriv, createDiffieHellman, createECDH, createHash, createHmac,
  createPrivateKey, createPublicKey, createSecretKey, createSign, createVerify, diffieHellman, generateKey, generateKeyPair, generateKeyPairSync, generateKeySync, getCiphers,
  getCurves, getFips, getHashes, getRandomValues, hash, hkdf, hkdfSync, pbkdf2, pbkdf2Sync, privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt, randomBytes, randomFill,
  randomFillSync, randomInt, randomUUID, scrypt, scryptSync, sign, subtle, timingSafeEqual, verify, webcrypto };
