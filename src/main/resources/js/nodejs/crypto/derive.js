// Keys derived from others: https://nodejs.org/api/crypto.html#cryptopbkdf2sync

import { coded, requireInteger } from './nodejs/errors.js';
import { MOST_BYTES, answer, bytesOf, fromHost, hashName } from './nodejs/crypto/bytes.js';
import { native } from './nodejs/crypto/host.js';
import { secretOf } from './nodejs/crypto/keys.js';

function pbkdf2Sync(password, salt, iterations, length, digest) {
  requireInteger(iterations, 'iterations', 1, MOST_BYTES);
  requireInteger(length, 'keylen', 0, MOST_BYTES);
  const name = hashName(digest, 'digest'), secret = bytesOf(password, 'password'), salted = bytesOf(salt, 'salt');
  return fromHost(native.pbkdf2(name, secret, salted, iterations, length));
}

function pbkdf2(password, salt, iterations, length, digest, callback) {
  answer(callback, () => pbkdf2Sync(password, salt, iterations, length, digest));
}

function hkdfSync(digest, key, salt, info, length) {
  requireInteger(length, 'length', 0, MOST_BYTES);
  const name = hashName(digest, 'digest'), secret = secretOf(key, 'ikm'), salted = bytesOf(salt, 'salt'), context = bytesOf(info, 'info');
  return new ArrayBuffer(native.hkdf(name, secret, salted, context, length));
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
  return fromHost(native.scrypt(secret, salted, N, r, p, length));
}

function scrypt(password, salt, length, options, callback = undefined) {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  answer(callback, () => scryptSync(password, salt, length, options));
}

export { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync };
