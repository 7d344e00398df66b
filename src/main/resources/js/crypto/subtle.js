// SubtleCrypto: https://w3c.github.io/webcrypto/#subtlecrypto-interface. Everything is done at once, on the isolate's thread, so that its time
// counts as the worker's; the results are promises all the same.

import { DOMException } from './errors.js';
import { exposed, require } from './webidl.js';
import { sizeOf } from './buffers.js';
import { bufferSource, enumeration, unsignedLong } from './crypto/webidl.js';
import { hostName, normalize } from './crypto/algorithms.js';
import { dataError, jsonWebKey } from './crypto/jwk.js';
import { readKey, usageMask, usagesArgument } from './crypto/key.js';
import { exportKey, generateKey, importKey, keyLength } from './crypto/keys.js';

const keyFormat = enumeration(['raw', 'spki', 'pkcs8', 'jwk']);
const { parse, stringify } = JSON;
const Buffer = ArrayBuffer;
const NO_BYTES = new Buffer(0);

const operationError = (message) => new DOMException(message, 'OperationError');

function encrypted(use, algorithm, key, data) {
  switch (algorithm.name) {
    case 'AES-CBC': return host.aesCbc(use, key, algorithm.iv, data);
    case 'AES-CTR': return host.aesCtr(use, key, algorithm.counter, algorithm.length, data);
    case 'AES-GCM': return host.aesGcm(use, key, algorithm.iv, algorithm.additionalData ?? NO_BYTES, algorithm.tagLength ?? 128, data);
    case 'AES-KW': return host.aesKw(use, key, data);
    case 'RSA-OAEP': return host.rsaOaep(use, key, algorithm.label ?? NO_BYTES, data);
  }
}

const encrypt = (usage, algorithm, key, data) => new Buffer(encrypted(usageMask(usage), algorithm, key, data));

// `length` in bits; null asks for all that the algorithm gives.
function deriveBits(usage, algorithm, key, length) {
  const use = usageMask(usage);
  const { name, hash, salt } = algorithm;
  if (name === 'ECDH' || name === 'X25519') return new Buffer(host.agree(name, use, key, algorithm.public.handle, length ?? -1));
  if (length === null || length % 8 !== 0) throw operationError(`${name} needs a length in whole bytes, not ${length} bits.`);
  return new Buffer(name === 'PBKDF2'
    ? host.pbkdf2(use, key, hash, salt, algorithm.iterations, length / 8)
    : host.hkdf(use, key, hash, salt, algorithm.info, length / 8));
}

const keyArgument = (value, what = 'The key') => readKey(value, what);
const dataArgument = (value) => bufferSource(value, 'The data');
const keyData = (format, value) => format === 'jwk' ? jsonWebKey(value) : bufferSource(value, 'The key data');

const make = {};

export class SubtleCrypto {
  #brand;

  constructor(token) {
    if (token !== make) throw new TypeError('Illegal constructor');
  }

  async encrypt(algorithm, key, data) {
    this.#brand;
    require(arguments.length, 3, 'SubtleCrypto.encrypt');
    const { handle } = keyArgument(key);
    return encrypt('encrypt', normalize(algorithm, 'encrypt'), handle, dataArgument(data));
  }

  async decrypt(algorithm, key, data) {
    this.#brand;
    require(arguments.length, 3, 'SubtleCrypto.decrypt');
    const { handle } = keyArgument(key);
    return encrypt('decrypt', normalize(algorithm, 'decrypt'), handle, dataArgument(data));
  }

  async sign(algorithm, key, data) {
    this.#brand;
    require(arguments.length, 3, 'SubtleCrypto.sign');
    const { handle } = keyArgument(key);
    const { name, hash, saltLength = 0 } = normalize(algorithm, 'sign');
    const message = dataArgument(data);
    return new Buffer(host.sign(hostName(name), handle, hash, saltLength, message));
  }

  async verify(algorithm, key, signature, data) {
    this.#brand;
    require(arguments.length, 4, 'SubtleCrypto.verify');
    const { handle } = keyArgument(key);
    const { name, hash, saltLength = 0 } = normalize(algorithm, 'verify');
    const signed = bufferSource(signature, 'The signature'), message = dataArgument(data);
    return host.verify(hostName(name), handle, hash, saltLength, signed, message);
  }

