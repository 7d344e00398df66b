// `node:string_decoder`: https://nodejs.org/api/string_decoder.html

import { decode, requireEncoding } from './nodejs/encodings.js';
import { isView } from './nodejs/kinds.js';
import { invalidArgType } from './nodejs/errors.js';

// How many bytes at the end begin something that the next bytes go on with.
function unfinished(bytes, encoding) {
  const { length } = bytes;
  switch (encoding) {
    case 'utf8':
      for (let back = 1; back <= Math.min(3, length); back++) {
        const byte = bytes[length - back];
        if ((byte & 0xc0) === 0x80) continue;
        const needed = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xc2 && byte < 0xe0 ? 2 : 1;
        return needed > back && startsWell(bytes, length - back) ? back : 0;
      }
      return 0;
    case 'utf16le': {
      const odd = length % 2, high = length - odd - 1;
      return high > 0 && (bytes[high] & 0xfc) === 0xd8 ? odd + 2 : odd;
    }
    case 'base64': case 'base64url': return length % 3;
    default: return 0;
  }
}

// Whether the second byte, if it is there, is one that the first allows.
function startsWell(bytes, at) {
  if (at + 1 >= bytes.length) return true;
  const first = bytes[at], second = bytes[at + 1];
  return !(first === 0xe0 && second < 0xa0 || first === 0xed && second > 0x9f || first === 0xf0 && second < 0x90 || first === 0xf4 && second > 0x8f);
}

function StringDecoder(encoding) {
  this.encoding = requireEncoding(encoding);
  this.kept = new Uint8Array(0);
}

StringDecoder.prototype.write = function write(chunk) {
  if (typeof chunk === 'string') return chunk;
  if (!isView(chunk)) throw invalidArgType('buf', 'an instance of Buffer, TypedArray, or DataView', chunk);
  const fresh = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  let bytes = fresh;
  if (this.kept.length > 0) {
    bytes = new Uint8Array(this.kept.length + fresh.length);
    bytes.set(this.kept);
    bytes.set(fresh, this.kept.length);
  }
  const end = bytes.length - unfinished(bytes, this.encoding);
  this.kept = bytes.slice(end);
  return decode(bytes, this.encoding, 0, end);
};

StringDecoder.prototype.end = function end(chunk) {
  const text = chunk === undefined ? '' : this.write(chunk), rest = this.kept;
  this.kept = new Uint8Array(0);
  return rest.length === 0 ? text : text + decode(rest, this.encoding, 0, rest.length);
};
StringDecoder.prototype.text = function text(chunk, offset) {
  this.kept = new Uint8Array(0);
  return this.write(chunk.subarray(offset));
};

const module = { StringDecoder };
export { module as default, StringDecoder };
