// KeyObject, and pairs of keys: https://nodejs.org/api/crypto.html#class-keyobject. `host` is dev.skerry.webapi.crypto.NodeKeyHost.

import { readKey } from './crypto/key.js';
import { Buffer } from './node/buffer.js';
import { coded, invalidArgType, invalidArgValue, requireFunction, requireInteger, requireObject, requireString } from './nodejs/errors.js';
import { answer, bytesOf, fromHost, operation } from './nodejs/crypto/bytes.js';
import { fromPem, labelled, toPem } from './nodejs/crypto/pem.js';
import { randomBytes } from './nodejs/crypto/random.js';

const { parse } = JSON;
const CUSTOM_PROMISIFY = Symbol.for('nodejs.util.promisify.custom');
const KINDS = { __proto__: null, RSA: 'rsa', Ed25519: 'ed25519', X25519: 'x25519' };
// Names of curves, as OpenSSL and as WebCrypto has them.
const CURVES = { __proto__: null, prime256v1: 'P-256', secp256r1: 'P-256', 'P-256': 'P-256', secp384r1: 'P-384', 'P-384': 'P-384', secp521r1: 'P-521', 'P-521': 'P-521' };
const CURVE_NAMES = { __proto__: null, 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };
const make = {};
let handleOf, bytesWithin;

export const getCurves = () => ['prime256v1', 'secp384r1', 'secp521r1'];

export function curveNamed(name) {
  requireString(name, 'curve');
  if (CURVES[name] === undefined) throw coded(TypeError, 'ERR_CRYPTO_INVALID_CURVE', `Invalid EC curve name: ${name}. There are: ${getCurves().join(', ')}.`);
  return CURVES[name];
}

// What Java says of a key that it cannot read.
export function reading(work) {
  try {
    return work();
  } catch (error) {
    throw coded(Error, 'ERR_OSSL_UNSUPPORTED', `The key cannot be read: ${error.message}`);
  }
}

class KeyObject {
  #type;
  // Of secret keys; those of pairs are objects of Java.
  #bytes;
  #handle;

  constructor(token, type, bytes, handle) {
    if (token !== make) throw new TypeError('Illegal constructor');
    this.#type = type;
    this.#bytes = bytes;
    this.#handle = handle;
  }

