// How keys come and go: generate, import, export, and what each algorithm asks of them.
// https://w3c.github.io/webcrypto/#algorithms

import { DOMException } from './errors.js';
import { hostAlgorithm } from './crypto/algorithms.js';
import { checkJwk, dataError, expectedJwk } from './crypto/jwk.js';
import { makeKey, usageMask, usageNames } from './crypto/key.js';

const { parse } = JSON;
const Buffer = ArrayBuffer;
const NO_BYTES = new Buffer(0);

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

const isSecret = (name) => 'secret' in ALLOWED[name];
const isAes = (name) => name.startsWith('AES-');
const isRsa = (name) => name.startsWith('RSA');
const notSupported = (message) => new DOMException(message, 'NotSupportedError');
const operationError = (message) => new DOMException(message, 'OperationError');

// What `key.algorithm` shows.
function keyAlgorithm({ name, hash, namedCurve }, handle) {
  if (isAes(name)) return { name, length: host.length(handle) };
  if (name === 'HMAC') return { name, length: host.length(handle), hash: { name: hash } };
  if (isRsa(name)) {
    const publicExponent = new Uint8Array(new Buffer(host.publicExponent(handle)));
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

export function generateKey(asked, extractable, mask) {
  const algorithm = hostAlgorithm(asked), { name, hash, namedCurve } = algorithm;
  const made = (handle, type, isExtractable, usages) => makeKey(handle, type, isExtractable, keyAlgorithm(asked, handle), usages);
  if (isSecret(name)) {
    checkUsages(name, 'secret', mask);
    const length = keyLength(algorithm);
    checkNotUseless('secret', mask);
    return made(host.generateSecret(name, hash, length, extractable, mask), 'secret', extractable, mask);
  }
  const allowed = ALLOWED[name];
  const wrong = mask & ~(allowed.public | allowed.private);
  if (wrong !== 0) throw new DOMException(`Keys of ${name} cannot have the usage '${usageNames(wrong)[0]}'.`, 'SyntaxError');
  checkCurve(algorithm);
  checkNotUseless('private', mask & allowed.private);
  const publicMask = mask & allowed.public, privateMask = mask & allowed.private;
  const pair = host.generatePair(name, hash ?? namedCurve, algorithm.modulusLength ?? 0, algorithm.publicExponent ?? NO_BYTES,
    extractable, publicMask, privateMask);
  return {
    publicKey: made(pair.publicKey(), 'public', true, publicMask),
    privateKey: made(pair.privateKey(), 'private', extractable, privateMask),
  };
}

// "get key length", in bits; null for keys of any length.
export function keyLength({ name, hash, length }) {
  if (isAes(name)) {
    if (length !== 128 && length !== 192 && length !== 256) throw operationError(`AES keys have 128, 192 or 256 bits, not ${length}.`);
    return length;
  }
  if (name !== 'HMAC') return null;
  if (length === 0) throw operationError('An HMAC key cannot have 0 bits.');
  return length ?? HMAC_BITS[hash];
}

export function importKey(format, data, asked, extractable, mask) {
  const algorithm = hostAlgorithm(asked), { name, hash, namedCurve } = algorithm;
  const type = isSecret(name) ? 'secret' : format === 'pkcs8' || format === 'jwk' && data.d !== undefined ? 'private' : 'public';
  checkUsages(name, type, mask);
  if (isSecret(name) && format !== 'raw' && (format !== 'jwk' || name === 'PBKDF2' || name === 'HKDF')
    || isRsa(name) && format === 'raw') {
    throw notSupported(`${name} keys have no '${format}' format.`);
  }
  if (extractable && (name === 'PBKDF2' || name === 'HKDF')) throw new DOMException(`${name} keys cannot be extractable.`, 'SyntaxError');
  checkCurve(algorithm);
  const handle = format === 'jwk' ? importJwk(data, algorithm, extractable, mask)
    : type === 'secret' ? host.importSecret(name, hash, data, algorithm.length ?? -1, extractable, mask)
      : host.importKey(name, format, data, hash ?? namedCurve, extractable, mask);
  checkNotUseless(type, mask);
  return makeKey(handle, type, extractable, keyAlgorithm(asked, handle), mask);
}

function importJwk(jwk, algorithm, extractable, mask) {
  const { name, hash, namedCurve } = algorithm;
  checkJwk(jwk, expectedJwk(algorithm), extractable, usageNames(mask));
  if (isSecret(name)) {
    const handle = host.importSecretJwk(name, hash, jwk.k, algorithm.length ?? -1, extractable, mask);
    if (isAes(name) && jwk.alg !== undefined && jwk.alg !== `A${host.length(handle)}${name.slice('AES-'.length)}`) {
      throw dataError(`The JWK's 'alg' is '${jwk.alg}', which its key is not.`);
    }
    return handle;
  }
  if (isRsa(name)) {
    if (jwk.oth !== undefined) throw notSupported('RSA keys of more than two primes are not supported.');
    const { n, e, d, p, q, dp, dq, qi } = jwk;
    return host.importRsaJwk(name, hash, n, e, d, p, q, dp, dq, qi, extractable, mask);
  }
  return namedCurve === undefined
    ? host.importOkpJwk(name, jwk.x, jwk.d, extractable, mask)
    : host.importEcJwk(name, namedCurve, jwk.x, jwk.y, jwk.d, extractable, mask);
}

export function exportKey(format, { name, handle, mask, extractable }) {
  if (name === 'PBKDF2' || name === 'HKDF') throw notSupported(`${name} keys cannot be exported.`);
  if (format !== 'jwk') return new Buffer(host.exportKey(handle, format));
  const jwk = parse(host.exportJwk(handle));
  jwk.key_ops = usageNames(mask);
  jwk.ext = extractable;
  return jwk;
}
