// flags: nodejs_compat
// node:buffer: https://nodejs.org/api/buffer.html
import { Buffer as Imported, isUtf8, isAscii, transcode, constants } from 'node:buffer';
import { inspect } from 'node:util';

const fails = (code, f) => { try { f(); } catch (e) { assert_equals(e.code, code); return; } assert_unreached(`no ${code}`); };

test(() => {
  assert_equals(Buffer, Imported);
  const buffer = Buffer.from('abc');
  assert_true(buffer instanceof Uint8Array && buffer instanceof Buffer && Buffer.isBuffer(buffer));
  assert_false(Buffer.isBuffer(new Uint8Array(1)));
  assert_equals(buffer.constructor, Buffer);
  assert_equals(typeof constants.MAX_LENGTH, 'number');
}, 'Buffer is global and a Uint8Array');

for (const [encoding, text, hex] of [
  ['utf8', 'h\u00e9\u20ac\u{1f600}', '68c3a9e282acf09f9880'], ['utf-8', 'a', '61'], ['UTF8', 'a', '61'], ['latin1', '\u00e9\u00ff', 'e9ff'], ['binary', '\u00e9', 'e9'],
  ['ascii', 'az', '617a'], ['utf16le', 'a\u20ac', '6100ac20'], ['ucs2', 'a', '6100'], ['hex', '00ff10', '00ff10'], ['base64', 'aGk/Pg==', '68693f3e'],
  ['base64', 'AAEC', '000102'], ['base64url', 'aGk_Pg', '68693f3e'],
]) {
  test(() => {
    const buffer = Buffer.from(text, encoding);
    assert_equals(buffer.toString('hex'), hex);
    assert_equals(buffer.toString(encoding), text);
    assert_equals(Buffer.byteLength(text, encoding), hex.length / 2);
    assert_true(Buffer.isEncoding(encoding));
  }, `${encoding} ${JSON.stringify(text)}`);
}

test(() => {
  assert_equals(Buffer.from('\u0100\u00e9', 'latin1').toString('hex'), '00e9');
  assert_equals(Buffer.from([0xe9, 0x41]).toString('ascii'), 'iA');
  assert_equals(Buffer.from('aGk_Pg', 'base64').toString(), 'hi?>');
  assert_equals(Buffer.from(' a G\nk= ', 'base64').toString(), 'hi');
  assert_equals(Buffer.from('abxx12', 'hex').toString('hex'), 'ab');
  assert_equals(Buffer.from('abc', 'hex').toString('hex'), 'ab');
  assert_equals(Buffer.from([0xff, 0x61]).toString(), '\ufffda');
  assert_equals(Buffer.from('\ud800').toString('hex'), 'efbfbd');
  assert_equals(Buffer.from([0xef, 0xbb, 0xbf, 0x61]).toString(), '\ufeffa');
  assert_equals(Buffer.from('abc').toString('utf8', 1, 2), 'b');
  assert_equals(Buffer.from('abc').toString('utf8', 2, 1), '');
  assert_equals(Buffer.from('abc').toString('utf8', -5, 99), 'abc');
  fails('ERR_UNKNOWN_ENCODING', () => Buffer.from('a', 'utf9'));
  assert_false(Buffer.isEncoding('utf9'));
}, 'decoding is as lenient as Node\'s');

test(() => {
  const long = 'x\u00e9'.repeat(20000);
  for (const encoding of ['utf8', 'latin1', 'utf16le', 'base64', 'hex']) {
    const bytes = Buffer.from(long, 'latin1');
    assert_true(Buffer.from(bytes.toString(encoding === 'utf8' ? 'latin1' : encoding), encoding === 'utf8' ? 'latin1' : encoding).equals(bytes), encoding);
  }
}, 'long texts');

test(() => {
  const array = new Uint8Array([1, 2, 3, 4]);
  const shared = Buffer.from(array.buffer, 1, 2), copied = Buffer.from(array);
  array[1] = 9;
  assert_equals(shared.toString('hex'), '0903');
  assert_equals(copied.toString('hex'), '01020304');
  assert_equals(Buffer.from([257, -1, 1.5, '7', 'x']).toString('hex'), '01ff010700');
  assert_equals(Buffer.from({ length: 2, 0: 5, 1: 6 }).toString('hex'), '0506');
  assert_equals(Buffer.from(new String('s')).toString(), 's');
  assert_equals(Buffer.from({ type: 'Buffer', data: [1, 2] }).toString('hex'), '0102');
  assert_equals(Buffer.from(JSON.parse(JSON.stringify(Buffer.from('ab')))).toString(), 'ab');
  assert_equals(Buffer.of(1, 2).toString('hex'), '0102');
  for (const wrong of [1, null, undefined, true, Symbol()]) fails('ERR_INVALID_ARG_TYPE', () => Buffer.from(wrong));
  fails('ERR_BUFFER_OUT_OF_BOUNDS', () => Buffer.from(new ArrayBuffer(2), 3));
}, 'Buffer.from');

