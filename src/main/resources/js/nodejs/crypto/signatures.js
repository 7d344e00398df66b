// Signatures, RSA encryption and agreement: https://nodejs.org/api/crypto.html#class-sign. `host` is dev.skerry.webapi.crypto.NodeSignatureHost.

import { Buffer } from './node/buffer.js';
import { Writable } from './node/stream.js';
import { coded } from './nodejs/errors.js';
import { answer, bytesOf, fromHost, hashName, operation, output } from './nodejs/crypto/bytes.js';
import { curveKeys, curveNamed, keyFor, kindOf } from './nodejs/crypto/keys.js';

const constants = Object.freeze({
  __proto__: null,
  RSA_PKCS1_PADDING: 1, RSA_NO_PADDING: 3, RSA_PKCS1_OAEP_PADDING: 4, RSA_PKCS1_PSS_PADDING: 6,
  RSA_PSS_SALTLEN_DIGEST: -1, RSA_PSS_SALTLEN_MAX_SIGN: -2, RSA_PSS_SALTLEN_AUTO: -2,
  OPENSSL_VERSION_NUMBER: 805306672, SSL_OP_ALL: 2147485776, SSL_OP_ALLOW_NO_DHE_KEX: 1024, SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION: 262144,
  SSL_OP_CIPHER_SERVER_PREFERENCE: 4194304, SSL_OP_CISCO_ANYCONNECT: 32768, SSL_OP_COOKIE_EXCHANGE: 8192, SSL_OP_CRYPTOPRO_TLSEXT_BUG: 2147483648,
  SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS: 2048, SSL_OP_LEGACY_SERVER_CONNECT: 4, SSL_OP_NO_COMPRESSION: 131072, SSL_OP_NO_ENCRYPT_THEN_MAC: 524288,
  SSL_OP_NO_QUERY_MTU: 4096, SSL_OP_NO_RENEGOTIATION: 1073741824, SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION: 65536, SSL_OP_NO_SSLv2: 0, SSL_OP_NO_SSLv3:
  33554432, SSL_OP_NO_TICKET: 16384, SSL_OP_NO_TLSv1: 67108864, SSL_OP_NO_TLSv1_1: 268435456, SSL_OP_NO_TLSv1_2: 134217728, SSL_OP_NO_TLSv1_3: 536870912,
  SSL_OP_PRIORITIZE_CHACHA: 2097152, SSL_OP_TLS_ROLLBACK_BUG: 8388608, ENGINE_METHOD_RSA: 1, ENGINE_METHOD_DSA: 2, ENGINE_METHOD_DH: 4, ENGINE_METHOD_RAND: 8,
  ENGINE_METHOD_EC: 2048, ENGINE_METHOD_CIPHERS: 64, ENGINE_METHOD_DIGESTS: 128, ENGINE_METHOD_PKEY_METHS: 512, ENGINE_METHOD_PKEY_ASN1_METHS: 1024,
  ENGINE_METHOD_ALL: 65535, ENGINE_METHOD_NONE: 0, DH_CHECK_P_NOT_SAFE_PRIME: 2, DH_CHECK_P_NOT_PRIME: 1, DH_UNABLE_TO_CHECK_GENERATOR: 4,
  DH_NOT_SUITABLE_GENERATOR: 8, TLS1_VERSION: 769, TLS1_1_VERSION: 770, TLS1_2_VERSION: 771, TLS1_3_VERSION: 772,
  RSA_X931_PADDING: 5,
  POINT_CONVERSION_COMPRESSED: 2, POINT_CONVERSION_UNCOMPRESSED: 4, POINT_CONVERSION_HYBRID: 6,
});
const NO_BYTES = new ArrayBuffer(0);

