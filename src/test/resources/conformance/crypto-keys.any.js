// https://w3c.github.io/webcrypto/#SubtleCrypto-method-importKey, exportKey, generateKey, wrapKey and unwrapKey
const { subtle } = crypto;
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
const utf8 = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const RSA = { modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' };
const PAIRS = [
  [{ name: 'RSASSA-PKCS1-v1_5', ...RSA }, ['sign'], ['verify'], ['spki', 'jwk'], 'RS256'],
  [{ name: 'RSA-PSS', ...RSA, hash: 'SHA-384' }, ['sign'], ['verify'], ['spki', 'jwk'], 'PS384'],
  [{ name: 'RSA-OAEP', ...RSA, hash: 'SHA-1' }, ['decrypt', 'unwrapKey'], ['encrypt', 'wrapKey'], ['spki', 'jwk'], 'RSA-OAEP'],
  [{ name: 'ECDSA', namedCurve: 'P-256' }, ['sign'], ['verify'], ['raw', 'spki', 'jwk'], undefined],
  [{ name: 'ECDSA', namedCurve: 'P-384' }, ['sign'], ['verify'], ['raw', 'spki', 'jwk'], undefined],
  [{ name: 'ECDH', namedCurve: 'P-521' }, ['deriveKey', 'deriveBits'], [], ['raw', 'spki', 'jwk'], undefined],
  [{ name: 'Ed25519' }, ['sign'], ['verify'], ['raw', 'spki', 'jwk'], 'Ed25519'],
  [{ name: 'X25519' }, ['deriveKey', 'deriveBits'], [], ['raw', 'spki', 'jwk'], undefined],
];
const same = (a, b) => a instanceof ArrayBuffer ? assert_equals(hex(a), hex(b)) : assert_equals(JSON.stringify(a), JSON.stringify(b));

for (const [algorithm, privateUsages, publicUsages, publicFormats, alg] of PAIRS) {
  const title = `${algorithm.name} ${algorithm.namedCurve ?? ''}`.trim();
  promise_test(async (t) => {
    const { publicKey, privateKey } = await subtle.generateKey(algorithm, true, [...publicUsages, ...privateUsages]);
    assert_equals(publicKey.type, 'public');
    assert_equals(privateKey.type, 'private');
    assert_array_equals(publicKey.usages, publicUsages);
    assert_array_equals(privateKey.usages, privateUsages);
    for (const format of publicFormats) {
      const exported = await subtle.exportKey(format, publicKey);
      if (format === 'jwk') {
        assert_equals(exported.alg, alg);
        assert_equals(exported.ext, true);
        assert_array_equals(exported.key_ops, publicUsages);
        assert_equals(exported.d, undefined);
      }
      const imported = await subtle.importKey(format, exported, algorithm, true, publicUsages);
      assert_equals(JSON.stringify(imported.algorithm), JSON.stringify(publicKey.algorithm));
      same(await subtle.exportKey(format, imported), exported);
    }
    for (const format of ['pkcs8', 'jwk']) {
      const exported = await subtle.exportKey(format, privateKey);
      const imported = await subtle.importKey(format, exported, algorithm, true, privateUsages);
      assert_equals(JSON.stringify(imported.algorithm), JSON.stringify(privateKey.algorithm));
      same(await subtle.exportKey(format, imported), exported);
      same(await subtle.exportKey('jwk', imported), await subtle.exportKey('jwk', privateKey));
    }
    await promise_rejects_dom(t, 'InvalidAccessError', subtle.exportKey('pkcs8', publicKey));
    await promise_rejects_dom(t, 'InvalidAccessError', subtle.exportKey('spki', privateKey));
  }, `keys of ${title} survive every format`);

  promise_test(async (t) => {
    await promise_rejects_dom(t, 'SyntaxError', subtle.generateKey(algorithm, true, []));
    await promise_rejects_dom(t, 'SyntaxError', subtle.generateKey(algorithm, true, publicUsages));
    const wrong = privateUsages.includes('sign') ? 'encrypt' : 'sign';
    await promise_rejects_dom(t, 'SyntaxError', subtle.generateKey(algorithm, true, [...privateUsages, wrong]));
    await promise_rejects_js(t, TypeError, subtle.generateKey(algorithm, true, ['Sign']));
  }, `keys of ${title} are not generated with usages that they cannot have, nor with none`);

  promise_test(async (t) => {
    const { publicKey, privateKey } = await subtle.generateKey(algorithm, false, privateUsages);
    assert_true(publicKey.extractable);
    assert_false(privateKey.extractable);
    await subtle.exportKey('spki', publicKey);
    await promise_rejects_dom(t, 'InvalidAccessError', subtle.exportKey('pkcs8', privateKey));
    await promise_rejects_dom(t, 'InvalidAccessError', subtle.exportKey('jwk', privateKey));
  }, `a private key of ${title} that is not extractable stays inside, its public key not`);
}

promise_test(async () => {
  const { publicKey } = await subtle.generateKey({ name: 'rsa-pss', ...RSA }, true, ['sign']);
  assert_equals(publicKey.algorithm.name, 'RSA-PSS');
  assert_equals(publicKey.algorithm.modulusLength, 1024);
  assert_array_equals(publicKey.algorithm.publicExponent, [1, 0, 1]);
  assert_equals(publicKey.algorithm.hash.name, 'SHA-256');
  assert_equals(publicKey.algorithm, publicKey.algorithm);
  assert_equals(publicKey.usages, publicKey.usages);
  assert_class_string(publicKey, 'CryptoKey');
}, 'an RSA key tells its modulus length, exponent and hash');

promise_test(async (t) => {
  const generate = (more) => subtle.generateKey({ name: 'RSA-PSS', ...RSA, ...more }, true, ['sign']);
  await promise_rejects_dom(t, 'OperationError', generate({ publicExponent: new Uint8Array([1]) }));
  await promise_rejects_dom(t, 'OperationError', generate({ publicExponent: new Uint8Array([]) }));
  await promise_rejects_dom(t, 'OperationError', generate({ modulusLength: 1 }));
  for (const modulusLength of [65536, 4294967295]) await promise_rejects_dom(t, 'OperationError', generate({ modulusLength }));
  await promise_rejects_dom(t, 'OperationError', subtle.generateKey({ name: 'HMAC', hash: 'SHA-1', length: 4294967295 }, true, ['sign']));
  await promise_rejects_js(t, TypeError, generate({ publicExponent: [1, 0, 1] }));
  await promise_rejects_dom(t, 'NotSupportedError', generate({ hash: 'MD4' }));
  await promise_rejects_dom(t, 'NotSupportedError', subtle.generateKey({ name: 'ECDSA', namedCurve: 'K-256' }, true, ['sign']));
  await promise_rejects_dom(t, 'NotSupportedError', subtle.generateKey('PBKDF2', true, ['deriveBits']));
  await promise_rejects_js(t, TypeError, subtle.generateKey({ name: 'ECDSA' }, true, ['sign']));
  await promise_rejects_dom(t, 'OperationError', subtle.generateKey({ name: 'AES-GCM', length: 129 }, true, ['encrypt']));
  await promise_rejects_js(t, TypeError, subtle.generateKey({ name: 'AES-GCM', length: 65536 }, true, ['encrypt']));
}, 'keys are generated with the parameters of the specification alone');

for (const [hash, bits, alg] of [['SHA-1', 512, 'HS1'], ['SHA-256', 512, 'HS256'], ['SHA-384', 1024, 'HS384'], ['SHA-512', 1024, 'HS512']]) {
  promise_test(async (t) => {
    const key = await subtle.generateKey({ name: 'HMAC', hash }, true, ['sign', 'verify']);
    assert_equals(key.algorithm.length, bits);
    assert_equals((await subtle.exportKey('raw', key)).byteLength, bits / 8);
    const jwk = await subtle.exportKey('jwk', key);
    assert_equals(jwk.alg, alg);
    const imported = await subtle.importKey('jwk', jwk, { name: 'HMAC', hash }, true, ['sign']);
    assert_equals(hex(await subtle.exportKey('raw', imported)), hex(await subtle.exportKey('raw', key)));
    const odd = await subtle.importKey('raw', new Uint8Array(4).fill(255), { name: 'HMAC', hash, length: 27 }, true, ['sign']);
    assert_equals(odd.algorithm.length, 27);
    assert_equals(hex(await subtle.exportKey('raw', odd)), 'ffffffe0');
    for (const length of [24, 33, 4294967295]) {
      await promise_rejects_dom(t, 'DataError', subtle.importKey('raw', new Uint8Array(4), { name: 'HMAC', hash, length }, true, ['sign']));
    }
    await promise_rejects_dom(t, 'DataError', subtle.importKey('raw', new Uint8Array(), { name: 'HMAC', hash }, true, ['sign']));
    await promise_rejects_dom(t, 'OperationError', subtle.generateKey({ name: 'HMAC', hash, length: 0 }, true, ['sign']));
  }, `HMAC keys with ${hash} have ${bits} bits unless asked otherwise`);
}

promise_test(async (t) => {
  const aes = (jwk, usages = ['encrypt'], extractable = true) => subtle.importKey('jwk', jwk, 'AES-GCM', extractable, usages);
  const jwk = { kty: 'oct', k: 'AAECAwQFBgcICQoLDA0ODw', alg: 'A128GCM', ext: true, use: 'enc', key_ops: ['encrypt', 'decrypt'] };
  assert_equals(hex(await subtle.exportKey('raw', await aes(jwk))), '000102030405060708090a0b0c0d0e0f');
  assert_equals(hex(await subtle.exportKey('raw', await aes({ kty: 'oct', k: jwk.k }))), '000102030405060708090a0b0c0d0e0f');
  for (const wrong of [{ kty: 'RSA' }, { kty: undefined }, { k: undefined }, { k: 'AA' }, { k: 'a+b/' }, { k: `${jwk.k}==` }, { alg: 'A256GCM' },
    { alg: 'A128CBC' }, { use: 'sig' }, { key_ops: ['decrypt'] }, { key_ops: ['encrypt', 'encrypt'] }, { ext: false }]) {
    await promise_rejects_dom(t, 'DataError', aes({ ...jwk, ...wrong }), JSON.stringify(wrong));
  }
  await aes({ ...jwk, ext: false }, ['encrypt'], false);
  await promise_rejects_js(t, TypeError, aes(new Uint8Array(16)));
  await promise_rejects_js(t, TypeError, aes('{}'));
  await promise_rejects_js(t, TypeError, subtle.importKey('raw', jwk, 'AES-GCM', true, ['encrypt']));
}, 'a JWK must agree with the import in all its fields');

promise_test(async (t) => {
  const { publicKey, privateKey } = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const [own, other] = [await subtle.exportKey('jwk', privateKey), await subtle.exportKey('jwk', (await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])).privateKey)];
  const load = (jwk, usages = ['sign'], namedCurve = 'P-256') => subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve }, true, usages);
  await promise_rejects_dom(t, 'DataError', load({ ...own, d: other.d }));
  await promise_rejects_dom(t, 'DataError', load({ ...own, y: other.y }));
  await promise_rejects_dom(t, 'DataError', load({ ...own, x: undefined }));
  await promise_rejects_dom(t, 'DataError', load({ ...own, crv: 'P-384' }));
  await promise_rejects_dom(t, 'DataError', load({ ...own, alg: 'ES384' }));
  await promise_rejects_dom(t, 'DataError', load({ ...own, d: `AA${own.d}` }));
  await promise_rejects_dom(t, 'SyntaxError', load(own, []));
  await promise_rejects_dom(t, 'SyntaxError', load(own, ['verify']));
  const spki = await subtle.exportKey('spki', publicKey);
  const importSpki = (data, algorithm) => subtle.importKey('spki', data, algorithm, true, ['verify']);
  await promise_rejects_dom(t, 'DataError', importSpki(spki, { name: 'ECDSA', namedCurve: 'P-384' }));
  await promise_rejects_dom(t, 'DataError', importSpki(spki, { name: 'RSA-PSS', hash: 'SHA-256' }));
  await promise_rejects_dom(t, 'DataError', importSpki(spki, 'Ed25519'));
  await promise_rejects_dom(t, 'DataError', importSpki(spki.slice(1), { name: 'ECDSA', namedCurve: 'P-256' }));
  await promise_rejects_dom(t, 'DataError', importSpki(new Uint8Array(), { name: 'ECDSA', namedCurve: 'P-256' }));
  const raw = new Uint8Array(await subtle.exportKey('raw', publicKey));
  raw[64] ^= 1;
  await promise_rejects_dom(t, 'DataError', subtle.importKey('raw', raw, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']));
}, 'an EC key must be of its curve, and its parts must belong together');