  async digest(algorithm, data) {
    this.#brand;
    require(arguments.length, 2, 'SubtleCrypto.digest');
    const { name } = normalize(algorithm, 'digest');
    const message = dataArgument(data);
    return new Buffer(host.digest(name, message));
  }

  async generateKey(algorithm, extractable, keyUsages) {
    this.#brand;
    require(arguments.length, 3, 'SubtleCrypto.generateKey');
    const mask = usagesArgument(keyUsages);
    return generateKey(normalize(algorithm, 'generateKey'), !!extractable, mask);
  }

  async deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) {
    this.#brand;
    require(arguments.length, 5, 'SubtleCrypto.deriveKey');
    const { handle } = keyArgument(baseKey, 'The base key');
    const mask = usagesArgument(keyUsages);
    const derivation = normalize(algorithm, 'deriveBits');
    const type = normalize(derivedKeyType, 'importKey');
    const length = keyLength(normalize(derivedKeyType, 'keyLength'));
    return importKey('raw', deriveBits('deriveKey', derivation, handle, length), type, !!extractable, mask);
  }

  async deriveBits(algorithm, baseKey, length = null) {
    this.#brand;
    require(arguments.length, 2, 'SubtleCrypto.deriveBits');
    const { handle } = keyArgument(baseKey, 'The base key');
    const bits = length === null ? null : unsignedLong(length, 'The length');
    return deriveBits('deriveBits', normalize(algorithm, 'deriveBits'), handle, bits);
  }

  async importKey(format, data, algorithm, extractable, keyUsages) {
    this.#brand;
    require(arguments.length, 5, 'SubtleCrypto.importKey');
    const form = keyFormat(format, 'The key format');
    const mask = usagesArgument(keyUsages);
    const type = normalize(algorithm, 'importKey');
    return importKey(form, keyData(form, data), type, !!extractable, mask);
  }

  async exportKey(format, key) {
    this.#brand;
    require(arguments.length, 2, 'SubtleCrypto.exportKey');
    return exportKey(keyFormat(format, 'The key format'), keyArgument(key));
  }

  async wrapKey(format, key, wrappingKey, wrapAlgorithm) {
    this.#brand;
    require(arguments.length, 4, 'SubtleCrypto.wrapKey');
    const form = keyFormat(format, 'The key format');
    const inner = keyArgument(key), { handle } = keyArgument(wrappingKey, 'The wrapping key');
    const algorithm = normalize(wrapAlgorithm, 'wrapKey');
    const exported = exportKey(form, inner);
    return encrypt('wrapKey', algorithm, handle, form === 'jwk' ? new Buffer(host.utf8(stringify(exported))) : exported);
  }

  async unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgorithm, unwrappedKeyAlgorithm, extractable, keyUsages) {
    this.#brand;
    require(arguments.length, 7, 'SubtleCrypto.unwrapKey');
    const form = keyFormat(format, 'The key format');
    const { handle } = keyArgument(unwrappingKey, 'The unwrapping key');
    const mask = usagesArgument(keyUsages);
    const algorithm = normalize(unwrapAlgorithm, 'unwrapKey');
    const type = normalize(unwrappedKeyAlgorithm, 'importKey');
    const unwrapped = encrypt('unwrapKey', algorithm, handle, bufferSource(wrappedKey, 'The wrapped key'));
    return importKey(form, form === 'jwk' ? parseJwk(unwrapped) : unwrapped, type, !!extractable, mask);
  }

  // Workers': https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#timingsafeequal
  timingSafeEqual(a, b) {
    this.#brand;
    const first = bufferSource(a, 'The first argument'), second = bufferSource(b, 'The second argument');
    if (sizeOf(first) !== sizeOf(second)) throw new TypeError('Input buffers must have the same byte length');
    return host.timingSafeEqual(first, second);
  }
}
exposed(SubtleCrypto);

function parseJwk(unwrapped) {
  let jwk;
  try {
    jwk = parse(host.text(unwrapped));
  } catch {
    throw dataError('The unwrapped data is no JSON.');
  }
  if (typeof jwk !== 'object' || jwk === null) throw dataError('The unwrapped data is no JWK.');
  return jsonWebKey(jwk);
}

// For DigestStream: the name of the digest and Java's object that is fed.
export function startDigest(algorithm) {
  const { name } = normalize(algorithm, 'digest');
  return host.startDigest(name);
}

export function utf8(text) {
  return new Buffer(host.utf8(text));
}

export const subtle = new SubtleCrypto(make);
