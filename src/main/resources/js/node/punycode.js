// `node:punycode`: https://nodejs.org/api/punycode.html, of RFC 3492

import { requireString } from './nodejs/errors.js';

const MOST = 2 ** 31 - 1, BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700, FIRST_BIAS = 72, FIRST_N = 128;
const DOTS = /[\u002E\u3002\uFF0E\uFF61]/g;

// https://www.rfc-editor.org/rfc/rfc3492#section-6.1
function adapt(delta, count, first) {
  let k = 0, rest = first ? Math.floor(delta / DAMP) : delta >> 1;
  rest += Math.floor(rest / count);
  for (; rest > (BASE - T_MIN) * T_MAX >> 1; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return Math.floor(k + (BASE - T_MIN + 1) * rest / (rest + SKEW));
}

const threshold = (k, bias) => k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
const digitOf = (code) => code >= 48 && code < 58 ? code - 22 : code >= 65 && code < 91 ? code - 65 : code >= 97 && code < 123 ? code - 97 : BASE;
const letterOf = (digit) => String.fromCharCode(digit < 26 ? digit + 97 : digit + 22);

function decode(input) {
  requireString(input, 'input');
  const output = [], basic = Math.max(input.lastIndexOf('-'), 0);
  for (let i = 0; i < basic; i++) {
    if (input.charCodeAt(i) >= 128) throw new RangeError('Illegal input >= 0x80 (not a basic code point)');
    output.push(input.charCodeAt(i));
  }
  let n = FIRST_N, i = 0, bias = FIRST_BIAS;
  for (let at = basic > 0 ? basic + 1 : 0; at < input.length;) {
    const before = i;
    for (let weight = 1, k = BASE; ; k += BASE) {
      if (at >= input.length) throw new RangeError('Invalid input');
      const digit = digitOf(input.charCodeAt(at++));
      if (digit >= BASE) throw new RangeError('Invalid input');
      if (digit > Math.floor((MOST - i) / weight)) throw new RangeError('Overflow: input needs wider integers to process');
      i += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      weight *= BASE - t;
    }
    const count = output.length + 1;
    bias = adapt(i - before, count, before === 0);
    n += Math.floor(i / count);
    if (n > 0x10ffff) throw new RangeError('Overflow: input needs wider integers to process');
    i %= count;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
}

function encode(input) {
  requireString(input, 'input');
  const points = ucs2.decode(input), output = points.filter((point) => point < 128).map((point) => String.fromCharCode(point)), basic = output.length;
  if (basic > 0) output.push('-');
  let n = FIRST_N, delta = 0, bias = FIRST_BIAS;
  for (let handled = basic; handled < points.length; delta++, n++) {
    let next = MOST;
    for (const point of points) if (point >= n && point < next) next = point;
    if (next - n > Math.floor((MOST - delta) / (handled + 1))) throw new RangeError('Overflow: input needs wider integers to process');
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta++;
      if (point !== n) continue;
      let q = delta;
      for (let k = BASE; ; k += BASE) {
        const t = threshold(k, bias);
        if (q < t) break;
        output.push(letterOf(t + (q - t) % (BASE - t)));
        q = Math.floor((q - t) / (BASE - t));
      }
      output.push(letterOf(q));
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
  }
  return output.join('');
}

// Each label of a domain, or of the one in a mail address.
function mapped(text, change) {
  const at = `${text}`.indexOf('@'), head = at < 0 ? '' : text.slice(0, at + 1);
  return head + `${text}`.slice(at + 1).replace(DOTS, '.').split('.').map(change).join('.');
}

const toUnicode = (input) => mapped(input, (label) => /^xn--/i.test(label) ? decode(label.slice(4).toLowerCase()) : label);
const toASCII = (input) => mapped(input, (label) => /[^\0-\x7F]/.test(label) ? `xn--${encode(label)}` : label);
const ucs2 = { decode: (text) => Array.from(`${text}`, (each) => each.codePointAt(0)), encode: (points) => String.fromCodePoint(...points) };
const version = '2.1.0', punycode = { decode, encode, toASCII, toUnicode, ucs2, version };

export { punycode as default, decode, encode, toASCII, toUnicode, ucs2, version };