promise_test(async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const { publicKey } = await subtle.generateKey(algorithm, true, ['sign']);
  const raw = new Uint8Array(await subtle.exportKey('raw', publicKey));
  const compressed = new Uint8Array([2 + (raw[64] & 1), ...raw.subarray(1, 33)]);
  const spki = bytes(`3039301306072a8648ce3d020106082a8648ce3d030107032200${hex(compressed)}`);
  assert_equals(hex(await subtle.exportKey('raw', await subtle.importKey('raw', compressed, algorithm, true, ['verify']))), hex(raw));
  assert_equals(hex(await subtle.exportKey('raw', await subtle.importKey('spki', spki, algorithm, true, ['verify']))), hex(raw));
}, 'compressed points are taken, and exported uncompressed');

promise_test(async (t) => {
  const { privateKey } = await subtle.generateKey({ name: 'RSA-PSS', ...RSA }, true, ['sign']);
  const jwk = await subtle.exportKey('jwk', privateKey);
  const load = (more) => subtle.importKey('jwk', { ...jwk, ...more }, { name: 'RSA-PSS', hash: 'SHA-256' }, true, ['sign']);
  for (const wrong of [{ alg: 'PS384' }, { alg: 'RS256' }, { p: jwk.q }, { d: jwk.dp }, { qi: undefined }, { n: jwk.d }, { e: 'Aw' }]) {
    await promise_rejects_dom(t, 'DataError', load(wrong), JSON.stringify(wrong));
  }
  await promise_rejects_dom(t, 'NotSupportedError', load({ oth: [] }));
  await promise_rejects_dom(t, 'NotSupportedError', subtle.exportKey('raw', privateKey));
}, 'the numbers of an RSA key must belong together');

