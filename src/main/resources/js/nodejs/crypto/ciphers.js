// AES, piece by piece: https://nodejs.org/api/crypto.html#class-cipheriv

import { Transform } from './node/stream.js';
import { coded, requireString } from './nodejs/errors.js';
import { bytesOf, fromHost, output } from './nodejs/crypto/bytes.js';
import { native } from './nodejs/crypto/host.js';
import { secretOf } from './nodejs/crypto/keys.js';

const make = {};
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
    const mode = found[2].toUpperCase(), secret = secretOf(key, 'key'), initial = iv === null ? null : bytesOf(iv, 'iv');
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
    return this.#running ??= native.startCipher(this.#encrypts, mode, secret, initial, padding, this.#tagBytes);
  }

  update(data, inputEncoding = undefined, outputEncoding = undefined) {
    this.#requireUnfinished('update');
    this.#started = true;
    return output(fromHost(this.#cipher().update(bytesOf(data, 'data', inputEncoding))), outputEncoding);
  }

  final(outputEncoding = undefined) {
    this.#requireUnfinished('final');
    this.#finished = true;
    const gcm = this.#tagBytes > 0;
    if (gcm && !this.#encrypts && this.#tag === undefined) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'Unsupported state or unable to authenticate data');
    const rest = fromHost(this.#cipher().finish(this.#tag ?? new ArrayBuffer(0)));
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
    this.#cipher().authenticate(bytes);
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

// https://nodejs.org/api/crypto.html#cryptogetcipherinfonameornid-options
function getCipherInfo(name, { keyLength, ivLength } = {}) {
  const found = CIPHER.exec(`${name}`);
  if (found === null) return undefined;
  const mode = found[2].toLowerCase(), bytes = Number(found[1]) / 8, iv = mode === 'ecb' ? undefined : mode === 'gcm' ? 12 : 16;
  if (keyLength !== undefined && keyLength !== bytes || ivLength !== undefined && ivLength !== iv && !(mode === 'gcm' && ivLength > 0)) return undefined;
  return { mode, name: `aes-${found[1]}-${mode}`, keyLength: bytes, ...(mode === 'ctr' || mode === 'gcm' ? {} : { blockSize: 16 }), ...(iv === undefined ? {} : { ivLength: ivLength ?? iv }) };
}

export { Cipheriv, Decipheriv, createCipheriv, createDecipheriv, getCipherInfo, getCiphers };
