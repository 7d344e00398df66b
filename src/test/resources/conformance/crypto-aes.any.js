// https://w3c.github.io/webcrypto/#aes-cbc and on; vectors of NIST SP 800-38A, of the GCM specification (test case 4) and RFC 3394
const { subtle } = crypto;
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
const KEY = bytes('2b7e151628aed2a6abf7158809cf4f3c');
const TEXT = '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710';
const key = (name, usages = ['encrypt', 'decrypt'], raw = KEY) => subtle.importKey('raw', raw, name, true, usages);

promise_test(async (t) => {
  const algorithm = { name: 'AES-CBC', iv: bytes('000102030405060708090a0b0c0d0e0f') };
  const k = await key('AES-CBC');
  const sealed = await subtle.encrypt(algorithm, k, bytes(TEXT));
  assert_equals(sealed.byteLength, 80);
  assert_equals(hex(sealed).slice(0, 128), '7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7');
  assert_equals(hex(await subtle.decrypt(algorithm, k, sealed)), TEXT);
  new Uint8Array(sealed)[79] ^= 1;
  await promise_rejects_dom(t, 'OperationError', subtle.decrypt({ ...algorithm, iv: new Uint8Array(16) }, await key('AES-CBC', ['decrypt'], bytes('00'.repeat(16))), sealed));
  await promise_rejects_dom(t, 'OperationError', subtle.encrypt({ name: 'AES-CBC', iv: new Uint8Array(15) }, k, sealed));
  await promise_rejects_dom(t, 'OperationError', subtle.decrypt(algorithm, k, new Uint8Array(15)));
}, 'AES-CBC matches SP 800-38A, with padding, and refuses a wrong iv or padding');

const COUNTER = bytes('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff');
const CTR = '874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee';

promise_test(async () => {
  const algorithm = { name: 'AES-CTR', counter: COUNTER, length: 128 };
  const k = await key('AES-CTR');
  const sealed = await subtle.encrypt(algorithm, k, bytes(TEXT));
  assert_equals(hex(sealed), CTR);
  assert_equals(hex(await subtle.decrypt(algorithm, k, sealed)), TEXT);
  assert_equals(hex(await subtle.encrypt(algorithm, k, bytes(TEXT).subarray(0, 21))), CTR.slice(0, 42));
}, 'AES-CTR matches SP 800-38A');

promise_test(async (t) => {
  const k = await key('AES-CTR');
  const run = (counter, length, size) => subtle.encrypt({ name: 'AES-CTR', counter: bytes(counter), length }, k, new Uint8Array(size));
  const start = '000102030405060708090a0b0c0d0eff';
  const wrapped = await run(start, 8, 32);
  assert_equals(hex(wrapped).slice(32), hex(await run('000102030405060708090a0b0c0d0e00', 8, 16)));
  assert_not_equals(hex(wrapped).slice(32), hex(await run(start, 16, 32)).slice(32));
  assert_equals((await run(start, 1, 32)).byteLength, 32);
  await promise_rejects_dom(t, 'OperationError', run(start, 1, 33));
  await promise_rejects_dom(t, 'OperationError', run(start, 0, 16));
  await promise_rejects_dom(t, 'OperationError', run(start, 129, 16));
  await promise_rejects_dom(t, 'OperationError', run('00', 64, 16));
}, 'the counter of AES-CTR wraps within its length, and may not repeat');

const GCM_KEY = bytes('feffe9928665731c6d6a8f9467308308');
const GCM = { name: 'AES-GCM', iv: bytes('cafebabefacedbaddecaf888'), additionalData: bytes('feedfacedeadbeeffeedfacedeadbeefabaddad2') };
const GCM_TEXT = 'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39';
const GCM_SEALED = '42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091';
const GCM_TAG = '5bc94fbc3221a5db94fae95ae7121a47';