promise_test(async (t) => {
  const aes = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  await promise_rejects_dom(t, 'NotSupportedError', subtle.exportKey('spki', aes));
  await promise_rejects_js(t, TypeError, subtle.exportKey('pem', aes));
  await promise_rejects_js(t, TypeError, subtle.exportKey('raw', {}));
  await promise_rejects_js(t, TypeError, subtle.exportKey('raw', Object.create(CryptoKey.prototype)));
  await promise_rejects_dom(t, 'NotSupportedError', subtle.importKey('spki', new Uint8Array(), 'AES-GCM', true, ['encrypt']));
  await promise_rejects_dom(t, 'NotSupportedError', subtle.importKey('raw', new Uint8Array(), { name: 'RSA-PSS', hash: 'SHA-1' }, true, ['verify']));
  await promise_rejects_dom(t, 'DataError', subtle.importKey('raw', new Uint8Array(15), 'AES-GCM', true, ['encrypt']));
  await promise_rejects_dom(t, 'SyntaxError', subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', true, []));
  const base = await subtle.importKey('raw', utf8('x'), 'HKDF', false, ['deriveBits']);
  await promise_rejects_dom(t, 'NotSupportedError', subtle.exportKey('raw', base));
}, 'keys are exported and imported in the formats of their kind');

for (const format of ['raw', 'jwk', 'pkcs8']) {
  promise_test(async (t) => {
    const gcm = { name: 'AES-GCM', iv: new Uint8Array(12) };
    const wrapping = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey']);
    const type = format === 'pkcs8' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: 'HMAC', hash: 'SHA-256' };
    const generated = await subtle.generateKey(type, true, ['sign', 'verify']);
    const key = generated.privateKey ?? generated;
    const wrapped = await subtle.wrapKey(format, key, wrapping, gcm);
    const unwrapped = await subtle.unwrapKey(format, wrapped, wrapping, gcm, type, true, ['sign']);
    same(await subtle.exportKey(format === 'jwk' ? 'raw' : format, unwrapped), await subtle.exportKey(format === 'jwk' ? 'raw' : format, key));
    const inside = await subtle.unwrapKey(format, wrapped, wrapping, gcm, type, false, ['sign']);
    await promise_rejects_dom(t, 'InvalidAccessError', subtle.exportKey('jwk', inside));
    await promise_rejects_dom(t, 'InvalidAccessError', subtle.wrapKey(format, inside, wrapping, gcm));
    await promise_rejects_dom(t, 'InvalidAccessError', subtle.encrypt(gcm, wrapping, new Uint8Array()));
    await promise_rejects_dom(t, 'OperationError', subtle.unwrapKey(format, wrapped.slice(1), wrapping, gcm, type, true, ['sign']));
  }, `a key is wrapped and unwrapped in the format ${format}, an inextractable one not`);
}