// What is asked of a signature, beside the key.
function settings(key, handle) {
  const { padding = constants.RSA_PKCS1_PADDING, saltLength = constants.RSA_PSS_SALTLEN_AUTO, dsaEncoding = 'der' } = key ?? {};
  if (dsaEncoding !== 'der' && dsaEncoding !== 'ieee-p1363') throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.dsaEncoding' is invalid. Received '${dsaEncoding}'`);
  if (kindOf(handle) === 'rsa' && padding !== constants.RSA_PKCS1_PADDING && padding !== constants.RSA_PKCS1_PSS_PADDING) {
    throw coded(Error, 'ERR_OSSL_RSA_ILLEGAL_OR_UNSUPPORTED_PADDING_MODE', 'illegal or unsupported padding mode');
  }
  return [padding, saltLength, dsaEncoding === 'ieee-p1363'];
}

// Of one-shot signatures, no hash is asked of Ed25519 and one of every other key.
function hashFor(name, handle) {
  const kind = kindOf(handle);
  if (kind === 'x25519') throw coded(Error, 'ERR_OSSL_EVP_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE', 'operation not supported for this keytype');
  if (kind === 'ed25519') {
    if (name !== undefined && name !== null) throw coded(Error, 'ERR_CRYPTO_UNSUPPORTED_OPERATION', 'Unsupported crypto operation: Ed25519 takes no digest; use crypto.sign(null, data, key).');
    return null;
  }
  return name === undefined || name === null ? 'sha256' : hashName(name);
}

function sign(algorithm, data, key, callback = undefined) {
  if (callback !== undefined) return answer(callback, () => sign(algorithm, data, key));
  const bytes = bytesOf(data, 'data'), handle = keyFor(key, 'private'), hash = hashFor(algorithm, handle), [padding, salt, plain] = settings(key, handle);
  return operation(() => fromHost(host.sign(handle, hash, padding, salt, plain, bytes)));
}

function verify(algorithm, data, key, signature, callback = undefined) {
  if (callback !== undefined) return answer(callback, () => verify(algorithm, data, key, signature));
  const bytes = bytesOf(data, 'data'), signed = bytesOf(signature, 'signature'), handle = keyFor(key, 'public');
  const hash = hashFor(algorithm, handle), [padding, salt, plain] = settings(key, handle);
  return operation(() => host.verify(handle, hash, padding, salt, plain, bytes, signed));
}

// Which key it is for is told at the end: until then, what is to be signed is kept.
class Signing extends Writable {
  #hash;
  #pieces = [];

  constructor(hash, options) {
    const known = hashName(hash);
    super(options);
    this.#hash = known;
  }

  update(data, encoding = undefined) {
    this.#pieces.push(Buffer.from(bytesOf(data, 'data', encoding).slice(0)));
    return this;
  }

  _write(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  }

