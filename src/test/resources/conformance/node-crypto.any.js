// flags: nodejs_compat
// node:crypto: https://nodejs.org/api/crypto.html
import crypto_, { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey, hkdfSync, pbkdf2, pbkdf2Sync, randomBytes, randomFillSync, randomInt, randomUUID, scrypt,
  scryptSync, timingSafeEqual, webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import { Readable } from 'node:stream';

const fails = (code, f) => { try { f(); } catch (e) { assert_equals(e.code, code, `${e}`); return; } assert_unreached(`no ${code}`); };

for (const [name, hex] of [
  ['md5', '900150983cd24fb0d6963f7d28e17f72'], ['sha1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['sha224', '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'], ['sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['SHA384', 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7'],
  ['sha512-256', '53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23'],
  ['sha3-256', '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532'], ['RSA-SHA256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
]) {
  test(() => {
    assert_equals(createHash(name).update('abc').digest('hex'), hex);
    assert_equals(createHash(name).update('a').update(Buffer.from('bc')).digest().toString('hex'), hex);
  }, `createHash ${name}`);
}

promise_test(async () => {
  assert_equals(createHash('sha1').update('616263', 'hex').digest('base64'), 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=');
  const hash = createHash('sha256').update('a'), copy = hash.copy();
  assert_equals(copy.update('bc').digest('hex'), createHash('sha256').update('abc').digest('hex'));
  assert_equals(hash.digest('hex'), createHash('sha256').update('a').digest('hex'));
  fails('ERR_CRYPTO_HASH_FINALIZED', () => hash.update('b'));
  fails('ERR_CRYPTO_HASH_FINALIZED', () => hash.digest());
  fails('ERR_INVALID_ARG_TYPE', () => createHash('sha1').update(1));
  try { createHash('nothing'); assert_unreached(); } catch (e) { assert_true(e instanceof Error); }
  const chunks = await Readable.from([Buffer.from('a'), Buffer.from('bc')]).pipe(createHash('sha1')).toArray();
  assert_equals(Buffer.concat(chunks).toString('hex'), 'a9993e364706816aba3e25717850c26c9cd0d89d');
  assert_true(crypto_.getHashes().includes('sha256'));
}, 'hashes: encodings, copies, misuse, as a stream');

test(() => {
  // RFC 4231, test case 2
  assert_equals(createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex'), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  assert_equals(createHmac('md5', Buffer.from('key')).update('The quick brown fox jumps over the lazy dog').digest('hex'), '80070713463e7749b90c2dc24911e275');
  assert_equals(createHmac('sha1', '').update('').digest('hex'), 'fbdb1d1b18aa6c08324b7d64b71fb76370690e1d');
  assert_equals(createHmac('sha256', createSecretKey(Buffer.from('Jefe'))).update('what do ya want for nothing?').digest('base64url').slice(0, 8), 'W9zBRr9g');
}, 'createHmac');

promise_test(async () => {
  // RFC 6070
  assert_equals(pbkdf2Sync('password', 'salt', 2, 20, 'sha1').toString('hex'), 'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957');
  assert_equals(pbkdf2Sync('password', 'salt', 1, 20, 'sha1').toString('hex'), '0c60c80f961f0e71f3a9b524af6012062fe037a6');
  const later = await promisify(pbkdf2)('password', 'salt', 4096, 20, 'sha1');
  assert_equals(later.toString('hex'), '4b007901b765489abead49d926f721d065a429c1');
}, 'pbkdf2');

promise_test(async () => {
  // RFC 7914, section 12
  assert_equals(scryptSync('', '', 64, { N: 16, r: 1, p: 1 }).toString('hex'),
    '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906');
  assert_equals(scryptSync('password', 'NaCl', 64, { N: 1024, r: 8, p: 16 }).toString('hex'),
    'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640');
  assert_equals((await promisify(scrypt)('pleaseletmein', 'SodiumChloride', 64, { N: 16384, r: 8, p: 1 })).toString('hex'),
    '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887');
  fails('ERR_CRYPTO_INVALID_SCRYPT_PARAMS', () => scryptSync('a', 'b', 1, { N: 15 }));
}, 'scrypt');

test(() => {
  // RFC 5869, A.1
  const key = hkdfSync('sha256', Buffer.alloc(22, 0x0b), Buffer.from('000102030405060708090a0b0c', 'hex'), Buffer.from('f0f1f2f3f4f5f6f7f8f9', 'hex'), 42);
  assert_equals(Buffer.from(key).toString('hex'), '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865');
}, 'hkdf');

promise_test(async () => {
  assert_equals(randomBytes(16).length, 16);
  assert_not_equals(randomBytes(16).toString('hex'), randomBytes(16).toString('hex'));
  assert_equals((await promisify(randomBytes)(70000)).length, 70000);
  const array = randomFillSync(new Uint8Array(8), 4);
  assert_true(array.slice(0, 4).every((byte) => byte === 0));
  for (let i = 0; i < 50; i++) assert_true([3, 4].includes(randomInt(3, 5)));
  assert_regexp_match(randomUUID(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  fails('ERR_OUT_OF_RANGE', () => randomBytes(-1));
  fails('ERR_OUT_OF_RANGE', () => randomInt(5, 5));
}, 'random numbers');

test(() => {
  assert_true(timingSafeEqual(Buffer.from('ab'), new Uint8Array([97, 98])));
  assert_false(timingSafeEqual(Buffer.from('ab'), Buffer.from('ac')));
  fails('ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', () => timingSafeEqual(Buffer.from('a'), Buffer.from('ab')));
  fails('ERR_INVALID_ARG_TYPE', () => timingSafeEqual('a', 'a'));
  assert_equals(typeof webcrypto.subtle.digest, 'function');
}, 'timingSafeEqual and webcrypto');

const key = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex'), iv = Buffer.alloc(16, 7);
for (const mode of ['cbc', 'ctr', 'ecb']) {
  test(() => {
    const name = `aes-256-${mode}`, vector = mode === 'ecb' ? null : iv, plain = 'a text that is longer than one block';
    const cipher = createCipheriv(name, key, vector), sealed = cipher.update(plain, 'utf8', 'hex') + cipher.final('hex');
    const decipher = createDecipheriv(name, key, vector);
    assert_equals(decipher.update(sealed, 'hex', 'utf8') + decipher.final('utf8'), plain);
    if (mode === 'cbc') {
      assert_equals(sealed, '62b4cbca88e82a916627403fac1903319890117d839355a440aa84942c8326d1d0be46eb4febbd6e2715b03ae006d3b8');
      const wrong = createDecipheriv(name, Buffer.alloc(32), vector);
      wrong.update(sealed, 'hex');
      assert_throws_js(Error, () => wrong.final());
    }
  }, `createCipheriv aes-256-${mode}`);
}

test(() => {
  const cipher = createCipheriv('aes-128-gcm', key.subarray(0, 16), iv.subarray(0, 12));
  cipher.setAAD(Buffer.from('more'));
  const sealed = Buffer.concat([cipher.update('secret'), cipher.final()]), tag = cipher.getAuthTag();
  assert_equals(sealed.length, 6);
  assert_equals(sealed.toString('hex') + tag.toString('hex'), 'e22937af04cf12bd4dd3896877028e773a64509d06f0');
  const open = (change) => {
    const decipher = createDecipheriv('aes-128-gcm', key.subarray(0, 16), iv.subarray(0, 12));
    decipher.setAAD(Buffer.from('more'));
    decipher.setAuthTag(change ? Buffer.alloc(16) : tag);
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString();
  };
  assert_equals(open(false), 'secret');
  assert_throws_js(Error, () => open(true));
}, 'createCipheriv aes-128-gcm');

test(() => {
  fails('ERR_CRYPTO_INVALID_KEYLEN', () => createCipheriv('aes-256-cbc', Buffer.alloc(3), iv));
  fails('ERR_CRYPTO_INVALID_IV', () => createCipheriv('aes-256-cbc', key, Buffer.alloc(3)));
  assert_throws_js(Error, () => createCipheriv('nothing', key, iv));
}, 'ciphers: misuse');

test(() => {
  const { checkPrimeSync, generatePrimeSync } = crypto_;
  assert_true(checkPrimeSync(65537n) && checkPrimeSync(new Uint8Array([17])) && !checkPrimeSync(65535n) && !checkPrimeSync(1n));
  const prime = generatePrimeSync(64, { bigint: true });
  assert_true(prime >> 63n === 1n && checkPrimeSync(prime));
  const safe = generatePrimeSync(48, { bigint: true, safe: true });
  assert_true(checkPrimeSync(safe) && checkPrimeSync(safe >> 1n));
  assert_equals(generatePrimeSync(40, { bigint: true, add: 8n, rem: 3n }) % 8n, 3n);
  assert_true(generatePrimeSync(32) instanceof ArrayBuffer);
  assert_throws_js(Error, () => generatePrimeSync(100_000));
  assert_throws_js(Error, () => generatePrimeSync(2, { safe: true }));
  assert_true([5n, 7n].includes(generatePrimeSync(3, { safe: true, bigint: true })));
  assert_throws_js(RangeError, () => generatePrimeSync(0));
}, 'primes');

test(() => {
  const { createDiffieHellman, getDiffieHellman, createHash: hashOf } = crypto_;
  const alice = getDiffieHellman('modp14'), bob = createDiffieHellman(alice.getPrime(), alice.getGenerator());
  assert_equals(hashOf('sha256').update(alice.getPrime()).digest('hex'), 'd66436f79bbd6b2e38c0ffbd079be904d2641415e2e67140e09448be9a60890e');
  const a = alice.generateKeys(), b = bob.generateKeys('hex');
  assert_equals(alice.computeSecret(b, 'hex', 'hex'), bob.computeSecret(a, null, 'hex'));
  assert_equals(alice.verifyError, 0);
  assert_equals(alice.setPrivateKey, undefined);
  const known = createDiffieHellman('17', 'hex', 5);
  known.setPrivateKey(Buffer.from([6]));
  assert_equals(known.generateKeys('hex'), '08');
  assert_equals(known.computeSecret(Buffer.from([19])).toString('hex'), '02');
  assert_throws_js(RangeError, () => known.computeSecret(Buffer.from([1])));
  assert_throws_js(RangeError, () => known.computeSecret(Buffer.from([22])));
  assert_throws_js(Error, () => getDiffieHellman('modp99'));
}, 'Diffie-Hellman with groups of numbers');