promise_test(async (t) => {
  const algorithm = { name: 'RSA-OAEP', ...RSA, modulusLength: 2048 };
  const { publicKey, privateKey } = await subtle.generateKey(algorithm, false, ['wrapKey', 'unwrapKey']);
  const key = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  const wrapped = await subtle.wrapKey('raw', key, publicKey, 'RSA-OAEP');
  const unwrapped = await subtle.unwrapKey('raw', wrapped, privateKey, 'RSA-OAEP', 'AES-GCM', true, ['encrypt']);
  same(await subtle.exportKey('raw', unwrapped), await subtle.exportKey('raw', key));
  const gcm = { name: 'AES-GCM', iv: new Uint8Array(12) };
  const secret = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'unwrapKey']);
  const notJson = await subtle.encrypt(gcm, secret, utf8('{'));
  await promise_rejects_dom(t, 'DataError', subtle.unwrapKey('jwk', notJson, secret, gcm, 'AES-GCM', true, ['encrypt']));
}, 'RSA-OAEP wraps a key; what is no JWK does not unwrap as one');

promise_test(async () => {
  const { includes } = Array.prototype;
  const key = await subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', false, ['encrypt']);
  key.usages.push('decrypt');
  key.algorithm.name = 'AES-CBC';
  Array.prototype.includes = () => true;
  try {
    const outcome = await subtle.exportKey('raw', key).then(() => 'exported', (error) => error.name);
    assert_equals(outcome, 'InvalidAccessError');
    const decrypted = await subtle.decrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, new Uint8Array(16)).then(() => 'decrypted', (error) => error.name);
    assert_equals(decrypted, 'InvalidAccessError');
  } finally {
    Array.prototype.includes = includes;
  }
}, 'neither patched built-ins nor changed attributes give a key more than it has');

