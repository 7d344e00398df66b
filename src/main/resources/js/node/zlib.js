// `node:zlib`: https://nodejs.org/api/zlib.html

import { Transform } from './node/stream.js';
import { coded, missing, requireFunction } from './nodejs/errors.js';
import { nextTick } from './nodejs/ticks.js';
import { Codec, bytesOf, convert } from './nodejs/zlib/codecs.js';
import { codes, constants } from './nodejs/zlib/constants.js';

class ZlibBase extends Transform {
  #codec;
  #length = 0;
  bytesWritten = 0;

  constructor(options) {
    super({ ...options, decodeStrings: true });
    this.#codec = new Codec(new.target.codecName, options);
  }

  #take = (piece) => {
    this.#length += piece.length;
    if (this.#length > this.#codec.maxOutputLength) throw coded(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${this.#codec.maxOutputLength} bytes`);
    this.push(piece);
  };

  #run(work, callback) {
    try {
      work();
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  }

  _transform(chunk, encoding, callback) {
    this.bytesWritten += chunk.length;
    this.#run(() => this.#codec.write(bytesOf(chunk, 'chunk'), this.#take), callback);
  }

  _flush(callback) {
    this.#run(() => this.#codec.finish(this.#take), callback);
  }

  _destroy(error, callback) {
    this.#codec.end();
    callback(error);
  }

  // https://nodejs.org/api/zlib.html#zlibflushkind-callback
  flush(kind, callback = undefined) {
    if (typeof kind === 'function') callback = kind;
    const run = () => this.#run(() => this.#codec.flush(this.#take), (error) => {
      if (error) this.destroy(error);
      else if (callback) nextTick(callback);
    });
    if (this.writableLength === 0) run();
    else this.once('drain', run);
  }

  close(callback = undefined) {
    if (callback) this.once('close', callback);
    this.destroy();
  }

  params(level, strategy, callback) {
    nextTick(callback);
  }
}

// Classes of Node can be called without `new`.
function made(name, described = class extends ZlibBase { static codecName = name; }) {
  Object.defineProperty(described, 'name', { value: name, configurable: true });
  return new Proxy(described, { apply: (type, self, [options]) => new type(options) });
}

const Gzip = made('Gzip'), Gunzip = made('Gunzip'), Deflate = made('Deflate'), Inflate = made('Inflate'), DeflateRaw = made('DeflateRaw'), InflateRaw = made('InflateRaw');
const Unzip = made('Unzip'), BrotliDecompress = made('BrotliDecompress');
const createGzip = (options) => new Gzip(options), createGunzip = (options) => new Gunzip(options), createDeflate = (options) => new Deflate(options);
const createInflate = (options) => new Inflate(options), createDeflateRaw = (options) => new DeflateRaw(options), createInflateRaw = (options) => new InflateRaw(options);
const createUnzip = (options) => new Unzip(options), createBrotliDecompress = (options) => new BrotliDecompress(options);

const sync = (name) => (buffer, options) => convert(name, buffer, options);
const later = (name) => (buffer, options, callback = undefined) => {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  requireFunction(callback, 'callback');
  bytesOf(buffer, 'buffer');
  let result, error = null;
  try {
    result = convert(name, buffer, options);
  } catch (thrown) {
    error = thrown;
  }
  nextTick(() => error === null ? callback(null, result) : callback(error));
};

const gzipSync = sync('Gzip'), gunzipSync = sync('Gunzip'), deflateSync = sync('Deflate'), inflateSync = sync('Inflate'), deflateRawSync = sync('DeflateRaw');
const inflateRawSync = sync('InflateRaw'), unzipSync = sync('Unzip'), brotliDecompressSync = sync('BrotliDecompress');
const gzip = later('Gzip'), gunzip = later('Gunzip'), deflate = later('Deflate'), inflate = later('Inflate'), deflateRaw = later('DeflateRaw');
const inflateRaw = later('InflateRaw'), unzip = later('Unzip'), brotliDecompress = later('BrotliDecompress');

const cure = 'brotli is decompressed here, not compressed; use gzip';
const brotliCompress = missing('zlib.brotliCompress()', cure), brotliCompressSync = missing('zlib.brotliCompressSync()', cure);
const createBrotliCompress = missing('zlib.createBrotliCompress()', cure), BrotliCompress = missing('zlib.BrotliCompress', cure);