for (const tagLength of [32, 64, 96, 104, 112, 120, 128, undefined]) {
  promise_test(async (t) => {
    const k = await key('AES-GCM', ['encrypt', 'decrypt'], GCM_KEY);
    const algorithm = { ...GCM, tagLength };
    const sealed = await subtle.encrypt(algorithm, k, bytes(GCM_TEXT));
    assert_equals(hex(sealed), GCM_SEALED + GCM_TAG.slice(0, (tagLength ?? 128) / 4));
    assert_equals(hex(await subtle.decrypt(algorithm, k, sealed)), GCM_TEXT);
    for (const at of [0, sealed.byteLength - 1]) {
      const changed = new Uint8Array(sealed.slice());
      changed[at] ^= 1;
      await promise_rejects_dom(t, 'OperationError', subtle.decrypt(algorithm, k, changed));
    }
    await promise_rejects_dom(t, 'OperationError', subtle.decrypt({ ...algorithm, additionalData: undefined }, k, sealed));
    await promise_rejects_dom(t, 'OperationError', subtle.decrypt(algorithm, k, new Uint8Array(3)));
  }, `AES-GCM with a tag of ${tagLength ?? 'no stated'} bits matches the GCM specification and notices changes`);
}

promise_test(async (t) => {
  const k = await key('AES-GCM', ['encrypt', 'decrypt'], GCM_KEY);
  for (const size of [1, 8, 60]) {
    const algorithm = { name: 'AES-GCM', iv: new Uint8Array(size).fill(7) };
    assert_equals(hex(await subtle.decrypt(algorithm, k, await subtle.encrypt(algorithm, k, bytes(TEXT)))), TEXT);
  }
  await promise_rejects_dom(t, 'OperationError', subtle.encrypt({ ...GCM, tagLength: 127 }, k, new Uint8Array()));
  await promise_rejects_js(t, TypeError, subtle.encrypt({ ...GCM, tagLength: 256 }, k, new Uint8Array()));
  await promise_rejects_js(t, TypeError, subtle.encrypt({ name: 'AES-GCM' }, k, new Uint8Array()));
}, 'AES-GCM takes an iv of any length, and the tag lengths of the specification');

promise_test(async (t) => {
  const wrapping = await key('AES-KW', ['wrapKey', 'unwrapKey'], bytes('000102030405060708090a0b0c0d0e0f'));
  const inner = await key('AES-CBC', ['encrypt'], bytes('00112233445566778899aabbccddeeff'));
  const wrapped = await subtle.wrapKey('raw', inner, wrapping, 'AES-KW');
  assert_equals(hex(wrapped), '1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5');
  const unwrapped = await subtle.unwrapKey('raw', wrapped, wrapping, 'AES-KW', 'AES-CBC', true, ['decrypt']);
  assert_equals(hex(await subtle.exportKey('raw', unwrapped)), '00112233445566778899aabbccddeeff');
  new Uint8Array(wrapped)[0] ^= 1;
  await promise_rejects_dom(t, 'OperationError', subtle.unwrapKey('raw', wrapped, wrapping, 'AES-KW', 'AES-CBC', true, ['decrypt']));
}, 'AES-KW matches RFC 3394 and notices changes');

promise_test(async () => {
  for (const name of ['AES-CBC', 'AES-CTR', 'AES-GCM']) {
    for (const length of [128, 192, 256]) {
      const k = await subtle.generateKey({ name, length }, true, ['decrypt', 'encrypt']);
      assert_equals(k.type, 'secret');
      assert_equals(k.algorithm.length, length);
      assert_array_equals(k.usages, ['encrypt', 'decrypt']);
      const algorithm = { name, iv: new Uint8Array(16), counter: new Uint8Array(16), length: 64 };
      assert_equals(hex(await subtle.decrypt(algorithm, k, await subtle.encrypt(algorithm, k, bytes(TEXT)))), TEXT);
    }
  }
}, 'generated AES keys of every length encrypt and decrypt');

promise_test(async (t) => {
  const gcm = await key('AES-GCM', ['encrypt']), cbc = await key('AES-CBC');
  await promise_rejects_dom(t, 'InvalidAccessError', subtle.decrypt(GCM, gcm, new Uint8Array(20)));
  await promise_rejects_dom(t, 'InvalidAccessError', subtle.encrypt(GCM, cbc, new Uint8Array(20)));
  await promise_rejects_dom(t, 'NotSupportedError', subtle.encrypt('AES-KW', cbc, new Uint8Array(16)));
  await promise_rejects_js(t, TypeError, subtle.encrypt(GCM, {}, new Uint8Array(20)));
}, 'a key is used for its own algorithm and usages alone');