test(() => {
  assert_equals(Buffer.alloc(3).toString('hex'), '000000');
  assert_equals(Buffer.alloc(5, 'ab').toString(), 'ababa');
  assert_equals(Buffer.alloc(3, 1).toString('hex'), '010101');
  assert_equals(Buffer.allocUnsafe(3).length, 3);
  fails('ERR_INVALID_ARG_TYPE', () => Buffer.alloc('1'));
  fails('ERR_OUT_OF_RANGE', () => Buffer.alloc(-1));
}, 'alloc');

test(() => {
  assert_equals(Buffer.concat([Buffer.from('ab'), new Uint8Array([99])]).toString(), 'abc');
  assert_equals(Buffer.concat([Buffer.from('ab'), Buffer.from('cd')], 3).toString(), 'abc');
  assert_equals(Buffer.concat([Buffer.from('a')], 3).toString('hex'), '610000');
  assert_equals(Buffer.concat([]).length, 0);
  assert_equals(Buffer.compare(Buffer.from('a'), Buffer.from('b')), -1);
  assert_equals([Buffer.from('b'), Buffer.from('a')].sort(Buffer.compare).join(), 'a,b');
  assert_true(Buffer.from('a').equals(new Uint8Array([97])));
  assert_equals(Buffer.from('xaby').compare(Buffer.from('ab'), 0, 2, 1, 3), 0);
}, 'concat and compare');

test(() => {
  const buffer = Buffer.from('abcdef'), part = buffer.slice(1, 3);
  part[0] = 120;
  assert_equals(buffer.toString(), 'axcdef');
  assert_true(Buffer.isBuffer(part) && Buffer.isBuffer(buffer.subarray(1)));
  assert_equals(buffer.slice(-2).toString(), 'ef');
  assert_true(Buffer.isBuffer(buffer.map((x) => x)));
  const target = Buffer.alloc(4, '.');
  assert_equals(buffer.copy(target, 1, 2, 4), 2);
  assert_equals(target.toString(), '.cd.');
  assert_equals(buffer.copy(target, 3), 1);
}, 'slices share memory, copies do not');

test(() => {
  const buffer = Buffer.alloc(8, '.');
  assert_equals(buffer.write('abc', 1), 3);
  assert_equals(buffer.write('zz', 6, 1), 1);
  assert_equals(buffer.write('ff', 0, 'hex'), 1);
  assert_equals(buffer.toString('latin1'), '\u00ffabc..z.');
  assert_equals(Buffer.alloc(4).write('\u20ac\u20ac'), 3);
  assert_equals(Buffer.alloc(4).fill('abc').toString(), 'abca');
  assert_equals(Buffer.alloc(4).fill('61', 'hex').toString(), 'aaaa');
  assert_equals(Buffer.alloc(4).fill(Buffer.from('xy'), 1).toString('latin1'), '\0xyx');
  assert_equals(Buffer.alloc(4).fill(0x161, 2).toString('latin1'), '\0\0aa');
  fails('ERR_OUT_OF_RANGE', () => Buffer.alloc(1).write('a', 2));
}, 'write and fill');

test(() => {
  const buffer = Buffer.from('this is a buffer, a buffer');
  assert_equals(buffer.indexOf('a buffer'), 8);
  assert_equals(buffer.indexOf('a buffer', 9), 18);
  assert_equals(buffer.lastIndexOf('a buffer'), 18);
  assert_equals(buffer.lastIndexOf('a buffer', 17), 8);
  assert_equals(buffer.indexOf(97), 8);
  assert_equals(buffer.indexOf(97 + 256), 8);
  assert_equals(buffer.indexOf(Buffer.from('is'), -24), 2);
  assert_equals(buffer.indexOf('nowhere'), -1);
  assert_equals(buffer.indexOf('', 5), 5);
  assert_true(buffer.includes('buffer'));
  assert_false(buffer.includes('this', 1));
  assert_equals(buffer.indexOf('6275', 'hex'), 10);
}, 'searching');

