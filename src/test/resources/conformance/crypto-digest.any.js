// https://w3c.github.io/webcrypto/#SubtleCrypto-method-digest; vectors of FIPS 180-4 and RFC 1321
const utf8 = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
const VECTORS = {
  MD5: ['d41d8cd98f00b204e9800998ecf8427e', '900150983cd24fb0d6963f7d28e17f72'],
  'SHA-1': ['da39a3ee5e6b4b0d3255bfef95601890afd80709', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  'SHA-256': ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  'SHA-384': [
    '38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b',
    'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  ],
  'SHA-512': [
    'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  ],
};

for (const name of Object.keys(VECTORS)) {
  promise_test(async () => {
    assert_equals(hex(await crypto.subtle.digest(name, new Uint8Array())), VECTORS[name][0]);
    assert_equals(hex(await crypto.subtle.digest({ name: name.toLowerCase() }, utf8('abc'))), VECTORS[name][1]);
    assert_equals(hex(await crypto.subtle.digest(name, utf8('abc').buffer)), VECTORS[name][1]);
  }, `${name} gives the published digests`);
}

promise_test(async () => {
  const bytes = utf8('..abc..');
  for (const view of [bytes.subarray(2, 5), new DataView(bytes.buffer, 2, 3)]) {
    assert_equals(hex(await crypto.subtle.digest('SHA-256', view)), VECTORS['SHA-256'][1]);
  }
}, 'digest hashes the bytes of a view alone');

promise_test(async () => {
  const bytes = utf8('abc');
  const promise = crypto.subtle.digest('SHA-256', bytes);
  bytes.fill(0);
  assert_equals(hex(await promise), VECTORS['SHA-256'][1]);
}, 'digest hashes what the bytes were when it was called');

promise_test(async (t) => {
  await promise_rejects_dom(t, 'NotSupportedError', crypto.subtle.digest('SHA-3', new Uint8Array()));
  await promise_rejects_dom(t, 'NotSupportedError', crypto.subtle.digest('AES-GCM', new Uint8Array()));
  await promise_rejects_js(t, TypeError, crypto.subtle.digest({}, new Uint8Array()));
  await promise_rejects_js(t, TypeError, crypto.subtle.digest('SHA-1'));
  await promise_rejects_js(t, TypeError, crypto.subtle.digest('SHA-1', 'text'));
  await promise_rejects_js(t, TypeError, SubtleCrypto.prototype.digest.call({}, 'SHA-1', new Uint8Array()));
}, 'digest rejects unknown algorithms, and data that is no buffer');

promise_test(async () => {
  const result = await crypto.subtle.digest('SHA-256', new Uint8Array());
  assert_class_string(result, 'ArrayBuffer');
  assert_equals(result.byteLength, 32);
}, 'a digest is an ArrayBuffer');

test(() => {
  const { subtle } = crypto;
  assert_true(subtle.timingSafeEqual(utf8('same'), utf8('same').buffer));
  assert_false(subtle.timingSafeEqual(utf8('same'), utf8('sane')));
  assert_throws_js(TypeError, () => subtle.timingSafeEqual(utf8('a'), utf8('ab')));
  assert_throws_js(TypeError, () => subtle.timingSafeEqual('a', 'a'));
}, 'timingSafeEqual compares buffers of one length');
