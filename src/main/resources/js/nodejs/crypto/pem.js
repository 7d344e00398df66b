// The text form of keys: RFC 7468.

import { Buffer } from './node/buffer.js';

const TYPES = {
  __proto__: null, 'PUBLIC KEY': 'spki', 'PRIVATE KEY': 'pkcs8', 'RSA PUBLIC KEY': 'pkcs1-public', 'RSA PRIVATE KEY': 'pkcs1', 'EC PRIVATE KEY': 'sec1',
  'ENCRYPTED PRIVATE KEY': 'encrypted', CERTIFICATE: 'x509',
};

// The first key or certificate of a text, as { type, bytes }.
export function fromPem(text) {
  const begin = '-----BEGIN ';
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
    const start = at + begin.length, stop = text.indexOf('-----', start), label = text.slice(start, stop);
    const end = text.indexOf(`-----END ${label}-----`, stop);
    if (stop >= 0 && end >= 0 && TYPES[label] !== undefined) return { type: TYPES[label], bytes: Buffer.from(text.slice(stop + 5, end), 'base64') };
  }
  return undefined;
}

export const labelled = (type, isPrivate) => type === 'spki' ? 'PUBLIC KEY' : type === 'pkcs8' ? 'PRIVATE KEY' : type === 'sec1' ? 'EC PRIVATE KEY'
  : isPrivate ? 'RSA PRIVATE KEY' : 'RSA PUBLIC KEY';

export const toPem = (label, bytes) => `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
