// https://w3c.github.io/webcrypto/#SubtleCrypto-method-deriveBits; vectors of RFC 6070, 7914, 5869, 7748 and NIST's ECDH set
const { subtle } = crypto;
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
const utf8 = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const secret = (name, octets) => subtle.importKey('raw', octets, name, false, ['deriveBits', 'deriveKey']);

for (const [hash, password, salt, iterations, expected] of [
  ['SHA-1', 'password', 'salt', 1, '0c60c80f961f0e71f3a9b524af6012062fe037a6'],
  ['SHA-1', 'password', 'salt', 4096, '4b007901b765489abead49d926f721d065a429c1'],
  ['SHA-1', 'passwordPASSWORDpassword', 'saltSALTsaltSALTsaltSALTsaltSALTsalt', 4096, '3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038'],
  ['SHA-1', 'pass\0word', 'sa\0lt', 4096, '56fa6aa75548099dcc37d7f03425e0c3'],
  ['SHA-256', 'passwd', 'salt', 1,
    '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783'],
]) {
  promise_test(async () => {
    const key = await secret('PBKDF2', utf8(password));
    const derived = await subtle.deriveBits({ name: 'PBKDF2', hash, salt: utf8(salt), iterations }, key, expected.length * 4);
    assert_equals(hex(derived), expected);
  }, `PBKDF2 with ${hash} of '${password.replace('\0', '\\0')}' and ${iterations} iterations gives the published key`);
}

promise_test(async (t) => {
  const key = await secret('PBKDF2', new Uint8Array());
  const run = (iterations, length, more) => subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(), iterations, ...more }, key, length);
  assert_equals((await run(1, 256)).byteLength, 32);
  assert_equals((await run(1, 0)).byteLength, 0);
  await promise_rejects_dom(t, 'OperationError', run(0, 256));
  await promise_rejects_dom(t, 'OperationError', run(1, 255));
  await promise_rejects_dom(t, 'OperationError', run(1, null));
  await promise_rejects_dom(t, 'NotSupportedError', run(100_001, 256));
  await promise_rejects_dom(t, 'OperationError', run(100_000, 256 * 17));
  await promise_rejects_dom(t, 'NotSupportedError', run(1, 256, { hash: 'SHA-3' }));
  await promise_rejects_js(t, TypeError, run(-1, 256));
}, 'PBKDF2 takes empty passwords and salts, whole bytes, and 100,000 iterations at most');

for (const [name, hash, ikm, salt, info, expected] of [
  ['test case 1', 'SHA-256', '0b'.repeat(22), '000102030405060708090a0b0c', 'f0f1f2f3f4f5f6f7f8f9',
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865'],
  ['test case 3', 'SHA-256', '0b'.repeat(22), '', '', '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8'],
  ['test case 4', 'SHA-1', '0b'.repeat(11), '000102030405060708090a0b0c', 'f0f1f2f3f4f5f6f7f8f9',
    '085a01ea1b10f36933068b56efa5ad81a4f14b822f5b091568a9cdd4f155fda2c22e422478d305f3f896'],
]) {
  promise_test(async () => {
    const key = await secret('HKDF', bytes(ikm));
    const derived = await subtle.deriveBits({ name: 'HKDF', hash, salt: bytes(salt), info: bytes(info) }, key, expected.length * 4);
    assert_equals(hex(derived), expected);
  }, `HKDF gives the key of RFC 5869, ${name}`);
}

promise_test(async (t) => {
  const key = await secret('HKDF', utf8('secret'));
  const run = (length) => subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new Uint8Array() }, key, length);
  assert_equals((await run(255 * 256)).byteLength, 255 * 32);
  assert_equals((await run(0)).byteLength, 0);
  await promise_rejects_dom(t, 'OperationError', run(255 * 256 + 8));
  await promise_rejects_dom(t, 'OperationError', run(7));
  await promise_rejects_dom(t, 'OperationError', run());
}, 'HKDF gives 255 blocks at most, in whole bytes');

