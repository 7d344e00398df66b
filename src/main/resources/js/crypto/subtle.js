// SubtleCrypto: https://w3c.github.io/webcrypto/#subtlecrypto-interface. Everything is done at once, on the isolate's thread, so that its time
// counts as the worker's; the results are promises all the same.

import { DOMException, call } from './errors.js';
import { exposed, require } from './webidl.js';
import { bufferSource, byteLength, enumeration, unsignedLong } from './crypto/webidl.js';
import { normalize } from './crypto/algorithms.js';
import { checkJwk, dataError, expectedJwk, jsonWebKey } from './crypto/jwk.js';
import { makeKey, readKey, usageIndex, usageMask, usageNames, usagesArgument } from './crypto/key.js';

const keyFormat = enumeration(['raw', 'spki', 'pkcs8', 'jwk']);
const { parse, stringify } = JSON;
const NO_BYTES = new ArrayBuffer(0);

const cipherUsages = usageMask('encrypt', 'decrypt', 'wrapKey', 'unwrapKey');
const deriveUsages = usageMask('deriveKey', 'deriveBits');
const signer = { public: usageMask('verify'), private: usageMask('sign') };
const agreer = { public: 0, private: deriveUsages };
const cipher = { secret: cipherUsages }, deriver = { secret: deriveUsages };
// The usages that a key of each type may have.
const ALLOWED = {
  'AES-CBC': cipher,
  'AES-CTR': cipher,
  'AES-GCM': cipher,
  'AES-KW': { secret: usageMask('wrapKey', 'unwrapKey') },
  HMAC: { secret: usageMask('sign', 'verify') },
  PBKDF2: deriver,
  HKDF: deriver,
  'RSASSA-PKCS1-v1_5': signer,
  'RSA-PSS': signer,
  'RSA-OAEP': { public: usageMask('encrypt', 'wrapKey'), private: usageMask('decrypt', 'unwrapKey') },
  ECDSA: signer,
  ECDH: agreer,
  Ed25519: signer,
  X25519: agreer,
};
const CURVES = ['P-256', 'P-384', 'P-521'];
const HMAC_BITS = { 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024 };

const bytes = (work) => new ArrayBuffer(call(work));
const isSecret = (name) => 'secret' in ALLOWED[name];
const isAes = (name) => name.startsWith('AES-');
const isRsa = (name) => name.startsWith('RSA');
const notSupported = (message) => new DOMException(message, 'NotSupportedError');
const operationError = (message) => new DOMException(message, 'OperationError');

function encrypt(usage, algorithm, key, data) {
  const use = usageIndex(usage);
  return bytes(() => {
    switch (algorithm.name) {
      case 'AES-CBC': return host.aesCbc(use, key, algorithm.iv, data);
      case 'AES-CTR': return host.aesCtr(use, key, algorithm.counter, algorithm.length, data);
      case 'AES-GCM': return host.aesGcm(use, key, algorithm.iv, algorithm.additionalData ?? NO_BYTES, algorithm.tagLength ?? 128, data);
      case 'AES-KW': return host.aesKw(use, key, data);
      case 'RSA-OAEP': return host.rsaOaep(use, key, algorithm.label ?? NO_BYTES, data);
    }
  });
}

// `length` in bits; null asks for all that the algorithm gives.
function deriveBits(usage, algorithm, key, length) {
  const use = usageIndex(usage);
  const { name, hash, salt } = algorithm;
  if (name === 'ECDH' || name === 'X25519') return bytes(() => host.agree(name, use, key, algorithm.public.handle, length ?? -1));
  if (length === null || length % 8 !== 0) throw operationError(`${name} needs a length in whole bytes, not ${length} bits.`);
  return bytes(() => name === 'PBKDF2'
    ? host.pbkdf2(use, key, hash, salt, algorithm.iterations, length / 8)
    : host.hkdf(use, key, hash, salt, algorithm.info, length / 8));
}

// What `key.algorithm` shows.
function keyAlgorithm({ name, hash, namedCurve }, handle) {
  if (isAes(name)) return { name, length: host.length(handle) };
  if (name === 'HMAC') return { name, length: host.length(handle), hash: { name: hash } };
  if (isRsa(name)) {
    const publicExponent = new Uint8Array(bytes(() => host.publicExponent(handle)));
    return { name, modulusLength: host.length(handle), publicExponent, hash: { name: hash } };
  }
  return namedCurve === undefined ? { name } : { name, namedCurve };
}

function checkUsages(name, type, mask) {
  const wrong = mask & ~ALLOWED[name][type];
  if (wrong !== 0) throw new DOMException(`A ${type} key of ${name} cannot have the usage '${usageNames(wrong)[0]}'.`, 'SyntaxError');
}

function checkNotUseless(type, mask) {
  if (type !== 'public' && mask === 0) throw new DOMException(`A ${type} key needs at least one usage.`, 'SyntaxError');
}

function checkCurve({ namedCurve }) {
  if (namedCurve !== undefined && !CURVES.includes(namedCurve)) throw notSupported(`Unrecognized or unimplemented EC curve '${namedCurve}'.`);
}

