// The Encoding Standard (https://encoding.spec.whatwg.org/), with atob and btoa. `host` is dev.skerry.webapi.encoding.EncodingApi.

import { copy, extentOf, isBytes, sizeOf, slice, sourceExtent } from './buffers.js';
import { exposed, require } from './webidl.js';

const { call: uncurry } = Function.prototype;
const { apply } = Reflect;
const { fromCharCode } = String;
const Bytes = Uint8Array, Buffer = ArrayBuffer;
const wellFormed = uncurry.bind(String.prototype.toWellFormed);
const codeAt = uncurry.bind(String.prototype.charCodeAt);
const cut = uncurry.bind(String.prototype.slice);
const lower = uncurry.bind(String.prototype.toLowerCase);
const matched = uncurry.bind(RegExp.prototype.exec);
const LABEL = /^[\t\n\f\r ]*(.*?)[\t\n\f\r ]*$/s;
const EMPTY = { buffer: new Buffer(0), offset: 0, length: 0 };

// Up to so many units, ASCII is quicker done here than in Java: a call of it costs about 0.1 us, with bytes as its parameter 0.4 us.
const FEW_TO_ENCODE = 64, FEW_TO_DECODE = 24;

function encode(text) {
  if (text.length <= FEW_TO_ENCODE) {
    const bytes = new Bytes(text.length);
    let i = 0;
    for (let unit; i < text.length && (unit = codeAt(text, i)) < 0x80; i++) bytes[i] = unit;
    if (i === text.length) return bytes;
  }
  return new Bytes(new Buffer(host.encode(wellFormed(text))));
}

// https://encoding.spec.whatwg.org/#interface-textencoder
export class TextEncoder {
  #utf8 = true;

  get encoding() {
    this.#utf8;
    return 'utf-8';
  }

  encode(input = '') {
    this.#utf8;
    return encode(`${input}`);
  }

  encodeInto(source, destination) {
    this.#utf8;
    require(arguments.length, 2, 'TextEncoder.encodeInto');
    let text = `${source}`;
    if (!isBytes(destination)) throw new TypeError('TextEncoder.encodeInto: the destination is not a Uint8Array.');
    const { buffer, offset, length } = extentOf(destination);
    // A unit takes one byte at least, and a pair four: half a pair at the end cannot fit.
    if (text.length > length) text = cut(text, 0, length > 0 && isHigh(codeAt(text, length - 1)) ? length - 1 : length);
    const bytes = new Buffer(host.encode(wellFormed(text)));
    let written = sizeOf(bytes);
    if (written > length) {
      const view = new Bytes(bytes);
      for (written = length; written > 0 && (view[written] & 0xc0) === 0x80;) written--;
      text = decodeAll(slice(bytes, 0, written));
    }
    copy(buffer, offset, bytes, 0, written);
    return { read: text.length, written };
  }
}
exposed(TextEncoder);

const isHigh = (unit) => (unit & 0xfc00) === 0xd800;

function decodeAll(buffer) {
  return host.decode(host.decoder('utf-8', false, true), buffer, false);
}

function exactly({ buffer, offset, length }) {
  return length === sizeOf(buffer) ? buffer : slice(buffer, offset, length);
}

// What TextDecoder and TextDecoderStream have in common.
class Decoder {
  #host;
  #asciiAlike;
  #amidst = false;

  constructor(label, options, name) {
    const wanted = lower(matched(LABEL, `${label}`)[1]);
    this.encoding = host.nameOf(wanted);
    if (this.encoding === null || this.encoding === 'replacement') throw new RangeError(`${name} constructor: '${label}' is not a known encoding.`);
    if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
      throw new TypeError(`${name} constructor: the options are not an object.`);
    }
    this.fatal = !!options?.fatal;
    this.ignoreBOM = !!options?.ignoreBOM;
    this.#asciiAlike = this.encoding === 'utf-8' || this.encoding === 'windows-1252';
  }

  decode(extent, more) {
    if (this.#asciiAlike && extent.length <= FEW_TO_DECODE && !more && !this.#amidst) {
      const bytes = new Bytes(extent.buffer, extent.offset, extent.length);
      let i = 0;
      while (i < extent.length && bytes[i] < 0x80) i++;
      if (i === extent.length) return apply(fromCharCode, undefined, bytes);
    }
    this.#amidst = more;
    const buffer = exactly(extent);
    this.#host ??= host.decoder(this.encoding, this.fatal, this.ignoreBOM);
    return host.decode(this.#host, buffer, more);
  }
}

// https://encoding.spec.whatwg.org/#interface-textdecoder
export class TextDecoder {
  #decoder;

  constructor(label = 'utf-8', options = undefined) {
    this.#decoder = new Decoder(label, options, 'TextDecoder');
  }

  get encoding() { return this.#decoder.encoding; }
  get fatal() { return this.#decoder.fatal; }
  get ignoreBOM() { return this.#decoder.ignoreBOM; }

  decode(input = undefined, options = undefined) {
    const decoder = this.#decoder;
    if (input !== undefined && sourceExtent(input) === undefined) throw new TypeError('TextDecoder.decode: the input is not an ArrayBuffer or a view.');
    if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
      throw new TypeError('TextDecoder.decode: the options are not an object.');
    }
    const more = !!options?.stream;
    return decoder.decode(input === undefined ? EMPTY : sourceExtent(input), more);
  }
}
exposed(TextDecoder);

// https://encoding.spec.whatwg.org/#interface-textencoderstream
export class TextEncoderStream {
  #pair;

  constructor() {
    let high = '';
    this.#pair = load('streams/transform').platformTransform({
      transform(chunk, output) {
        let text = high + `${chunk}`;
        high = '';
        if (text.length > 0 && isHigh(codeAt(text, text.length - 1))) {
          high = cut(text, -1);
          text = cut(text, 0, -1);
        }
        if (text.length > 0) output.enqueue(encode(text));
      },
      flush(output) {
        if (high !== '') output.enqueue(encode(high));
      },
    });
  }

  get encoding() {
    this.#pair;
    return 'utf-8';
  }

  get readable() { return this.#pair.readable; }
  get writable() { return this.#pair.writable; }
}
exposed(TextEncoderStream);

// https://encoding.spec.whatwg.org/#interface-textdecoderstream
export class TextDecoderStream {
  #decoder;
  #pair;

  constructor(label = 'utf-8', options = undefined) {
    const decoder = this.#decoder = new Decoder(label, options, 'TextDecoderStream');
    this.#pair = load('streams/transform').platformTransform({
      transform(chunk, output) {
        const extent = sourceExtent(chunk);
        if (extent === undefined) throw new TypeError('TextDecoderStream: a chunk is not an ArrayBuffer or a view.');
        const text = decoder.decode(extent, true);
        if (text.length > 0) output.enqueue(text);
      },
      flush(output) {
        const text = decoder.decode(EMPTY, false);
        if (text.length > 0) output.enqueue(text);
      },
    });
  }

  get encoding() { return this.#decoder.encoding; }
  get fatal() { return this.#decoder.fatal; }
  get ignoreBOM() { return this.#decoder.ignoreBOM; }
  get readable() { return this.#pair.readable; }
  get writable() { return this.#pair.writable; }
}
exposed(TextDecoderStream);

// https://html.spec.whatwg.org/multipage/webappapis.html#atob
export function atob(data) {
  require(arguments.length, 1, 'atob');
  const text = `${data}`;
  return host.atob(text);
}

export function btoa(data) {
  require(arguments.length, 1, 'btoa');
  const text = `${data}`;
  return host.btoa(text);
}
