// Hosts: https://url.spec.whatwg.org/#host-parsing. A host is the string that the serializer would make of it; null is a failure.

import { C0_CONTROL, domainToAscii, percentDecode, percentEncode } from './url/encode.js';

const FORBIDDEN_HOST = /[\0\t\n\r #/:<>?@[\\\]^|]/;
const FORBIDDEN_DOMAIN = /[\0- "#%/:<>?@[\\\]^`{|}\x7f]/;
const ASCII = /^[\0-\x7f]*$/;
const PUNYCODE = /(?:^|\.)xn--/i;
const NUMBER = /^(?:\d+|0x[\da-f]*)$/i;

// https://url.spec.whatwg.org/#concept-host-parser
export function parseHost(text, special) {
  if (text.startsWith('[')) return text.endsWith(']') ? parseIpv6(text.slice(1, -1)) : null;
  if (!special) return FORBIDDEN_HOST.test(text) ? null : percentEncode(text, C0_CONTROL);
  const domain = percentDecode(text);
  const ascii = ASCII.test(domain) && !PUNYCODE.test(domain) ? domain.toLowerCase() : domainToAscii(domain);
  if (ascii === null || ascii === '' || FORBIDDEN_DOMAIN.test(ascii)) return null;
  return endsInNumber(ascii) ? parseIpv4(ascii) : ascii;
}

// https://url.spec.whatwg.org/#ends-in-a-number-checker
function endsInNumber(domain) {
  const parts = domain.split('.');
  if (parts[parts.length - 1] === '' && parts.length > 1) parts.pop();
  return NUMBER.test(parts[parts.length - 1]);
}

// https://url.spec.whatwg.org/#ipv4-number-parser; NaN is a failure.
function ipv4Number(text) {
  if (text === '') return NaN;
  let radix = 10, digits = /^\d*$/;
  if (/^0x/i.test(text)) [text, radix, digits] = [text.slice(2), 16, /^[\da-f]*$/i];
  else if (text.length > 1 && text[0] === '0') [text, radix, digits] = [text.slice(1), 8, /^[0-7]*$/];
  if (text === '') return 0;
  return digits.test(text) ? parseInt(text, radix) : NaN;
}

// https://url.spec.whatwg.org/#concept-ipv4-parser
function parseIpv4(text) {
  const parts = text.split('.');
  if (parts[parts.length - 1] === '' && parts.length > 1) parts.pop();
  if (parts.length > 4) return null;
  const numbers = parts.map(ipv4Number), last = numbers.pop();
  // NaN is less than nothing.
  if (!numbers.every((number) => number <= 255) || !(last < 256 ** (5 - parts.length))) return null;
  let address = last;
  for (let i = 0; i < numbers.length; i++) address += numbers[i] * 256 ** (3 - i);
  return `${Math.floor(address / 0x1000000)}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

// The two pieces of an IPv4 address at the end of an IPv6 one.
function embeddedIpv4(text) {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (found === null) return null;
  const bytes = [];
  for (let i = 1; i <= 4; i++) {
    if (+found[i] > 255 || (found[i].length > 1 && found[i][0] === '0')) return null;
    bytes.push(+found[i]);
  }
  return [bytes[0] * 256 + bytes[1], bytes[2] * 256 + bytes[3]];
}

function ipv6Pieces(text) {
  if (text === '') return [];
  const pieces = [], parts = text.split(':');
  for (let i = 0; i < parts.length; i++) {
    if (/^[\da-f]{1,4}$/i.test(parts[i])) {
      pieces.push(parseInt(parts[i], 16));
    } else {
      const ipv4 = i === parts.length - 1 ? embeddedIpv4(parts[i]) : null;
      if (ipv4 === null) return null;
      pieces.push(...ipv4);
    }
  }
  return pieces;
}

// https://url.spec.whatwg.org/#concept-ipv6-parser
function parseIpv6(text) {
  const gap = text.indexOf('::');
  if (gap < 0) {
    const pieces = ipv6Pieces(text);
    return pieces !== null && pieces.length === 8 ? serializeIpv6(pieces) : null;
  }
  const before = ipv6Pieces(text.slice(0, gap)), after = ipv6Pieces(text.slice(gap + 2));
  // An IPv4 address stands at the end alone, and the gap is at least one piece.
  if (before === null || after === null || text.slice(0, gap).includes('.') || before.length + after.length > 7) return null;
  return serializeIpv6([...before, ...Array(8 - before.length - after.length).fill(0), ...after]);
}

// https://url.spec.whatwg.org/#concept-ipv6-serializer
function serializeIpv6(pieces) {
  let start = -1, length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && pieces[end] === 0) end++;
    if (end - i > length) [start, length] = [i, end - i];
    if (end > i) i = end;
  }
  const hex = (some) => some.map((piece) => piece.toString(16)).join(':');
  return start < 0 ? `[${hex(pieces)}]` : `[${hex(pieces.slice(0, start))}::${hex(pieces.slice(start + length))}]`;
}