  static take(signing) {
    const data = Buffer.concat(signing.#pieces);
    signing.#pieces = [];
    return [signing.#hash, data];
  }
}
const { take } = Signing;
delete Signing.take;

class Sign extends Signing {
  sign(key, encoding = undefined) {
    return output(sign(...take(this), key), encoding);
  }
}

class Verify extends Signing {
  verify(key, signature, encoding = undefined) {
    return verify(...take(this), key, bytesOf(signature, 'signature', encoding));
  }
}

const createSign = (hash, options = undefined) => new Sign(hash, options);
const createVerify = (hash, options = undefined) => new Verify(hash, options);

function crypt(encrypts, use, fallback, key, buffer) {
  const handle = keyFor(key, use), { padding = fallback, oaepHash = 'sha1', oaepLabel, encoding } = key ?? {};
  if (kindOf(handle) !== 'rsa') throw coded(Error, 'ERR_OSSL_EVP_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE', 'operation not supported for this keytype');
  const bytes = bytesOf(buffer, 'buffer', encoding), label = oaepLabel === undefined ? NO_BYTES : bytesOf(oaepLabel, 'key.oaepLabel'), hash = hashName(oaepHash, 'key.oaepHash');
  return operation(() => fromHost(host.rsa(encrypts, handle, padding, hash, label, bytes)));
}

const publicEncrypt = (key, buffer) => crypt(true, 'public', constants.RSA_PKCS1_OAEP_PADDING, key, buffer);
const privateDecrypt = (key, buffer) => crypt(false, 'private', constants.RSA_PKCS1_OAEP_PADDING, key, buffer);
const privateEncrypt = (key, buffer) => crypt(true, 'private', constants.RSA_PKCS1_PADDING, key, buffer);
const publicDecrypt = (key, buffer) => crypt(false, 'public', constants.RSA_PKCS1_PADDING, key, buffer);

function diffieHellman({ privateKey, publicKey }, callback = undefined) {
  if (callback !== undefined) return answer(callback, () => diffieHellman({ privateKey, publicKey }));
  const own = keyFor(privateKey, 'private'), theirs = keyFor(publicKey, 'public');
  if (kindOf(own) !== kindOf(theirs)) throw coded(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY', `Incompatible key types for Diffie-Hellman: ${kindOf(own)} and ${kindOf(theirs)}`);
  return operation(() => fromHost(host.agree(own, theirs)));
}

// https://nodejs.org/api/crypto.html#class-ecdh
class ECDH {
  #curve;
  #private;
  #public;

  constructor(curve) {
    this.#curve = curveNamed(curve);
  }

  static convertKey(key, curve, inputEncoding = undefined, outputEncoding = undefined, format = 'uncompressed') {
    const point = curveKeys.ofPoint(curveNamed(curve), bytesOf(key, 'key', inputEncoding));
    return output(pointOf(point, format), outputEncoding);
  }

  generateKeys(encoding = undefined, format = 'uncompressed') {
    this.#private = curveKeys.generate(this.#curve);
    this.#public = curveKeys.publicOf(this.#private);
    return this.getPublicKey(encoding, format);
  }

  computeSecret(otherPublicKey, inputEncoding = undefined, outputEncoding = undefined) {
    this.#require(this.#private, 'private');
    let theirs;
    try {
      theirs = curveKeys.ofPoint(this.#curve, bytesOf(otherPublicKey, 'otherPublicKey', inputEncoding));
    } catch (error) {
      if (error.code === 'ERR_INVALID_ARG_TYPE') throw error;
      throw coded(Error, 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY', 'Public key is not valid for specified curve');
    }
    return output(operation(() => fromHost(host.agree(this.#private, theirs))), outputEncoding);
  }

  getPrivateKey(encoding = undefined) {
    this.#require(this.#private, 'private');
    return output(curveKeys.number(this.#private), encoding);
  }

  getPublicKey(encoding = undefined, format = 'uncompressed') {
    this.#require(this.#public, 'public');
    return output(pointOf(this.#public, format), encoding);
  }

  setPrivateKey(key, encoding = undefined) {
    const bytes = bytesOf(key, 'privateKey', encoding);
    try {
      this.#private = curveKeys.ofNumber(this.#curve, bytes);
    } catch {
      throw coded(Error, 'ERR_CRYPTO_INVALID_KEYTYPE', 'Private key is not valid for specified curve.');
    }
    this.#public = curveKeys.publicOf(this.#private);
  }

  setPublicKey(key, encoding = undefined) {
    const bytes = bytesOf(key, 'key', encoding);
    try {
      this.#public = curveKeys.ofPoint(this.#curve, bytes);
    } catch {
      throw coded(Error, 'ERR_CRYPTO_OPERATION_FAILED', 'Failed to convert Buffer to EC_POINT');
    }
  }

  #require(key, which) {
    if (key === undefined) throw coded(Error, `ERR_CRYPTO_ECDH_NO_${which.toUpperCase()}_KEY`, `Failed to get ECDH ${which} key`);
  }
}

function pointOf(handle, format) {
  switch (format ?? 'uncompressed') {
    case 'compressed': return curveKeys.point(handle, true);
    case 'uncompressed': return curveKeys.point(handle, false);
    case 'hybrid': {
      const point = curveKeys.point(handle, false);
      point[0] = 6 + (point.at(-1) & 1);
      return point;
    }
    default: throw coded(TypeError, 'ERR_CRYPTO_ECDH_INVALID_FORMAT', `Invalid ECDH format: ${format}`);
  }
}

const createECDH = (curve) => new ECDH(curve);

export { ECDH, Sign, Verify, constants, createECDH, createSign, createVerify, diffieHellman, privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt, sign, verify };
