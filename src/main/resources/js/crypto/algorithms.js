// Normalisation of algorithms: https://w3c.github.io/webcrypto/#algorithm-normalization. Which algorithm takes part in which operation,
// and what its dictionary is made of.

import { DOMException } from './errors.js';
import { bigInteger, bufferSource, domString, octet, optional, required, unsignedLong, unsignedShort } from './crypto/webidl.js';
import { readKey } from './crypto/key.js';

const none = () => ({});
// The name that Ed25519 had in Workers first: https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#footnote-1
const FIRST = 'NODE-ED25519';
const firstCurve = (a) => {
  const namedCurve = required(a, 'namedCurve', domString);
  if (namedCurve !== FIRST) throw new DOMException(`EDDSA curve "${namedCurve}" isn't supported.`, 'NotSupportedError');
  return { namedCurve };
};
const hash = (a) => ({ hash: required(a, 'hash', hashName) });
const namedCurve = (a) => ({ namedCurve: required(a, 'namedCurve', domString) });
const iv = (a) => ({ iv: required(a, 'iv', bufferSource) });
const aesLength = (a) => ({ length: required(a, 'length', unsignedShort) });
const hmacKey = (a) => ({ hash: required(a, 'hash', hashName), length: optional(a, 'length', unsignedLong) });
const agreement = (a) => ({ public: required(a, 'public', readKey) });

const aesCtr = (a) => ({ counter: required(a, 'counter', bufferSource), length: required(a, 'length', octet) });
const aesGcm = (a) => ({
  additionalData: optional(a, 'additionalData', bufferSource),
  iv: required(a, 'iv', bufferSource),
  tagLength: optional(a, 'tagLength', octet),
});
const rsaOaep = (a) => ({ label: optional(a, 'label', bufferSource) });
const rsaPss = (a) => ({ saltLength: required(a, 'saltLength', unsignedLong) });
const rsaKey = (a) => ({
  modulusLength: required(a, 'modulusLength', unsignedLong),
  publicExponent: required(a, 'publicExponent', bigInteger),
  hash: required(a, 'hash', hashName),
});
const pbkdf2 = (a) => ({
  hash: required(a, 'hash', hashName),
  iterations: required(a, 'iterations', unsignedLong),
  salt: required(a, 'salt', bufferSource),
});
const hkdf = (a) => ({ hash: required(a, 'hash', hashName), info: required(a, 'info', bufferSource), salt: required(a, 'salt', bufferSource) });

const ciphers = { 'RSA-OAEP': rsaOaep, 'AES-CBC': iv, 'AES-CTR': aesCtr, 'AES-GCM': aesGcm };
const signatures = { 'RSASSA-PKCS1-v1_5': none, 'RSA-PSS': rsaPss, ECDSA: hash, HMAC: none, Ed25519: none, [FIRST]: none };
const aes = { 'AES-CBC': aesLength, 'AES-CTR': aesLength, 'AES-GCM': aesLength, 'AES-KW': aesLength };
const OPERATIONS = {
  encrypt: ciphers,
  decrypt: ciphers,
  wrapKey: { 'AES-KW': none, ...ciphers },
  unwrapKey: { 'AES-KW': none, ...ciphers },
  sign: signatures,
  verify: signatures,
  digest: { 'SHA-1': none, 'SHA-256': none, 'SHA-384': none, 'SHA-512': none, MD5: none },
  deriveBits: { PBKDF2: pbkdf2, HKDF: hkdf, ECDH: agreement, X25519: agreement },
  generateKey: {
    ...aes, HMAC: hmacKey, 'RSASSA-PKCS1-v1_5': rsaKey, 'RSA-PSS': rsaKey, 'RSA-OAEP': rsaKey, ECDSA: namedCurve, ECDH: namedCurve,
    Ed25519: none, X25519: none, [FIRST]: firstCurve,
  },
  importKey: {
    'AES-CBC': none, 'AES-CTR': none, 'AES-GCM': none, 'AES-KW': none, HMAC: hmacKey, 'RSASSA-PKCS1-v1_5': hash, 'RSA-PSS': hash,
    'RSA-OAEP': hash, ECDSA: namedCurve, ECDH: namedCurve, Ed25519: none, X25519: none, [FIRST]: firstCurve, PBKDF2: none,
    HKDF: none,
  },
  keyLength: { ...aes, HMAC: hmacKey, PBKDF2: none, HKDF: none },
};

// What Java calls an algorithm and its curve.
export const hostName = (name) => (name === FIRST ? 'Ed25519' : name);
export const hostAlgorithm = (algorithm) => (algorithm.name === FIRST ? { name: 'Ed25519' } : algorithm);

// operation -> upper-case name -> [canonical name, conversion of its dictionary]
const registered = { __proto__: null };
for (const operation of Object.keys(OPERATIONS)) {
  registered[operation] = { __proto__: null };
  for (const name of Object.keys(OPERATIONS[operation])) registered[operation][name.toUpperCase()] = [name, OPERATIONS[operation][name]];
}

function hashName(value) {
  return normalize(value, 'digest').name;
}

// The algorithm with its canonical name, its members converted and buffers as ArrayBuffers; `hash` is the name of the digest.
export function normalize(algorithm, operation) {
  const isObject = typeof algorithm === 'function' || typeof algorithm === 'object' && algorithm !== null;
  const dictionary = isObject ? algorithm : { name: domString(algorithm, 'The algorithm') };
  const name = required(dictionary, 'name', domString);
  const entry = registered[operation][name.toUpperCase()];
  if (entry === undefined) throw new DOMException(`Unrecognized or unimplemented algorithm '${name}' for ${operation}.`, 'NotSupportedError');
  return { name: entry[0], ...entry[1](dictionary) };
}
