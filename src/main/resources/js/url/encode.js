// Percent-encoding (https://url.spec.whatwg.org/#percent-encoded-bytes) and domains in ASCII. `host` is dev.skerry.webapi.UrlApi.

const { decodeURIComponent, encodeURIComponent } = globalThis;

// The percent-encode sets, as expressions that find what must be encoded.
export const C0_CONTROL = /[^ -~]/gu;
export const FRAGMENT = /[^!#-;=?-_a-~]/gu;
export const QUERY = /[^!$-;=?-~]/gu;
export const SPECIAL_QUERY = /[^!$-&(-;=?-~]/gu;
export const PATH = /[^!$-;=@-\]_a-z|~]/gu;
export const USERINFO = /[^!$-.0-9A-Z_a-z~]/gu;

const HEX = '0123456789ABCDEF';

function encoded(character) {
  const code = character.charCodeAt(0);
  return code < 0x80 ? `%${HEX[code >> 4]}${HEX[code & 15]}` : encodeURIComponent(character);
}

// https://url.spec.whatwg.org/#string-utf-8-percent-encode, of a string without lone surrogates.
export function percentEncode(text, set) {
  return text.replace(set, encoded);
}

// Percent-decodes a string, and what comes out as UTF-8.
export function percentDecode(text) {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return host.percentDecode(text);
  }
}

// https://url.spec.whatwg.org/#concept-domain-to-ascii; null is a failure.
export function domainToAscii(domain) {
  return host.toAscii(domain);
}

// https://url.spec.whatwg.org/#concept-urlencoded-parser, as [name, value, ...].
export function parseForm(text) {
  const pairs = [];
  for (const part of text.split('&')) {
    if (part === '') continue;
    const spaced = part.includes('+') ? part.replaceAll('+', ' ') : part, equals = spaced.indexOf('=');
    if (equals < 0) pairs.push(percentDecode(spaced), '');
    else pairs.push(percentDecode(spaced.slice(0, equals)), percentDecode(spaced.slice(equals + 1)));
  }
  return pairs;
}

const PLAIN = /^[*\-.0-9A-Z_a-z]*$/;

function formPart(text) {
  return PLAIN.test(text) ? text : encodeURIComponent(text).replace(/[!'()~]|%20/g, (found) => (found === '%20' ? '+' : encoded(found)));
}

// https://url.spec.whatwg.org/#concept-urlencoded-serializer
export function serializeForm(pairs) {
  let text = '';
  for (let at = 0; at < pairs.length; at += 2) text += `${at === 0 ? '' : '&'}${formPart(pairs[at])}=${formPart(pairs[at + 1])}`;
  return text;
}