const TABLE = new Uint32Array(256);
for (let i = 0; i < 256; i++) {
  let value = i;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ value >>> 1 : value >>> 1;
  TABLE[i] = value;
}

function crc32(data, value = 0) {
  const bytes = new Uint8Array(bytesOf(data, 'data'));
  let crc = ~value;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]) & 255] ^ crc >>> 8;
  return ~crc >>> 0;
}

const zstdCure = 'use gzip';
const [ZstdCompress, ZstdDecompress, createZstdCompress, createZstdDecompress, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync] = ['ZstdCompress', 'ZstdDecompress',
  'createZstdCompress()', 'createZstdDecompress()', 'zstdCompress()', 'zstdCompressSync()', 'zstdDecompress()', 'zstdDecompressSync()'].map((name) => missing(`zlib.${name}`, zstdCure));

// Those of zlib are names of the module, too: https://nodejs.org/api/zlib.html#zlib-constants
const module = { ...constants, ZstdCompress, ZstdDecompress, createZstdCompress, createZstdDecompress, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync, BrotliCompress, BrotliDecompress, Deflate, DeflateRaw, Gunzip, Gzip, Inflate, InflateRaw, Unzip, brotliCompress, brotliCompressSync,
  brotliDecompress, brotliDecompressSync, codes, constants, crc32, createBrotliCompress, createBrotliDecompress, createDeflate,
  createDeflateRaw, createGunzip, createGzip, createInflate, createInflateRaw, createUnzip, deflate, deflateRaw, deflateRawSync, deflateSync,
  gunzip, gunzipSync, gzip, gzipSync, inflate, inflateRaw, inflateRawSync, inflateSync, unzip, unzipSync };

const { Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_OK, Z_STREAM_END, Z_NEED_DICT, Z_ERRNO, Z_STREAM_ERROR, Z_DATA_ERROR, Z_MEM_ERROR, Z_BUF_ERROR,
  Z_VERSION_ERROR, Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED, Z_DEFAULT_STRATEGY, Z_DEFAULT_CHUNK,
  Z_DEFAULT_LEVEL, Z_DEFAULT_MEMLEVEL, Z_DEFAULT_WINDOWBITS, Z_MAX_CHUNK, Z_MAX_LEVEL, Z_MAX_MEMLEVEL, Z_MAX_WINDOWBITS, Z_MIN_CHUNK, Z_MIN_LEVEL, Z_MIN_MEMLEVEL, Z_MIN_WINDOWBITS } = constants;

export { Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_OK, Z_STREAM_END, Z_NEED_DICT, Z_ERRNO, Z_STREAM_ERROR, Z_DATA_ERROR, Z_MEM_ERROR, Z_BUF_ERROR,
  Z_VERSION_ERROR, Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED, Z_DEFAULT_STRATEGY, Z_DEFAULT_CHUNK,
  Z_DEFAULT_LEVEL, Z_DEFAULT_MEMLEVEL, Z_DEFAULT_WINDOWBITS, Z_MAX_CHUNK, Z_MAX_LEVEL, Z_MAX_MEMLEVEL, Z_MAX_WINDOWBITS, Z_MIN_CHUNK, Z_MIN_LEVEL, Z_MIN_MEMLEVEL, Z_MIN_WINDOWBITS,
  ZstdCompress, ZstdDecompress, createZstdCompress, createZstdDecompress, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync, module as default, BrotliCompress, BrotliDecompress, Deflate, DeflateRaw, Gunzip, Gzip, Inflate, InflateRaw, Unzip, brotliCompress, brotliCompressSync,
  brotliDecompress, brotliDecompressSync, codes, constants, crc32, createBrotliCompress, createBrotliDecompress, createDeflate,
  createDeflateRaw, createGunzip, createGzip, createInflate, createInflateRaw, createUnzip, deflate, deflateRaw, deflateRawSync, deflateSync,
  gunzip, gunzipSync, gzip, gzipSync, inflate, inflateRaw, inflateRawSync, inflateSync, unzip, unzipSync };
