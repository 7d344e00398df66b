// crypto.X509Certificate: https://nodejs.org/api/crypto.html#class-x509certificate, of certificates as https://www.rfc-editor.org/rfc/rfc5280 has them

import { Buffer } from './node/buffer.js';
import { bytesOf } from './nodejs/crypto/bytes.js';
import { contentOf, oidOf, textOf, timeOf, valueAt, valuesIn, wholeOf } from './nodejs/crypto/der.js';
import { createHash } from './nodejs/crypto/hashes.js';
import { createPublicKey } from './nodejs/crypto/keys.js';
import { fromPem, toPem } from './nodejs/crypto/pem.js';
import { verify } from './nodejs/crypto/signatures.js';
import { coded, invalidArgType, requireString } from './nodejs/errors.js';
import { isAnyArrayBuffer, isView } from './nodejs/kinds.js';
import { URL } from './url.js';

// https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1, by the short names of OpenSSL.
const NAMES = {
  __proto__: null, '2.5.4.3': 'CN', '2.5.4.4': 'SN', '2.5.4.5': 'serialNumber', '2.5.4.6': 'C', '2.5.4.7': 'L', '2.5.4.8': 'ST', '2.5.4.9': 'street', '2.5.4.10': 'O', '2.5.4.11': 'OU',
  '2.5.4.12': 'title', '2.5.4.15': 'businessCategory', '2.5.4.17': 'postalCode', '2.5.4.42': 'GN', '1.2.840.113549.1.9.1': 'emailAddress', '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID', '1.3.6.1.4.1.311.60.2.1.3': 'jurisdictionC', '1.3.6.1.4.1.311.60.2.1.2': 'jurisdictionST', '2.5.4.97': 'organizationIdentifier',
};
const ALTERNATIVES = '2.5.29.17', BASIC_CONSTRAINTS = '2.5.29.19', EXTENDED_USAGE = '2.5.29.37', INFORMATION = '1.3.6.1.5.5.7.1.1';
const METHODS = { __proto__: null, '1.3.6.1.5.5.7.48.1': 'OCSP', '1.3.6.1.5.5.7.48.2': 'CA Issuers' };
// The hash of a signature, null for Ed25519.
const SIGNATURES = {
  __proto__: null, '1.2.840.113549.1.1.5': 'sha1', '1.2.840.113549.1.1.11': 'sha256', '1.2.840.113549.1.1.12': 'sha384', '1.2.840.113549.1.1.13': 'sha512', '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.2': 'sha256', '1.2.840.10045.4.3.3': 'sha384', '1.2.840.10045.4.3.4': 'sha512', '1.3.101.112': null,
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// [[name, value], ...] of each part of a distinguished name.
const nameOf = (bytes, value) => valuesIn(bytes, value).map((set) => valuesIn(bytes, set).map((pair) => {
  const [type, text] = valuesIn(bytes, pair), oid = oidOf(bytes, type);
  return [NAMES[oid] ?? oid, textOf(bytes, text)];
}));
// https://www.rfc-editor.org/rfc/rfc2253#section-2.4
const escaped = (value) => value.replace(/[,+"\\<>;]|^[# ]| $/g, '\\$&');
const printed = (parts) => parts.map((part) => part.map(([name, value]) => `${name}=${escaped(value)}`).join('+')).join('\n');
const legacy = (parts) => {
  const object = { __proto__: null };
  for (const [name, value] of parts.flat()) object[name] = name in object ? [object[name], value].flat() : value;
  return object;
};

function ipOf(octets) {
  if (octets.length === 4) return octets.join('.');
  return Array.from({ length: octets.length >> 1 }, (_, i) => octets.readUInt16BE(2 * i).toString(16).toUpperCase()).join(':');
}

// https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6, as { kind, text }.
function generalName(bytes, value) {
  const text = () => contentOf(bytes, value).toString('latin1');
  switch (value.tag) {
    case 0x81: return { kind: 'email', text: text() };
    case 0x82: return { kind: 'DNS', text: text() };
    case 0x86: return { kind: 'URI', text: text() };
    case 0x87: return { kind: 'IP Address', text: ipOf(contentOf(bytes, value)) };
    case 0x88: return { kind: 'Registered ID', text: oidOf(bytes, value) };
    case 0xa4: return { kind: 'DirName', text: printed(nameOf(bytes, valuesIn(bytes, value)[0]).reverse()).replaceAll('\n', ',') };
    default: return { kind: 'othername', text: '<unsupported>' };
  }
}

// A value that could be taken for more than one is quoted.
const quoted = ({ kind, text }) => `${kind}:${/[,"'\\\0-\x1f]/.test(text) ? JSON.stringify(text).replaceAll(',', '\\u002c') : text}`;
const dated = (date) => `${MONTHS[date.getUTCMonth()]} ${`${date.getUTCDate()}`.padStart(2)} ${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()} GMT`;

// https://www.rfc-editor.org/rfc/rfc6125#section-6.4.3
function matchesHost(pattern, host, wildcards, partial) {
  const wanted = host.toLowerCase(), given = pattern.toLowerCase();
  if (given === wanted) return true;
  if (!wildcards || !given.includes('*')) return false;
  const [first, ...rest] = given.split('.'), [label, ...others] = wanted.split('.'), star = first.indexOf('*');
  if (star < 0 || rest.length < 2 || rest.join('.') !== others.join('.') || first.startsWith('xn--') || first.lastIndexOf('*') !== star) return false;
  if (first !== '*' && (!partial || label.startsWith('xn--'))) return false;
  const head = first.slice(0, star), tail = first.slice(star + 1);
  return label.length >= head.length + tail.length + (first === '*' ? 1 : 0) && label.startsWith(head) && label.endsWith(tail);
}

const isCertificate = (value) => value instanceof X509Certificate;

class X509Certificate {
  #raw;
  #tbs;
  #algorithm;
  #signature;
  #serial;
  #issuer;
  #subject;
  #validFrom;
  #validTo;
  #spki;
  #extensions = new Map();
  #publicKey;

  constructor(buffer) {
    if (typeof buffer !== 'string' && !isAnyArrayBuffer(buffer) && !isView(buffer)) throw invalidArgType('buffer', 'of type string or an instance of Buffer, TypedArray, or DataView', buffer);
    const given = Buffer.from(bytesOf(buffer, 'buffer').slice(0)), found = given[0] === 0x30 ? undefined : fromPem(given.toString('latin1'));
    const bytes = this.#raw = found?.type === 'x509' ? found.bytes : given;
    if (bytes[0] !== 0x30) throw coded(Error, 'ERR_OSSL_PEM_NO_START_LINE', 'error:0480006C:PEM routines::no start line');
    const [tbs, algorithm, signature] = valuesIn(bytes, valueAt(bytes, 0)), fields = valuesIn(bytes, tbs);
    if (fields[0].tag === 0xa0) fields.shift();
    const [serial, , issuer, validity, subject, spki, ...more] = fields;
    this.#tbs = tbs;
    this.#algorithm = oidOf(bytes, valuesIn(bytes, algorithm)[0]);
    this.#signature = contentOf(bytes, signature).subarray(1);
    this.#serial = serial;
    this.#issuer = issuer;
    this.#subject = subject;
    [this.#validFrom, this.#validTo] = valuesIn(bytes, validity).map((time) => timeOf(bytes, time));
    this.#spki = spki;
    const extensions = more.find(({ tag }) => tag === 0xa3);
    if (extensions === undefined) return;
    for (const extension of valuesIn(bytes, valuesIn(bytes, extensions)[0])) {
      const parts = valuesIn(bytes, extension);
      this.#extensions.set(oidOf(bytes, parts[0]), valueAt(bytes, parts.at(-1).content));
    }
  }

  get subject() { return printed(nameOf(this.#raw, this.#subject)) || undefined; }
  get issuer() { return printed(nameOf(this.#raw, this.#issuer)) || undefined; }
  get subjectAltName() { return this.#extensions.has(ALTERNATIVES) ? this.#alternatives().map(quoted).join(', ') : undefined; }
  get infoAccess() { return this.#information()?.map(([method, name]) => `${method} - ${quoted(name)}`).join('\n'); }
  get validFrom() { return dated(this.#validFrom); }
  get validTo() { return dated(this.#validTo); }
  get validFromDate() { return new Date(this.#validFrom); }
  get validToDate() { return new Date(this.#validTo); }
  get serialNumber() { return contentOf(this.#raw, this.#serial).toString('hex').toUpperCase().replace(/^00(?=.)/, '').replace(/^00$/, '0'); }
  get raw() { return Buffer.from(this.#raw); }
  get fingerprint() { return this.#fingerprint('sha1'); }
  get fingerprint256() { return this.#fingerprint('sha256'); }
  get fingerprint512() { return this.#fingerprint('sha512'); }
  get publicKey() { return this.#publicKey ??= createPublicKey({ key: Buffer.from(wholeOf(this.#raw, this.#spki)), format: 'der', type: 'spki' }); }
  get issuerCertificate() { return undefined; }

  get ca() {
    const constraints = this.#extensions.get(BASIC_CONSTRAINTS);
    if (constraints === undefined) return false;
    const [first] = valuesIn(this.#raw, constraints);
    return first?.tag === 0x01 && this.#raw[first.content] !== 0;
  }

  get keyUsage() {
    const usage = this.#extensions.get(EXTENDED_USAGE);
    return usage === undefined ? undefined : valuesIn(this.#raw, usage).map((value) => oidOf(this.#raw, value));
  }

  // Those of the subject count where there are no alternatives of the kind.
  checkHost(name, { subject = 'default', wildcards = true, partialWildcards = true } = {}) {
    requireString(name, 'name');
    const hosts = this.#alternatives().filter(({ kind }) => kind === 'DNS').map(({ text }) => text);
    const asked = subject === 'always' || subject === 'default' && hosts.length === 0 ? [...hosts, ...this.#named('CN')] : hosts;
    return asked.find((pattern) => matchesHost(pattern, name, wildcards, partialWildcards));
  }

  checkEmail(email, { subject = 'default' } = {}) {
    requireString(email, 'email');
    const same = (given) => {
      const at = given.lastIndexOf('@'), wanted = email.lastIndexOf('@');
      return given.slice(0, at) === email.slice(0, wanted) && given.slice(at).toLowerCase() === email.slice(wanted).toLowerCase();
    };
    const mails = this.#alternatives().filter(({ kind }) => kind === 'email').map(({ text }) => text);
    return [...mails, ...subject === 'never' || subject === 'default' && mails.length > 0 ? [] : this.#named('emailAddress')].some(same) ? email : undefined;
  }

  checkIP(ip) {
    requireString(ip, 'ip');
    const wanted = load('node/net').isIPv6(ip) ? new URL(`http://[${ip}]`).host : ip;
    const written = (text) => text.includes(':') ? new URL(`http://[${text}]`).host : text;
    return this.#alternatives().some(({ kind, text }) => kind === 'IP Address' && written(text) === wanted) ? ip : undefined;
  }

  checkIssued(other) {
    if (!isCertificate(other)) throw invalidArgType('otherCert', 'an instance of X509Certificate', other);
    return wholeOf(this.#raw, this.#issuer).equals(wholeOf(other.#raw, other.#subject));
  }

  checkPrivateKey(key) {
    if (key?.type !== 'private') throw invalidArgType('pkey', 'an instance of KeyObject of a private key', key);
    return createPublicKey(key).equals(this.publicKey);
  }

  verify(key) {
    if (key?.type !== 'public') throw invalidArgType('pkey', 'an instance of KeyObject of a public key', key);
    const hash = SIGNATURES[this.#algorithm];
    if (hash === undefined) throw coded(Error, 'ERR_CRYPTO_UNSUPPORTED_OPERATION', `Signatures with the algorithm ${this.#algorithm} cannot be verified.`);
    try {
      return verify(hash, wholeOf(this.#raw, this.#tbs), key, this.#signature);
    } catch {
      return false;
    }
  }

  toString() { return toPem('CERTIFICATE', this.#raw); }
  toJSON() { return this.toString(); }

  toLegacyObject() {
    const { subjectAltName: subjectaltname, ca, validFrom: valid_from, validTo: valid_to, fingerprint, fingerprint256, fingerprint512, keyUsage: ext_key_usage, serialNumber, raw } = this;
    const infoAccess = { __proto__: null };
    for (const [method, { kind, text }] of this.#information() ?? []) (infoAccess[`${method} - ${kind}`] ??= []).push(text);
    const { asymmetricKeyType: kind } = this.publicKey, { n, e, x, y, crv } = kind === 'rsa' || kind === 'ec' ? this.publicKey.export({ format: 'jwk' }) : {};
    const key = { pubkey: Buffer.from(wholeOf(this.#raw, this.#spki)) };
    if (kind === 'rsa') {
      Object.assign(key, { modulus: Buffer.from(n, 'base64url').toString('hex').toUpperCase(), bits: this.publicKey.asymmetricKeyDetails.modulusLength,
        exponent: `0x${Buffer.from(e, 'base64url').toString('hex').replace(/^0+/, '')}` });
    } else if (kind === 'ec') {
      const [bits, asn1Curve] = { 'P-256': [256, 'prime256v1'], 'P-384': [384, 'secp384r1'], 'P-521': [521, 'secp521r1'] }[crv];
      Object.assign(key, { bits, pubkey: Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]), asn1Curve, nistCurve: crv });
    }
    const told = { subject: legacy(nameOf(this.#raw, this.#subject)), issuer: legacy(nameOf(this.#raw, this.#issuer)), subjectaltname, infoAccess: this.#information() && infoAccess, ca,
      ...key, valid_from, valid_to, fingerprint, fingerprint256, fingerprint512, ext_key_usage, serialNumber, raw };
    for (const name of Object.keys(told)) if (told[name] === undefined) delete told[name];
    return told;
  }

  #alternatives() {
    const names = this.#extensions.get(ALTERNATIVES);
    return names === undefined ? [] : valuesIn(this.#raw, names).map((value) => generalName(this.#raw, value));
  }

  #information() {
    const information = this.#extensions.get(INFORMATION);
    return information && valuesIn(this.#raw, information).map((access) => {
      const [method, place] = valuesIn(this.#raw, access), oid = oidOf(this.#raw, method);
      return [METHODS[oid] ?? oid, generalName(this.#raw, place)];
    });
  }

  #named(name) {
    return nameOf(this.#raw, this.#subject).flat().filter(([each]) => each === name).map(([, value]) => value);
  }

  #fingerprint(hash) {
    return createHash(hash).update(this.#raw).digest('hex').toUpperCase().replace(/..(?=.)/g, '$&:');
  }
}

export { X509Certificate };
