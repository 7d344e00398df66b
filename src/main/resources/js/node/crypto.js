// `node:crypto`: https://nodejs.org/api/crypto.html

import { crypto as webcrypto } from './crypto.js';
import { missing } from './nodejs/errors.js';
import { Cipheriv, Decipheriv, createCipheriv, createDecipheriv, getCipherInfo, getCiphers } from './nodejs/crypto/ciphers.js';
import { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } from './nodejs/crypto/derive.js';
import { Hash, Hmac, createHash, createHmac, getHashes, hash } from './nodejs/crypto/hashes.js';
import { KeyObject, createPrivateKey, createPublicKey, createSecretKey, generateKey, generateKeyPair, generateKeyPairSync, generateKeySync, getCurves } from './nodejs/crypto/keys.js';
import { getRandomValues, randomBytes, randomFill, randomFillSync, randomInt, randomUUID, timingSafeEqual } from './nodejs/crypto/random.js';
import { ECDH, Sign, Verify, constants, createECDH, createSign, createVerify, diffieHellman, privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt, sign,
  verify } from './nodejs/crypto/signatures.js';

const createDiffieHellman = missing('crypto.createDiffieHellman(), whose groups are of numbers,', 'createECDH() and diffieHellman() agree on curves');
const getDiffieHellman = missing('crypto.getDiffieHellman(), whose groups are of numbers,', 'createECDH() and diffieHellman() agree on curves');
const X509Certificate = missing('crypto.X509Certificate', 'createPublicKey() takes the key out of a certificate');
const { subtle } = webcrypto, getFips = () => 0;

const module = { Cipheriv, Decipheriv, ECDH, Hash, Hmac, KeyObject, Sign, Verify, X509Certificate, constants, createCipheriv, createDecipheriv, createDiffieHellman, createECDH, createHash,
  createHmac, createPrivateKey, createPublicKey, createSecretKey, createSign, createVerify, diffieHellman, generateKey, generateKeyPair, generateKeyPairSync, generateKeySync,
  getCipherInfo, getCiphers, getCurves, getDiffieHellman, getFips, getHashes, getRandomValues, hash, hkdf, hkdfSync, pbkdf2, pbkdf2Sync, privateDecrypt, privateEncrypt, publicDecrypt,
  publicEncrypt, randomBytes, randomFill, randomFillSync, randomInt, randomUUID, scrypt, scryptSync, sign, subtle, timingSafeEqual, verify, webcrypto };

export { module as default, Cipheriv, Decipheriv, ECDH, Hash, Hmac, KeyObject, Sign, Verify, X509Certificate, constants, createCipheriv, createDecipheriv, createDiffieHellman, createECDH,
  createHash, createHmac, createPrivateKey, createPublicKey, createSecretKey, createSign, createVerify, diffieHellman, generateKey, generateKeyPair, generateKeyPairSync, generateKeySync,
  getCipherInfo, getCiphers, getCurves, getDiffieHellman, getFips, getHashes, getRandomValues, hash, hkdf, hkdfSync, pbkdf2, pbkdf2Sync, privateDecrypt, privateEncrypt, publicDecrypt,
  publicEncrypt, randomBytes, randomFill, randomFillSync, randomInt, randomUUID, scrypt, scryptSync, sign, subtle, timingSafeEqual, verify, webcrypto };