test(() => {
  const buffer = Buffer.from('0102030405060708ff', 'hex');
  assert_equals(buffer.readUInt8(8), 255);
  assert_equals(buffer.readInt8(8), -1);
  assert_equals(buffer.readUInt16LE(0), 0x0201);
  assert_equals(buffer.readUint16BE(), 0x0102);
  assert_equals(buffer.readInt16BE(7), 0x08ff);
  assert_equals(buffer.readUInt32BE(0), 0x01020304);
  assert_equals(buffer.readInt32LE(5), -16251130);
  assert_equals(buffer.readUIntBE(0, 3), 0x010203);
  assert_equals(buffer.readUIntLE(0, 6), 0x060504030201);
  assert_equals(buffer.readIntBE(8, 1), -1);
  assert_equals(buffer.readBigUInt64BE(0), 0x0102030405060708n);
  assert_equals(buffer.readBigInt64LE(1), BigInt.asIntN(64, 0xff08070605040302n));
  fails('ERR_OUT_OF_RANGE', () => buffer.readUInt16LE(8));
  fails('ERR_OUT_OF_RANGE', () => buffer.readUInt8(1.5));
  fails('ERR_INVALID_ARG_TYPE', () => buffer.readUInt8('1'));
  fails('ERR_BUFFER_OUT_OF_BOUNDS', () => Buffer.alloc(1).readUInt16LE());
  fails('ERR_OUT_OF_RANGE', () => buffer.readUIntBE(0, 7));
}, 'reading numbers');

test(() => {
  const buffer = Buffer.alloc(16);
  assert_equals(buffer.writeUInt8(255), 1);
  assert_equals(buffer.writeInt8(-2, 1), 2);
  assert_equals(buffer.writeUInt16BE(0x0102, 2), 4);
  assert_equals(buffer.writeInt32LE(-5, 4), 8);
  assert_equals(buffer.writeUIntBE(0x010203, 8, 3), 11);
  assert_equals(buffer.writeIntLE(-2, 11, 3), 14);
  assert_equals(buffer.toString('hex'), 'fffe0102fbffffff010203feffff0000');
  assert_equals(Buffer.alloc(8).writeDoubleBE(1.5), 8);
  const numbers = Buffer.alloc(12);
  numbers.writeFloatLE(0.5);
  numbers.writeDoubleLE(-1e300, 4);
  assert_equals(numbers.readFloatLE(), 0.5);
  assert_equals(numbers.readDoubleLE(4), -1e300);
  const big = Buffer.alloc(8);
  big.writeBigInt64BE(-2n);
  assert_equals(big.toString('hex'), 'fffffffffffffffe');
  fails('ERR_OUT_OF_RANGE', () => big.writeBigUInt64LE(-1n));
  fails('ERR_OUT_OF_RANGE', () => buffer.writeUInt8(256));
  fails('ERR_OUT_OF_RANGE', () => buffer.writeInt16LE(40000));
  fails('ERR_OUT_OF_RANGE', () => buffer.writeUInt32LE(-1));
  try { buffer.writeUInt8(256); } catch (e) { assert_equals(e.message, 'The value of "value" is out of range. It must be >= 0 and <= 255. Received 256'); }
}, 'writing numbers');

test(() => {
  assert_equals(Buffer.from('01020304', 'hex').swap16().toString('hex'), '02010403');
  assert_equals(Buffer.from('01020304', 'hex').swap32().toString('hex'), '04030201');
  fails('ERR_INVALID_BUFFER_SIZE', () => Buffer.alloc(3).swap16());
  assert_equals(JSON.stringify(Buffer.from('a')), '{"type":"Buffer","data":[97]}');
  assert_equals(inspect(Buffer.from('abc')), '<Buffer 61 62 63>');
  assert_equals(inspect(Buffer.alloc(52)), `<Buffer ${'00 '.repeat(50)}... 2 more bytes>`);
  assert_equals(`${Buffer.from('abc')}`, 'abc');
  assert_equals([...Buffer.from('ab').entries()].join(';'), '0,97;1,98');
}, 'swapping and showing');

test(() => {
  assert_true(isUtf8(Buffer.from('\u20ac')));
  assert_false(isUtf8(Buffer.from([0xff])));
  assert_true(isAscii(Buffer.from('a')));
  assert_false(isAscii(Buffer.from('\u00e9')));
  assert_equals(transcode(Buffer.from('\u20ac'), 'utf8', 'utf16le').toString('hex'), 'ac20');
  assert_equals(transcode(Buffer.from('\u20ac'), 'utf8', 'latin1').toString(), '?');
  assert_equals(new TextDecoder().decode(Buffer.from('abc').subarray(1)), 'bc');
}, 'functions of the module');

promise_test(async () => {
  assert_equals(await new Response(Buffer.from('body')).text(), 'body');
  assert_equals(Buffer.from(await new Response('body').arrayBuffer()).toString(), 'body');
  assert_equals(Buffer.from(await crypto.subtle.digest('SHA-1', Buffer.from('abc'))).toString('hex'), 'a9993e364706816aba3e25717850c26c9cd0d89d');
}, 'buffers go where bytes go');
