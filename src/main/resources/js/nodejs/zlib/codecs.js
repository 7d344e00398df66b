// The codecs of `node:zlib`, made of the host's a piece at a time. `host` is dev.skerry.webapi.compression.ZlibApi.

import { Buffer } from './node/buffer.js';
import { encode } from './nodejs/encodings.js';
import { coded, invalidArgType, outOfRange, requireInteger } from './nodejs/errors.js';
import { isAnyArrayBuffer, isView } from './nodejs/kinds.js';
import { codes } from './nodejs/zlib/constants.js';

const NO_BYTES = new ArrayBuffer(0);
const DECODERS = { __proto__: null, Gunzip: 'gzip', Inflate: 'deflate', InflateRaw: 'deflate-raw', Unzip: 'unzip', BrotliDecompress: 'brotli' };
const ENCODERS = { __proto__: null, Gzip: 'gzip', Deflate: 'deflate', DeflateRaw: 'deflate-raw' };

// What a text or a buffer holds, in an ArrayBuffer of its own for Java.
export function bytesOf(value, name) {
  const bytes = typeof value === 'string' ? encode(value, 'utf8') : value;
  if (isAnyArrayBuffer(bytes)) return bytes;
  if (!isView(bytes)) throw invalidArgType(name, 'of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer', value);
  const { buffer, byteOffset, byteLength } = bytes;
  return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}

function failure(error) {
  const code = error.message === 'unexpected end of file' ? 'Z_BUF_ERROR' : 'Z_DATA_ERROR';
  const message = error.message.startsWith('The compressed data does not begin') || error.message.includes('incorrect header') ? 'incorrect header check' : error.message;
  return Object.assign(coded(Error, code, message), { errno: codes[code] });
}

// https://nodejs.org/api/zlib.html#class-options
function settings({ level = -1, strategy = 0, dictionary, maxOutputLength = Infinity, finishFlush = 4, chunkSize, windowBits, memLevel } = {}) {
  requireInteger(level, 'options.level', -1, 9);
  requireInteger(strategy, 'options.strategy', 0, 4);
  if (chunkSize !== undefined) requireInteger(chunkSize, 'options.chunkSize', 64);
  if (windowBits !== undefined) requireInteger(windowBits, 'options.windowBits', 0, 15);
  if (memLevel !== undefined) requireInteger(memLevel, 'options.memLevel', 1, 9);
  if (!(maxOutputLength >= 1)) throw outOfRange('options.maxOutputLength', '>= 1', maxOutputLength);
  // The host has no strategies for run lengths and fixed codes; what they make is read by anybody all the same.
  return { level, strategy: strategy > 2 ? 0 : strategy, dictionary: dictionary === undefined ? NO_BYTES : bytesOf(dictionary, 'options.dictionary'), maxOutputLength, whole: finishFlush === 4 };
}

export class Codec {
  #open;
  #handle;
  #settings;
  #ended = false;
  // Of brotli, whose decoder takes all at once.
  #pieces;

  constructor(name, options = undefined) {
    const { level, strategy, dictionary } = this.#settings = settings(options ?? {});
    const decoder = DECODERS[name];
    if (decoder === undefined) this.#open = () => host.compress(ENCODERS[name], level, strategy, dictionary);
    else this.#open = () => host.decompress(decoder, dictionary);
    if (decoder === 'brotli') this.#pieces = [];
  }

  // What comes of a piece of input is given to `take`.
  write(bytes, take) {
    if (bytes.byteLength === 0) return;
    if (this.#pieces !== undefined) {
      this.#pieces.push(Buffer.from(bytes.slice(0)));
      return;
    }
    this.#guarded(() => {
      host.push(this.#codec(), bytes);
      this.#drain(take);
    });
  }

  flush(take) {
    if (this.#pieces !== undefined) return;
    this.#guarded(() => {
      host.flush(this.#codec());
      this.#drain(take);
    });
  }

  finish(take) {
    this.#guarded(() => {
      const codec = this.#codec();
      if (this.#pieces !== undefined) host.push(codec, bytesOf(Buffer.concat(this.#pieces)));
      if (this.#settings.whole) host.finish(codec);
      this.#drain(take);
    });
    this.end();
  }

  end() {
    if (!this.#ended && this.#handle !== undefined) host.end(this.#handle);
    this.#ended = true;
    this.#pieces = undefined;
  }

  get maxOutputLength() {
    return this.#settings.maxOutputLength;
  }

  #codec() {
    if (this.#ended) throw coded(Error, 'ERR_STREAM_DESTROYED', 'zlib binding closed');
    return this.#handle ??= this.#open();
  }

  #drain(take) {
    for (let piece = host.pull(this.#handle); piece !== null; piece = host.pull(this.#handle)) take(Buffer.from(new ArrayBuffer(piece)));
  }

  #guarded(work) {
    try {
      work();
    } catch (error) {
      this.end();
      throw error.code !== undefined || error.name === 'QuotaExceededError' ? error : failure(error);
    }
  }
}

// All of it at once.
export function convert(name, buffer, options) {
  const bytes = bytesOf(buffer, 'buffer'), codec = new Codec(name, options), pieces = [];
  let length = 0;
  const take = (piece) => {
    if ((length += piece.length) > codec.maxOutputLength) throw coded(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${codec.maxOutputLength} bytes`);
    pieces.push(piece);
  };
  codec.write(bytes, take);
  codec.finish(take);
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces, length);
}