promise_test(async () => {
  const privateKey = (d) => subtle.importKey('pkcs8', bytes(`302e020100300506032b656e04220420${d}`), 'X25519', true, ['deriveBits']);
  const publicKey = (x) => subtle.importKey('raw', bytes(x), 'X25519', true, []);
  const alice = await privateKey('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a');
  const bob = await privateKey('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');
  const alicePublic = await publicKey('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a');
  const bobPublic = await publicKey('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f');
  const shared = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';
  assert_equals(hex(await subtle.deriveBits({ name: 'X25519', public: bobPublic }, alice, null)), shared);
  assert_equals(hex(await subtle.deriveBits({ name: 'X25519', public: alicePublic }, bob, 256)), shared);
  assert_equals((await subtle.exportKey('jwk', alice)).x, (await subtle.exportKey('jwk', alicePublic)).x);
}, 'X25519 agrees on the secret of RFC 7748, section 6.1');

promise_test(async (t) => {
  const { privateKey } = await subtle.generateKey('X25519', false, ['deriveBits']);
  const zero = await subtle.importKey('raw', new Uint8Array(32), 'X25519', true, []);
  await promise_rejects_dom(t, 'OperationError', subtle.deriveBits({ name: 'X25519', public: zero }, privateKey, 256));
}, 'X25519 refuses a point of small order');

promise_test(async (t) => {
  const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
  const own = await subtle.importKey('pkcs8',
    bytes('3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420'
      + '7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534'), algorithm, false, ['deriveBits']);
  const peer = await subtle.importKey('raw',
    bytes('04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac'),
    algorithm, true, []);
  const derive = (length, other = peer) => subtle.deriveBits({ name: 'ECDH', public: other }, own, length);
  const all = '46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b';
  assert_equals(hex(await derive(null)), all);
  assert_equals(hex(await derive(128)), all.slice(0, 32));
  assert_array_equals(new Uint8Array(await derive(5)), [0x46 & 0xf8]);
  assert_equals((await derive(0)).byteLength, 0);
  await promise_rejects_dom(t, 'OperationError', derive(264));
  await promise_rejects_dom(t, 'InvalidAccessError', derive(256, own));
  await promise_rejects_js(t, TypeError, derive(256, null));
}, "ECDH gives the secret of NIST's first vector, its leftmost bits, and no more than there are");

for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
  promise_test(async (t) => {
    const make = () => subtle.generateKey({ name: 'ECDH', namedCurve }, false, ['deriveBits', 'deriveKey']);
    const [alice, bob] = [await make(), await make()];
    const a = await subtle.deriveBits({ name: 'ECDH', public: bob.publicKey }, alice.privateKey);
    const b = await subtle.deriveBits({ name: 'ecdh', public: alice.publicKey }, bob.privateKey, null);
    assert_equals(hex(a), hex(b));
    const other = await subtle.generateKey({ name: 'ECDH', namedCurve: namedCurve === 'P-256' ? 'P-384' : 'P-256' }, false, ['deriveBits']);
    await promise_rejects_dom(t, 'InvalidAccessError', subtle.deriveBits({ name: 'ECDH', public: other.publicKey }, alice.privateKey));
  }, `both sides of ECDH on ${namedCurve} agree, and curves do not mix`);
}