  static {
    Object.defineProperty(this.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true });
    handleOf = (key) => #handle in key ? key.#handle : undefined;
    bytesWithin = (key) => #bytes in key ? key.#bytes : undefined;
  }

  static from(key) {
    const { handle } = readKey(key, 'The "key" argument'), own = host.ofCryptoKey(handle);
    return key.type === 'secret' ? new KeyObject(make, 'secret', new ArrayBuffer(host.octets(own))) : ofHandle(own);
  }

  get type() {
    return this.#type;
  }

  get symmetricKeySize() {
    return this.#bytes?.byteLength;
  }

  get asymmetricKeyType() {
    if (this.#handle === undefined) return undefined;
    return KINDS[host.algorithm(this.#handle)] ?? 'ec';
  }

  get asymmetricKeyDetails() {
    switch (this.asymmetricKeyType) {
      case undefined: return undefined;
      case 'rsa': return { modulusLength: host.modulusLength(this.#handle), publicExponent: BigInteger(host.publicExponent(this.#handle)) };
      case 'ec': return { namedCurve: CURVE_NAMES[host.algorithm(this.#handle)] };
      default: return {};
    }
  }

  export(options = undefined) {
    if (this.#bytes !== undefined) {
      const bytes = Buffer.from(this.#bytes.slice(0));
      return options?.format === 'jwk' ? { kty: 'oct', k: bytes.toString('base64url') } : bytes;
    }
    requireObject(options, 'options');
    return exported(this, options);
  }

  equals(other) {
    if (!isKeyObject(other)) throw invalidArgType('otherKeyObject', 'an instance of KeyObject', other);
    if (this.#type !== other.#type) return false;
    return this.#bytes === undefined ? host.equal(this.#handle, other.#handle) : Buffer.from(this.#bytes).equals(Buffer.from(other.#bytes));
  }
}

const BigInteger = BigInt;
const isKeyObject = (value) => value instanceof KeyObject;
const ofHandle = (handle) => new KeyObject(make, host.type(handle), undefined, handle);

// The bytes of a secret: a text, a buffer, a secret key.
export function secretOf(value, name, encoding = undefined) {
  if (!isKeyObject(value)) return bytesOf(value, name, encoding);
  const bytes = bytesWithin(value);
  if (bytes === undefined) throw coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${value.type}, expected secret.`);
  return bytes;
}

const createSecretKey = (key, encoding = undefined) => new KeyObject(make, 'secret', bytesOf(key, 'key', encoding).slice(0));

function generateKeySync(type, options) {
  requireObject(options, 'options');
  const { length } = options;
  if (type === 'hmac') requireInteger(length, 'options.length', 8, 2 ** 16);
  else if (type !== 'aes') throw invalidArgValue('type', type, 'must be a supported key type');
  else if (![128, 192, 256].includes(length)) throw invalidArgValue('options.length', length, 'must be one of: 128, 192, 256');
  return createSecretKey(randomBytes(length >> 3));
}

const generateKey = (type, options, callback) => answer(callback, () => generateKeySync(type, options));

// What a key is written as: https://nodejs.org/api/crypto.html#keyobjectexportoptions
function exported(key, { format, type, cipher, passphrase }) {
  const handle = handleOf(key), isPrivate = key.type === 'private';
  if (format === 'jwk') return parse(host.jwk(handle));
  if (format !== 'pem' && format !== 'der') throw invalidArgValue('options.format', format);
  const types = isPrivate ? { rsa: ['pkcs8', 'pkcs1'], ec: ['pkcs8', 'sec1'] }[key.asymmetricKeyType] ?? ['pkcs8'] : key.asymmetricKeyType === 'rsa' ? ['spki', 'pkcs1'] : ['spki'];
  if (!types.includes(type)) throw coded(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', `The selected key encoding ${type} is not one of: ${types.join(', ')}.`);
  let bytes = fromHost(host.write(handle, type)), label = labelled(type, isPrivate);
  if (cipher !== undefined) {
    const bits = { 'aes-128-cbc': 128, 'aes-256-cbc': 256 }[cipher];
    if (bits === undefined || type !== 'pkcs8') throw coded(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Private keys are encrypted as pkcs8, with aes-128-cbc or aes-256-cbc.');
    const plain = bytes, password = Buffer.from(bytesOf(passphrase, 'options.passphrase')).toString();
    bytes = fromHost(host.encrypt(bytesOf(plain), bits, password));
    label = 'ENCRYPTED PRIVATE KEY';
  }
  return format === 'der' ? bytes : toPem(label, bytes);
}

function readJwk(jwk) {
  requireObject(jwk, 'key.key');
  const { kty, crv, x, y, d, n, e, p, q, dp, dq, qi } = jwk;
  switch (kty) {
    case 'RSA': return reading(() => host.readRsaJwk(n, e, d, p, q, dp, dq, qi));
    case 'EC': return reading(() => host.readEcJwk(curveNamed(crv), x, y, d));
    case 'OKP':
      if (crv === 'Ed25519' || crv === 'X25519') return reading(() => host.readOkpJwk(crv, x, d));
  }
  throw coded(Error, 'ERR_CRYPTO_INVALID_JWK', `Invalid JWK data: no key of "kty" ${String(kty)} and "crv" ${String(crv)}.`);
}

function decrypted(bytes, passphrase) {
  if (passphrase === undefined || passphrase === null) throw coded(TypeError, 'ERR_MISSING_PASSPHRASE', 'Passphrase required for encrypted key');
  const text = Buffer.from(bytesOf(passphrase, 'key.passphrase')).toString();
  return bytesOf(fromHost(host.decrypt(bytes, text)));
}

// The key of Java in a text, a buffer, or an object around one of them.
function read(key, isPrivate) {
  const plain = typeof key === 'string' || ArrayBuffer.isView(key) || key instanceof ArrayBuffer;
  const { key: data, format = 'pem', type, passphrase, encoding } = plain ? { key } : key ?? {};
  if (isKeyObject(data)) return handleOf(data);
  if (format === 'jwk') return readJwk(data);
  if (data === undefined) throw invalidArgType('key', 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey', key);
  if (format === 'pem') {
    const found = fromPem(typeof data === 'string' ? data : Buffer.from(bytesOf(data, 'key')).toString('latin1'));
    if (found === undefined) throw coded(Error, 'ERR_OSSL_UNSUPPORTED', 'error:1E08010C:DECODER routines::unsupported: there is no key in PEM.');
    const bytes = bytesOf(found.bytes);
    if (found.type === 'encrypted') return reading(() => host.read('pkcs8', decrypted(bytes, passphrase)));
    return reading(() => host.read(found.type, bytes));
  }
  if (format !== 'der') throw invalidArgValue('key.format', format);
  const bytes = bytesOf(data, 'key', encoding);
  if (type === 'pkcs1') return reading(() => host.read(isPrivate ? 'pkcs1' : 'pkcs1-public', bytes));
  if (!['pkcs8', 'spki', 'sec1'].includes(type)) throw invalidArgValue('key.type', type);
  return reading(() => host.read(type, type === 'pkcs8' && passphrase !== undefined ? decrypted(bytes, passphrase) : bytes));
}

function isCryptoKey(value) {
  try {
    readKey(value, '');
    return true;
  } catch {
    return false;
  }
}

// A key as functions take it, for `use` 'private' or 'public', of Java; a private key is good for its public one, too.
export function keyFor(key, use) {
  const given = isCryptoKey(key) ? KeyObject.from(key) : isCryptoKey(key?.key) ? KeyObject.from(key.key) : key;
  const handle = isKeyObject(given) ? handleOf(given) : read(given, use === 'private');
  const type = handle === undefined ? 'secret' : host.type(handle);
  if (type === use) return handle;
  if (use === 'public' && type === 'private') return host.publicOf(handle);
  throw coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${type}, expected ${use}.`);
}

export const kindOf = (handle) => KINDS[host.algorithm(handle)] ?? 'ec';

function createPrivateKey(key) {
  if (isKeyObject(key)) throw invalidArgType('key', 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', key);
  return ofHandle(keyFor(key, 'private'));
}

function createPublicKey(key) {
  if (isKeyObject(key) && key.type !== 'private') throw coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${key.type}, expected private.`);
  return ofHandle(keyFor(key, 'public'));
}

function generated(type, options = {}) {
  switch (type) {
    case 'rsa': {
      const { modulusLength, publicExponent = 65537 } = options;
      requireInteger(modulusLength, 'options.modulusLength', 512, 4096);
      requireInteger(publicExponent, 'options.publicExponent', 0, 2 ** 32 - 1);
      const exponent = Buffer.alloc(4);
      exponent.writeUInt32BE(publicExponent);
      return operation(() => host.generateRsa(modulusLength, bytesOf(exponent)));
    }
    case 'ec': {
      const curve = curveNamed(options.namedCurve);
      return operation(() => host.generateEc(curve));
    }
    case 'ed25519': return operation(() => host.generateOkp('Ed25519'));
    case 'x25519': return operation(() => host.generateOkp('X25519'));
    default: throw invalidArgValue('type', type, 'must be a supported key type: rsa, ec, ed25519, x25519');
  }
}

function generateKeyPairSync(type, options = undefined) {
  requireString(type, 'type');
  const handle = generated(type, options), privateKey = ofHandle(handle), publicKey = ofHandle(host.publicOf(handle));
  const written = (key, encoding) => encoding === undefined ? key : key.export(encoding);
  return { publicKey: written(publicKey, options?.publicKeyEncoding), privateKey: written(privateKey, options?.privateKeyEncoding) };
}

function generateKeyPair(type, options, callback = undefined) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  requireFunction(callback, 'callback');
  answer((error, pair) => error ? callback(error) : callback(null, pair.publicKey, pair.privateKey), () => generateKeyPairSync(type, options));
}
Object.defineProperty(generateKeyPair, CUSTOM_PROMISIFY, {
  value: (type, options) => new Promise((resolve, reject) => generateKeyPair(type, options, (error, publicKey, privateKey) => error ? reject(error) : resolve({ publicKey, privateKey }))),
});

// What createECDH() is made of: keys of a curve as numbers and points.
export const curveKeys = {
  generate: (curve) => host.generateEc(curve),
  ofNumber: (curve, bytes) => host.ecPrivate(curve, bytes),
  ofPoint: (curve, bytes) => host.ecPublic(curve, bytes),
  publicOf: (handle) => host.publicOf(handle),
  number: (handle) => fromHost(host.ecNumber(handle)),
  point: (handle, compressed) => fromHost(host.ecPoint(handle, compressed)),
};

export { KeyObject, createPrivateKey, createPublicKey, createSecretKey, generateKey, generateKeyPair, generateKeyPairSync, generateKeySync };
