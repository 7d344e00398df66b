// Reading of DER: ITU-T X.690

import { coded } from './nodejs/errors.js';

const malformed = () => coded(Error, 'ERR_OSSL_ASN1_PARSE', 'The data is no certificate: it is not DER.');

// The value at `at` of a Buffer: { tag, start, content, end }, where `content` is where its content begins.
export function valueAt(bytes, at) {
  const start = at, tag = bytes[at++];
  let length = bytes[at++];
  if (length === undefined || length === 0x80 || length > 0x84) throw malformed();
  if (length > 0x80) {
    let octets = length & 0x7f;
    for (length = 0; octets > 0; octets--) length = length * 256 + bytes[at++];
  }
  if (!(at + length <= bytes.length)) throw malformed();
  return { tag, start, content: at, end: at + length };
}

// The values within one.
export function valuesIn(bytes, value) {
  if (value === undefined) throw malformed();
  const values = [];
  for (let at = value.content; at < value.end;) {
    const next = valueAt(bytes, at);
    if (next.end > value.end) throw malformed();
    values.push(next);
    at = next.end;
  }
  return values;
}

export function contentOf(bytes, value) {
  if (value === undefined) throw malformed();
  return bytes.subarray(value.content, value.end);
}

export const wholeOf = (bytes, value) => bytes.subarray(value.start, value.end);

export function oidOf(bytes, value) {
  const parts = [];
  let part = 0;
  for (const octet of contentOf(bytes, value)) {
    part = part * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      if (parts.length === 0) parts.push(Math.min(Math.floor(part / 40), 2), part - 40 * Math.min(Math.floor(part / 40), 2));
      else parts.push(part);
      part = 0;
    }
  }
  return parts.join('.');
}

const BMP = 0x1e, UNIVERSAL = 0x1c, UTF8 = 0x0c;

export function textOf(bytes, value) {
  const content = contentOf(bytes, value);
  if (value.tag === UTF8) return content.toString('utf8');
  if (value.tag !== BMP && value.tag !== UNIVERSAL) return content.toString('latin1');
  const size = value.tag === BMP ? 2 : 4, points = [];
  for (let at = 0; at + size <= content.length; at += size) points.push(content.readUIntBE(at, size));
  return String.fromCodePoint(...points.filter((point) => point <= 0x10ffff));
}

// UTCTime and GeneralizedTime: https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5
export function timeOf(bytes, value) {
  const text = contentOf(bytes, value).toString('latin1'), short = value.tag === 0x17;
  const [, year, month, day, hour, minute, second] = (short ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/).exec(text) ?? [];
  if (year === undefined) throw malformed();
  return new Date(Date.UTC(short ? +year + (+year < 50 ? 2000 : 1900) : +year, month - 1, +day, +hour, +minute, +(second ?? 0)));
}