function generateKey(algorithm, extractable, mask) {
  const { name, hash, namedCurve } = algorithm;
  const made = (handle, type, isExtractable, usages) => makeKey(handle, type, isExtractable, keyAlgorithm(algorithm, handle), usages);
  if (isSecret(name)) {
    checkUsages(name, 'secret', mask);
    const length = keyLength(algorithm);
    checkNotUseless('secret', mask);
    return made(call(() => host.generateSecret(name, hash, length, extractable, mask)), 'secret', extractable, mask);
  }
  const allowed = ALLOWED[name];
  const wrong = mask & ~(allowed.public | allowed.private);
  if (wrong !== 0) throw new DOMException(`Keys of ${name} cannot have the usage '${usageNames(wrong)[0]}'.`, 'SyntaxError');
  checkCurve(algorithm);
  checkNotUseless('private', mask & allowed.private);
  const publicMask = mask & allowed.public, privateMask = mask & allowed.private;
  const pair = call(() => host.generatePair(name, hash ?? namedCurve, algorithm.modulusLength ?? 0, algorithm.publicExponent ?? NO_BYTES,
    extractable, publicMask, privateMask));
  return {
    publicKey: made(pair.publicKey(), 'public', true, publicMask),
    privateKey: made(pair.privateKey(), 'private', extractable, privateMask),
  };
}

// "get key length", in bits; null for keys of any length.
function keyLength({ name, hash, length }) {
  if (isAes(name)) {
    if (length !== 128 && length !== 192 && length !== 256) throw operationError(`AES keys have 128, 192 or 256 bits, not ${length}.`);
    return length;
  }
  if (name !== 'HMAC') return null;
  if (length === 0) throw operationError('An HMAC key cannot have 0 bits.');
  return length ?? HMAC_BITS[hash];
}

function importKey(format, data, algorithm, extractable, mask) {
  const { name, hash, namedCurve } = algorithm;
  const type = isSecret(name) ? 'secret' : format === 'pkcs8' || format === 'jwk' && data.d !== undefined ? 'private' : 'public';
  checkUsages(name, type, mask);
  if (isSecret(name) && format !== 'raw' && (format !== 'jwk' || name === 'PBKDF2' || name === 'HKDF')
    || isRsa(name) && format === 'raw') {
    throw notSupported(`${name} keys have no '${format}' format.`);
  }
  if (extractable && (name === 'PBKDF2' || name === 'HKDF')) throw new DOMException(`${name} keys cannot be extractable.`, 'SyntaxError');
  checkCurve(algorithm);
  const handle = format === 'jwk' ? importJwk(data, algorithm, extractable, mask)
    : type === 'secret' ? call(() => host.importSecret(name, hash, data, algorithm.length ?? -1, extractable, mask))
      : call(() => host.importKey(name, format, data, hash ?? namedCurve, extractable, mask));
  checkNotUseless(type, mask);
  return makeKey(handle, type, extractable, keyAlgorithm(algorithm, handle), mask);
}

function importJwk(jwk, algorithm, extractable, mask) {
  const { name, hash, namedCurve } = algorithm;
  checkJwk(jwk, expectedJwk(algorithm), extractable, usageNames(mask));
  if (isSecret(name)) {
    const handle = call(() => host.importSecretJwk(name, hash, jwk.k, algorithm.length ?? -1, extractable, mask));
    if (isAes(name) && jwk.alg !== undefined && jwk.alg !== `A${host.length(handle)}${name.slice('AES-'.length)}`) {
      throw dataError(`The JWK's 'alg' is '${jwk.alg}', which its key is not.`);
    }
    return handle;
  }
  if (isRsa(name)) {
    if (jwk.oth !== undefined) throw notSupported('RSA keys of more than two primes are not supported.');
    const { n, e, d, p, q, dp, dq, qi } = jwk;
    return call(() => host.importRsaJwk(name, hash, n, e, d, p, q, dp, dq, qi, extractable, mask));
  }
  return call(() => namedCurve === undefined
    ? host.importOkpJwk(name, jwk.x, jwk.d, extractable, mask)
    : host.importEcJwk(name, namedCurve, jwk.x, jwk.y, jwk.d, extractable, mask));
}

function exportKey(format, { name, handle, mask, extractable }) {
  if (name === 'PBKDF2' || name === 'HKDF') throw notSupported(`${name} keys cannot be exported.`);
  if (format !== 'jwk') return bytes(() => host.exportKey(handle, format));
  const jwk = parse(call(() => host.exportJwk(handle)));
  jwk.key_ops = usageNames(mask);
  jwk.ext = extractable;
  return jwk;
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
    return bytes(() => host.sign(name, handle, hash, saltLength, message));
  }

  async verify(algorithm, key, signature, data) {
    this.#brand;
    require(arguments.length, 4, 'SubtleCrypto.verify');
    const { handle } = keyArgument(key);
    const { name, hash, saltLength = 0 } = normalize(algorithm, 'verify');
    const signed = bufferSource(signature, 'The signature'), message = dataArgument(data);
    return call(() => host.verify(name, handle, hash, saltLength, signed, message));
  }

  async digest(algorithm, data) {
    this.#brand;
    require(arguments.length, 2, 'SubtleCrypto.digest');
    const { name } = normalize(algorithm, 'digest');
    const message = dataArgument(data);
    return bytes(() => host.digest(name, message));
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
    return encrypt('wrapKey', algorithm, handle, form === 'jwk' ? bytes(() => host.utf8(stringify(exported))) : exported);
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
    if (byteLength(first) !== byteLength(second)) throw new TypeError('Input buffers must have the same byte length');
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
  return call(() => host.startDigest(name));
}

export function utf8(text) {
  return bytes(() => host.utf8(text));
}

export const subtle = new SubtleCrypto(make);
