// JsonWebKey: https://w3c.github.io/webcrypto/#JsonWebKey-dictionary and what RFC 7517 and 7518 say of its fields.

import { DOMException } from './errors.js';
import { domString, sequence } from './crypto/webidl.js';
import { isUsage } from './crypto/key.js';

// In the order in which Web IDL reads them; `oth` is only looked for.
const STRINGS_BEFORE_EXT = ['alg', 'crv', 'd', 'dp', 'dq', 'e'];
const STRINGS_AFTER_KEY_OPS = ['kty', 'n', 'p', 'q', 'qi', 'use', 'x', 'y'];
const EC_ALG = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };

export const dataError = (message) => new DOMException(message, 'DataError');

// The conversion to the dictionary.
export function jsonWebKey(value) {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    throw new TypeError("With the format 'jwk' the key data must be a JsonWebKey object.");
  }
  const jwk = {};
  const read = (name, convert) => {
    const field = value[name];
    jwk[name] = field === undefined ? undefined : convert(field, `The JWK's '${name}'`);
  };
  for (const name of STRINGS_BEFORE_EXT) read(name, domString);
  read('ext', Boolean);
  read('k', domString);
  read('key_ops', (field, what) => sequence(field, domString, what));
  for (const name of STRINGS_AFTER_KEY_OPS) read(name, domString);
  jwk.oth = value.oth;
  return jwk;
}

// What every import of a JWK asks: the key type, its declared uses, and whether it may be extractable.
export function checkJwk(jwk, { kty, use, crv, alg }, extractable, usages) {
  if (jwk.kty !== kty) throw dataError(`The JWK's 'kty' must be '${kty}', not '${jwk.kty}'.`);
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) throw dataError(`The JWK's 'use' must be '${use}', not '${jwk.use}'.`);
  if (jwk.key_ops !== undefined) {
    if (new Set(jwk.key_ops).size !== jwk.key_ops.length) throw dataError("The JWK's 'key_ops' has duplicates.");
    for (const usage of usages) {
      if (!jwk.key_ops.includes(usage)) throw dataError(`The JWK's 'key_ops' does not include '${usage}'.`);
    }
    for (const operation of jwk.key_ops) {
      if (jwk.use !== undefined && isUsage(operation) && useOf(operation) !== jwk.use) {
        throw dataError("The JWK's 'use' and 'key_ops' do not agree.");
      }
    }
  }
  if (jwk.ext === false && extractable) throw dataError("The JWK's 'ext' is false: the key cannot be extractable.");
  if (crv !== undefined && jwk.crv !== crv) throw dataError(`The JWK's 'crv' must be '${crv}', not '${jwk.crv}'.`);
  if (alg !== undefined && jwk.alg !== undefined && !alg.includes(jwk.alg)) {
    throw dataError(`The JWK's 'alg' must be '${alg[0]}', not '${jwk.alg}'.`);
  }
}

const useOf = (operation) => operation === 'sign' || operation === 'verify' ? 'sig' : 'enc';

// What a JWK must say to be a key of an algorithm. An AES key's `alg` tells its length: it is checked when that is known.
export function expectedJwk({ name, hash, namedCurve }) {
  const suffix = hash?.slice('SHA-'.length);
  switch (name) {
    case 'HMAC': return { kty: 'oct', use: 'sig', alg: [`HS${suffix}`] };
    case 'RSASSA-PKCS1-v1_5': return { kty: 'RSA', use: 'sig', alg: [`RS${suffix}`] };
    case 'RSA-PSS': return { kty: 'RSA', use: 'sig', alg: [`PS${suffix}`] };
    case 'RSA-OAEP': return { kty: 'RSA', use: 'enc', alg: [suffix === '1' ? 'RSA-OAEP' : `RSA-OAEP-${suffix}`] };
    case 'ECDSA': return { kty: 'EC', use: 'sig', crv: namedCurve, alg: [EC_ALG[namedCurve]] };
    case 'ECDH': return { kty: 'EC', use: 'enc', crv: namedCurve };
    case 'Ed25519': return { kty: 'OKP', use: 'sig', crv: 'Ed25519', alg: ['Ed25519', 'EdDSA'] };
    case 'X25519': return { kty: 'OKP', use: 'enc', crv: 'X25519' };
    default: return { kty: 'oct', use: 'enc' };
  }
}