promise_test(async (t) => {
  const key = await subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', false, ['encrypt']);
  const { copy } = structuredClone({ copy: key });
  assert_true(copy instanceof CryptoKey);
  assert_not_equals(copy, key);
  assert_equals(copy.algorithm.name, 'AES-GCM');
  assert_array_equals(copy.usages, ['encrypt']);
  const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };
  assert_equals(hex(await subtle.encrypt(algorithm, copy, utf8('x'))), hex(await subtle.encrypt(algorithm, key, utf8('x'))));
  await promise_rejects_dom(t, 'InvalidAccessError', subtle.exportKey('raw', copy));
}, 'a structured clone of a key is the same key with the same rights');

promise_test(async (t) => {
  const dom = (n, p) => promise_rejects_dom(t, n, p);
  await dom('SyntaxError', crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, []));
  await dom('SyntaxError', crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['sign']));
  await dom('OperationError', crypto.subtle.generateKey({ name: 'AES-GCM', length: 100 }, true, ['encrypt']));
  await dom('NotSupportedError', crypto.subtle.generateKey({ name: 'nope' }, true, ['encrypt']));
  await promise_rejects_js(t, TypeError, crypto.subtle.generateKey({ name: 'AES-GCM' }, true, ['encrypt']));
  await promise_rejects_js(t, TypeError, crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, true, ['nope']));
  await dom('DataError', crypto.subtle.importKey('raw', new Uint8Array(5), 'AES-CBC', true, ['encrypt']));
  await dom('DataError', crypto.subtle.importKey('raw', new Uint8Array(0), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']));
  await dom('SyntaxError', crypto.subtle.importKey('raw', new Uint8Array(16), 'AES-CBC', true, []));
  await dom('DataError', crypto.subtle.importKey('spki', new Uint8Array(20), { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']));
  await dom('DataError', crypto.subtle.importKey('jwk', { kty: 'oct' }, 'AES-CBC', true, ['encrypt']));
  await dom('DataError', crypto.subtle.importKey('jwk', { kty: 'oct', k: 'AAAAAAAAAAAAAAAAAAAAAA', alg: 'A256CBC' }, 'AES-CBC', true, ['encrypt']));
  await dom('DataError', crypto.subtle.importKey('jwk', { kty: 'oct', k: 'AAAAAAAAAAAAAAAAAAAAAA', ext: false }, 'AES-CBC', true, ['encrypt']));
  await dom('DataError', crypto.subtle.importKey('jwk', { kty: 'oct', k: 'AAAAAAAAAAAAAAAAAAAAAA', key_ops: ['decrypt'] }, 'AES-CBC', true, ['encrypt']));
  await dom('DataError', crypto.subtle.importKey('jwk', { kty: 'RSA', k: 'AAAA' }, 'AES-CBC', true, ['encrypt']));
  await promise_rejects_js(t, TypeError, crypto.subtle.importKey('jwk', new Uint8Array(16), 'AES-CBC', true, ['encrypt']));
  await promise_rejects_js(t, TypeError, crypto.subtle.importKey('raw', {}, 'AES-CBC', true, ['encrypt']));
  await promise_rejects_js(t, TypeError, crypto.subtle.importKey('nope', new Uint8Array(16), 'AES-CBC', true, ['encrypt']));
  const k = await crypto.subtle.importKey('raw', new Uint8Array(16), 'AES-CBC', false, ['encrypt']);
  await dom('InvalidAccessError', crypto.subtle.exportKey('raw', k));
  await dom('InvalidAccessError', crypto.subtle.decrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, k, new Uint8Array(16)));
  await dom('InvalidAccessError', crypto.subtle.encrypt({ name: 'AES-CTR', counter: new Uint8Array(16), length: 8 }, k, new Uint8Array(16)));
  await dom('OperationError', crypto.subtle.encrypt({ name: 'AES-CBC', iv: new Uint8Array(3) }, k, new Uint8Array(16)));
  await dom('NotSupportedError', crypto.subtle.digest('SHA-3', new Uint8Array(1)));
  await promise_rejects_js(t, TypeError, crypto.subtle.digest('SHA-1', 'text'));
  await promise_rejects_js(t, TypeError, crypto.subtle.sign('HMAC', {}, new Uint8Array(1)));
}, 'each wrong key, usage and parameter has its error');
