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
const module = {
  ...constants,
  ZstdCompress, ZstdDecompress, createZstdCompress, createZstdDecompress, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync, BrotliCompress,
  BrotliDecompress, Deflate, DeflateRaw, Gunzip, Gzip, Inflate, InflateRaw, Unzip, brotliCompress, brotliCompressSync, brotliDecompress, brotliDecompressSync,
  codes, constants, crc32, createBrotliCompress, createBrotliDecompress, createDeflate, createDeflateRaw, createGunzip, createGzip, createInflate,
  createInflateRaw, createUnzip, deflate, deflateRaw, deflateRawSync, deflateSync, gunzip, gunzipSync, gzip, gzipSync, inflate, inflateRaw, inflateRawSync,
  inflateSync, unzip, unzipSync,
};

export const {
  Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_OK, Z_STREAM_END, Z_NEED_DICT, Z_ERRNO, Z_STREAM_ERROR, Z_DATA_ERROR,
  Z_MEM_ERROR, Z_BUF_ERROR, Z_VERSION_ERROR, Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE,
  Z_FIXED, Z_DEFAULT_STRATEGY, ZLIB_VERNUM, DEFLATE, INFLATE, GZIP, GUNZIP, DEFLATERAW, INFLATERAW, UNZIP, BROTLI_DECODE, BROTLI_ENCODE, Z_MIN_WINDOWBITS,
  Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS, Z_MIN_CHUNK, Z_MAX_CHUNK, Z_DEFAULT_CHUNK, Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL, Z_MIN_LEVEL,
  Z_MAX_LEVEL, Z_DEFAULT_LEVEL, BROTLI_OPERATION_PROCESS, BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_EMIT_METADATA, BROTLI_PARAM_MODE,
  BROTLI_MODE_GENERIC, BROTLI_MODE_TEXT, BROTLI_MODE_FONT, BROTLI_DEFAULT_MODE, BROTLI_PARAM_QUALITY, BROTLI_MIN_QUALITY, BROTLI_MAX_QUALITY,
  BROTLI_DEFAULT_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_MIN_WINDOW_BITS, BROTLI_MAX_WINDOW_BITS, BROTLI_LARGE_MAX_WINDOW_BITS, BROTLI_DEFAULT_WINDOW,
  BROTLI_PARAM_LGBLOCK, BROTLI_MIN_INPUT_BLOCK_BITS, BROTLI_MAX_INPUT_BLOCK_BITS, BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING, BROTLI_PARAM_SIZE_HINT,
  BROTLI_PARAM_LARGE_WINDOW, BROTLI_PARAM_NPOSTFIX, BROTLI_PARAM_NDIRECT, BROTLI_DECODER_RESULT_ERROR, BROTLI_DECODER_RESULT_SUCCESS,
  BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT, BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT, BROTLI_DECODER_PARAM_DISABLE_RING_BUFFER_REALLOCATION,
  BROTLI_DECODER_PARAM_LARGE_WINDOW, BROTLI_DECODER_NO_ERROR, BROTLI_DECODER_SUCCESS, BROTLI_DECODER_NEEDS_MORE_INPUT, BROTLI_DECODER_NEEDS_MORE_OUTPUT,
  BROTLI_DECODER_ERROR_FORMAT_EXUBERANT_NIBBLE, BROTLI_DECODER_ERROR_FORMAT_RESERVED, BROTLI_DECODER_ERROR_FORMAT_EXUBERANT_META_NIBBLE,
  BROTLI_DECODER_ERROR_FORMAT_SIMPLE_HUFFMAN_ALPHABET, BROTLI_DECODER_ERROR_FORMAT_SIMPLE_HUFFMAN_SAME, BROTLI_DECODER_ERROR_FORMAT_CL_SPACE,
  BROTLI_DECODER_ERROR_FORMAT_HUFFMAN_SPACE, BROTLI_DECODER_ERROR_FORMAT_CONTEXT_MAP_REPEAT, BROTLI_DECODER_ERROR_FORMAT_BLOCK_LENGTH_1,
  BROTLI_DECODER_ERROR_FORMAT_BLOCK_LENGTH_2, BROTLI_DECODER_ERROR_FORMAT_TRANSFORM, BROTLI_DECODER_ERROR_FORMAT_DICTIONARY,
  BROTLI_DECODER_ERROR_FORMAT_WINDOW_BITS, BROTLI_DECODER_ERROR_FORMAT_PADDING_1, BROTLI_DECODER_ERROR_FORMAT_PADDING_2, BROTLI_DECODER_ERROR_FORMAT_DISTANCE,
  BROTLI_DECODER_ERROR_DICTIONARY_NOT_SET, BROTLI_DECODER_ERROR_INVALID_ARGUMENTS, BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES,
  BROTLI_DECODER_ERROR_ALLOC_TREE_GROUPS, BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MAP, BROTLI_DECODER_ERROR_ALLOC_RING_BUFFER_1,
  BROTLI_DECODER_ERROR_ALLOC_RING_BUFFER_2, BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES, BROTLI_DECODER_ERROR_UNREACHABLE, ZSTD_ENCODE, ZSTD_DECODE,
  ZSTD_COMPRESS, ZSTD_DECOMPRESS, ZSTD_e_continue, ZSTD_e_flush, ZSTD_e_end, ZSTD_c_compressionLevel, ZSTD_c_windowLog, ZSTD_c_hashLog, ZSTD_c_chainLog,
  ZSTD_c_searchLog, ZSTD_c_minMatch, ZSTD_c_targetLength, ZSTD_c_strategy, ZSTD_c_enableLongDistanceMatching, ZSTD_c_ldmHashLog, ZSTD_c_ldmMinMatch,
  ZSTD_c_ldmBucketSizeLog, ZSTD_c_ldmHashRateLog, ZSTD_c_contentSizeFlag, ZSTD_c_checksumFlag, ZSTD_c_dictIDFlag, ZSTD_c_nbWorkers, ZSTD_c_jobSize,
  ZSTD_c_overlapLog, ZSTD_d_windowLogMax, ZSTD_fast, ZSTD_dfast, ZSTD_greedy, ZSTD_lazy, ZSTD_lazy2, ZSTD_btlazy2, ZSTD_btopt, ZSTD_btultra, ZSTD_btultra2,
  ZSTD_CLEVEL_DEFAULT, ZSTD_error_no_error, ZSTD_error_GENERIC, ZSTD_error_prefix_unknown, ZSTD_error_version_unsupported,
  ZSTD_error_frameParameter_unsupported, ZSTD_error_frameParameter_windowTooLarge, ZSTD_error_corruption_detected, ZSTD_error_checksum_wrong,
  ZSTD_error_literals_headerWrong, ZSTD_error_dictionary_corrupted, ZSTD_error_dictionary_wrong, ZSTD_error_dictionaryCreation_failed,
  ZSTD_error_parameter_unsupported, ZSTD_error_parameter_combination_unsupported, ZSTD_error_parameter_outOfBound, ZSTD_error_tableLog_tooLarge,
  ZSTD_error_maxSymbolValue_tooLarge, ZSTD_error_maxSymbolValue_tooSmall, ZSTD_error_stabilityCondition_notRespected, ZSTD_error_stage_wrong,
  ZSTD_error_init_missing, ZSTD_error_memory_allocation, ZSTD_error_workSpace_tooSmall, ZSTD_error_dstSize_tooSmall, ZSTD_error_srcSize_wrong,
  ZSTD_error_dstBuffer_null, ZSTD_error_noForwardProgress_destFull, ZSTD_error_noForwardProgress_inputEmpty,
} = constants;

export {
  module as default,
  ZstdCompress, ZstdDecompress, createZstdCompress, createZstdDecompress, zstdCompress, zstdCompressSync, zstdDecompress, zstdDecompressSync, BrotliCompress,
  BrotliDecompress, Deflate, DeflateRaw, Gunzip, Gzip, Inflate, InflateRaw, Unzip, brotliCompress, brotliCompressSync, brotliDecompress, brotliDecompressSync,
  codes, constants, crc32, createBrotliCompress, createBrotliDecompress, createDeflate, createDeflateRaw, createGunzip, createGzip, createInflate,
  createInflateRaw, createUnzip, deflate, deflateRaw, deflateRawSync, deflateSync, gunzip, gunzipSync, gzip, gzipSync, inflate, inflateRaw, inflateRawSync,
  inflateSync, unzip, unzipSync,
};
