// flags: nodejs_compat
// node:zlib: https://nodejs.org/api/zlib.html
import zlib, { DEFLATE, Gunzip, brotliCompressSync, brotliDecompress, brotliDecompressSync, constants, crc32, createBrotliDecompress, createDeflateRaw, createGunzip, createGzip, createInflateRaw,
  createUnzip, deflateRawSync, deflateSync, gunzip, gunzipSync, gzip, gzipSync, inflateRawSync, inflateSync, unzipSync } from 'node:zlib';
import { promisify } from 'node:util';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';

const fails = (code, f) => { try { f(); } catch (e) { assert_equals(e.code, code, `${e}`); return e; } assert_unreached(`no ${code}`); };
const LONG = 'The quick brown fox jumps over the lazy dog. '.repeat(5000);

test(() => {
  assert_equals(gunzipSync(Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==', 'base64')).toString(), 'hello');
  assert_equals(inflateSync(Buffer.from('eJzLSM3JyQcABiwCFQ==', 'base64')).toString(), 'hello');
  for (const [pack, unpack] of [[gzipSync, gunzipSync], [deflateSync, inflateSync], [deflateRawSync, inflateRawSync], [gzipSync, unzipSync], [deflateSync, unzipSync]]) {
    assert_equals(unpack(pack(LONG)).toString(), LONG);
    assert_equals(unpack(pack('')).length, 0);
    assert_equals(unpack(pack(new Uint16Array([1, 2]).subarray(1))).length, 2);
  }
  assert_true(gzipSync(LONG, { level: 9 }).length <= gzipSync(LONG, { level: 1 }).length);
  assert_true(gzipSync(LONG, { level: 0 }).length > LONG.length);
}, 'what is compressed is decompressed');

promise_test(async () => {
  assert_equals((await promisify(gunzip)(await promisify(gzip)('abc', { level: 1 }))).toString(), 'abc');
  const error = await new Promise((resolve) => gunzip(Buffer.from('nope'), resolve));
  assert_equals(error.code, 'Z_DATA_ERROR');
  assert_throws_js(TypeError, () => gzip('a'));
  assert_throws_js(TypeError, () => gzip(1, () => {}));
}, 'with callbacks');

test(() => {
  const wrong = fails('Z_DATA_ERROR', () => gunzipSync(Buffer.from('nope')));
  assert_equals(`${wrong.errno} ${wrong.message}`, '-3 incorrect header check');
  fails('Z_DATA_ERROR', () => inflateSync(Buffer.from('nope')));
  const packed = gzipSync(LONG);
  assert_equals(fails('Z_BUF_ERROR', () => gunzipSync(packed.subarray(0, 100))).message, 'unexpected end of file');
  assert_true(LONG.startsWith(gunzipSync(packed.subarray(0, 100), { finishFlush: constants.Z_SYNC_FLUSH }).toString()));
  packed[packed.length - 6] ^= 1;
  fails('Z_DATA_ERROR', () => gunzipSync(packed));
  fails('ERR_INVALID_ARG_TYPE', () => gzipSync(1));
  fails('ERR_OUT_OF_RANGE', () => gzipSync('a', { level: 10 }));
  fails('ERR_BUFFER_TOO_LARGE', () => gunzipSync(gzipSync(LONG), { maxOutputLength: 10 }));
}, 'wrong and truncated input, and too much output');

test(() => {
  const two = Buffer.concat([gzipSync('one'), gzipSync('two')]);
  assert_equals(gunzipSync(two).toString(), 'onetwo');
  assert_equals(gunzipSync(Buffer.concat([gzipSync('one'), Buffer.alloc(9)])).toString(), 'one');
  assert_equals(inflateSync(Buffer.concat([deflateSync('one'), Buffer.from('rest')])).toString(), 'one');
  fails('Z_BUF_ERROR', () => gunzipSync(two.subarray(0, two.length - 2)));
}, 'members of gzip follow one another, and what is none is passed over');

test(() => {
  const dictionary = Buffer.from('hello');
  assert_equals(inflateSync(Buffer.from('eLsGLAIVywARCmASABmRBEk=', 'base64'), { dictionary }).toString(), 'hello hello');
  assert_equals(inflateRawSync(deflateRawSync('hello hello', { dictionary }), { dictionary }).toString(), 'hello hello');
  fails('Z_DATA_ERROR', () => inflateSync(deflateSync('hello', { dictionary })));
  fails('Z_DATA_ERROR', () => inflateSync(deflateSync('hello', { dictionary }), { dictionary: Buffer.from('other') }));
}, 'dictionaries');

promise_test(async () => {
  const packed = Buffer.from('GxUA+I2Ubt6qBmEJo1NleKFPOIDYBQ==', 'base64');
  assert_equals(brotliDecompressSync(packed).toString(), 'a text, a text, a text');
  assert_equals((await promisify(brotliDecompress)(packed)).toString(), 'a text, a text, a text');
  assert_equals(await text(Readable.from([packed.subarray(0, 5), packed.subarray(5)]).pipe(createBrotliDecompress())), 'a text, a text, a text');
  fails('Z_DATA_ERROR', () => brotliDecompressSync(packed.subarray(0, 9)));
  fails('ERR_METHOD_NOT_IMPLEMENTED', () => brotliCompressSync('a'));
}, 'brotli is decompressed');

promise_test(async () => {
  assert_equals(await text(Readable.from([LONG.slice(0, 99), LONG.slice(99)]).pipe(createGzip()).pipe(createGunzip())), LONG);
  assert_equals(await text(Readable.from([Buffer.from(LONG)]).pipe(createDeflateRaw()).pipe(createInflateRaw())), LONG);
  assert_equals(await text(Readable.from([gzipSync('abc')]).pipe(createUnzip())), 'abc');
  assert_true(new Gunzip() instanceof Gunzip && Gunzip() instanceof Gunzip);
  const error = await pipeline(Readable.from([Buffer.from('nope')]), createGunzip(), async (source) => { for await (const _ of source); }).then(() => undefined, (e) => e);
  assert_equals(error?.code, 'Z_DATA_ERROR');
  const cut = await pipeline(Readable.from([gzipSync(LONG).subarray(0, 60)]), createGunzip(), async (source) => { for await (const _ of source); }).then(() => undefined, (e) => e);
  assert_equals(cut?.code, 'Z_BUF_ERROR');
}, 'as streams');

promise_test(async () => {
  const stream = createGzip(), chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.write('first');
  await new Promise((resolve) => stream.flush(resolve));
  assert_equals(gunzipSync(Buffer.concat(chunks), { finishFlush: constants.Z_SYNC_FLUSH }).toString(), 'first');
  stream.end('second');
  await new Promise((resolve) => stream.on('end', resolve));
  assert_equals(gunzipSync(Buffer.concat(chunks)).toString(), 'firstsecond');
  assert_equals(stream.bytesWritten, 11);
}, 'flush gives what was written so far');

promise_test(async () => {
  for (let i = 0; i < 300; i++) gzipSync('a');
  const open = Array.from({ length: 100 }, () => createGzip());
  for (const stream of open) stream.write('a');
  await null;
  assert_throws_dom('QuotaExceededError', () => gzipSync('a'));
  for (const stream of open) stream.destroy();
  assert_equals(gunzipSync(gzipSync('a')).toString(), 'a');
}, 'only so many are open at a time, and those that are destroyed are not');

test(() => {
  assert_equals(crc32('hello'), 907060870);
  assert_equals(crc32('lo', crc32('hel')), 907060870);
  assert_equals(zlib.codes.Z_DATA_ERROR, -3);
  assert_equals(constants.Z_BEST_COMPRESSION, 9);
  assert_equals(`${constants.ZSTD_e_end} ${constants.ZSTD_c_compressionLevel} ${constants.ZSTD_CLEVEL_DEFAULT}`, '2 100 3');
  for (const name of Object.keys(constants)) assert_equals(zlib[name], constants[name], name);
  assert_equals(DEFLATE, 1);
}, 'crc32 and constants');
