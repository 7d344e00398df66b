// `node:crypto`: https://nodejs.org/api/crypto.html

import { crypto as webcrypto } from './crypto.js';
import { CryptoKey } from './crypto/key.js';
import { coded, missing } from './nodejs/errors.js';
import { X509Certificate } from './nodejs/crypto/certificates.js';
import { Cipheriv, Decipheriv, createCipheriv, createDecipheriv, getCipherInfo, getCiphers } from './nodejs/crypto/ciphers.js';
import { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } from './nodejs/crypto/derive.js';
import { Hash, Hmac, createHash, createHmac, getHashes, hash } from './nodejs/crypto/hashes.js';
import { KeyObject, createPrivateKey, createPublicKey, createSecretKey, generateKey, generateKeyPair, generateKeyPairSync, generateKeySync, getCurves } from './nodejs/crypto/keys.js';
import { getRandomValues, randomBytes, randomFill, randomFillSync, randomInt, randomUUID, timingSafeEqual } from './nodejs/crypto/random.js';
import { DiffieHellman, DiffieHellmanGroup, checkPrime, checkPrimeSync, createDiffieHellman, createDiffieHellmanGroup, generatePrime, generatePrimeSync,
  getDiffieHellman } from './nodejs/crypto/numbers.js';
import { ECDH, Sign, Verify, constants, createECDH, createSign, createVerify, diffieHellman, privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt, sign,
  verify } from './nodejs/crypto/signatures.js';

const Certificate = missing('crypto.Certificate'), setEngine = missing('crypto.setEngine()'), { subtle } = webcrypto, getFips = () => 0, fips = false, pseudoRandomBytes = randomBytes;
const secureHeapUsed = () => ({ total: 0, used: 0, utilization: 0, min: 0 });

function setFips(value) {
  if (value) throw coded(Error, 'ERR_CRYPTO_FIPS_UNAVAILABLE', 'Cannot set FIPS mode in a non-FIPS build.');
}

const module = { Certificate, Cipheriv, CryptoKey, Decipheriv, DiffieHellman, DiffieHellmanGroup, ECDH, Hash, Hmac, KeyObject, Sign, Verify, X509Certificate, checkPrime,
  checkPrimeSync, constants, createCipheriv, createDecipheriv, createDiffieHellman, createDiffieHellmanGroup, createECDH, createHash, createHmac,
  createPrivateKey, createPublicKey, createSecretKey, createSign, createVerify, diffieHellman, fips, generateKey, generateKeyPair, generateKeyPairSync,
  generateKeySync, generatePrime, generatePrimeSync, getCipherInfo, getCiphers, getCurves, getDiffieHellman, getFips, getHashes, getRandomValues, hash, hkdf,
  hkdfSync, pbkdf2, pbkdf2Sync, privateDecrypt, privateEncrypt, pseudoRandomBytes, publicDecrypt, publicEncrypt, randomBytes, randomFill, randomFillSync,
  randomInt, randomUUID, scrypt, scryptSync, secureHeapUsed, setEngine, setFips, sign, subtle, timingSafeEqual, verify, webcrypto };

export { module as default, Certificate, Cipheriv, CryptoKey, Decipheriv, DiffieHellman, DiffieHellmanGroup, ECDH, Hash, Hmac, KeyObject, Sign, Verify, X509Certificate, checkPrime,
  checkPrimeSync, constants, createCipheriv, createDecipheriv, createDiffieHellman, createDiffieHellmanGroup, createECDH, createHash, createHmac,
  createPrivateKey, createPublicKey, createSecretKey, createSign, createVerify, diffieHellman, fips, generateKey, generateKeyPair, generateKeyPairSync,
  generateKeySync, generatePrime, generatePrimeSync, getCipherInfo, getCiphers, getCurves, getDiffieHellman, getFips, getHashes, getRandomValues, hash, hkdf,
  hkdfSync, pbkdf2, pbkdf2Sync, privateDecrypt, privateEncrypt, pseudoRandomBytes, publicDecrypt, publicEncrypt, randomBytes, randomFill, randomFillSync,
  randomInt, randomUUID, scrypt, scryptSync, secureHeapUsed, setEngine, setFips, sign, subtle, timingSafeEqual, verify, webcrypto };