promise_test(async (t) => {
  const key = await secret('PBKDF2', utf8('password'));
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: utf8('salt'), iterations: 10 };
  const bits = hex(await subtle.deriveBits(algorithm, key, 1024));
  const derive = async (type, usages) => hex(await subtle.exportKey('raw', await subtle.deriveKey(algorithm, key, type, true, usages)));
  assert_equals(await derive({ name: 'AES-GCM', length: 192 }, ['encrypt']), bits.slice(0, 48));
  assert_equals(await derive({ name: 'HMAC', hash: 'SHA-256' }, ['sign']), bits.slice(0, 128));
  assert_equals(await derive({ name: 'HMAC', hash: 'SHA-512' }, ['sign']), bits);
  assert_equals(await derive({ name: 'HMAC', hash: 'SHA-1', length: 96 }, ['sign']), bits.slice(0, 24));
  await promise_rejects_dom(t, 'OperationError', derive({ name: 'AES-GCM', length: 100 }, ['encrypt']));
  await promise_rejects_dom(t, 'SyntaxError', derive({ name: 'AES-GCM', length: 128 }, []));
  await promise_rejects_dom(t, 'SyntaxError', derive({ name: 'AES-GCM', length: 128 }, ['sign']));
  await promise_rejects_js(t, TypeError, derive({ name: 'AES-GCM', length: 128 }, ['fly']));
}, 'deriveKey makes keys of the derived bits, as long as their algorithm asks');

promise_test(async (t) => {
  const key = await subtle.importKey('raw', utf8('password'), 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: utf8('salt'), iterations: 10 };
  await promise_rejects_dom(t, 'InvalidAccessError', subtle.deriveKey(algorithm, key, { name: 'AES-GCM', length: 128 }, true, ['encrypt']));
  await promise_rejects_dom(t, 'InvalidAccessError', subtle.deriveBits({ ...algorithm, name: 'HKDF', info: new Uint8Array() }, key, 256));
  await promise_rejects_dom(t, 'SyntaxError', subtle.importKey('raw', utf8('password'), 'PBKDF2', true, ['deriveBits']));
  await promise_rejects_dom(t, 'SyntaxError', subtle.importKey('raw', utf8('password'), 'HKDF', false, []));
}, 'a base key derives what its usages say, and is never extractable');

promise_test(async (t) => {
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const kw = await crypto.subtle.generateKey({ name: 'AES-KW', length: 256 }, false, ['wrapKey', 'unwrapKey']);
  const k = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
  const w = await crypto.subtle.wrapKey('raw', k, kw, 'AES-KW');
  const u = await crypto.subtle.unwrapKey('raw', w, kw, 'AES-KW', 'AES-GCM', true, ['decrypt']);
  assert_equals(hex(await crypto.subtle.exportKey('raw', u)), hex(await crypto.subtle.exportKey('raw', k)));
  const ec = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-384' }, true, ['deriveKey', 'deriveBits']);
  assert_equals((await crypto.subtle.deriveBits({ name: 'ECDH', public: ec.publicKey }, ec.privateKey, 384)).byteLength, 48);
  assert_equals((await crypto.subtle.deriveBits({ name: 'ECDH', public: ec.publicKey }, ec.privateKey, null)).byteLength, 48);
  await promise_rejects_dom(t, 'OperationError', crypto.subtle.deriveBits({ name: 'ECDH', public: ec.publicKey }, ec.privateKey, 392));
  const pw = await crypto.subtle.importKey('raw', new TextEncoder().encode('p'), 'PBKDF2', false, ['deriveKey', 'deriveBits']);
  const d = await crypto.subtle.deriveKey({ name: 'PBKDF2', salt: new Uint8Array(8), iterations: 10, hash: 'SHA-256' }, pw, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  assert_equals(d.algorithm.length, 512);
  await promise_rejects_dom(t, 'OperationError', crypto.subtle.deriveBits({ name: 'PBKDF2', salt: new Uint8Array(8), iterations: 0, hash: 'SHA-256' }, pw, 8));
  await promise_rejects_dom(t, 'OperationError', crypto.subtle.deriveBits({ name: 'PBKDF2', salt: new Uint8Array(8), iterations: 1, hash: 'SHA-256' }, pw, 7));
  await promise_rejects_dom(t, 'OperationError', crypto.subtle.deriveBits({ name: 'PBKDF2', salt: new Uint8Array(8), iterations: 1, hash: 'SHA-256' }, pw, null));
  await promise_rejects_dom(t, 'SyntaxError', crypto.subtle.importKey('raw', new Uint8Array(1), 'PBKDF2', true, ['deriveBits']));
}, 'keys are wrapped and derived, and lengths that do not fit refused');
