// https://w3c.github.io/webcrypto/#SubtleCrypto-method-sign; vectors of RFC 4231, 6979, 7515, 8032 and 8037
const { subtle } = crypto;
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
const utf8 = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const base64url = (text) => {
  const bits = Array.from(text, (c) => DIGITS.indexOf(c).toString(2).padStart(6, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g), (byte) => parseInt(byte, 2));
};
const JWS_PAYLOAD = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';

for (const [hash, key, text, expected] of [
  ['SHA-256', '0b'.repeat(20), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  ['SHA-384', '0b'.repeat(20), 'Hi There', 'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6'],
  ['SHA-512', '0b'.repeat(20), 'Hi There', '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854'],
  ['SHA-1', '0b'.repeat(20), 'Hi There', 'b617318655057264e28bc0b6fb378c8ef146be00'],
  ['SHA-256', hex(utf8('Jefe')), 'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
]) {
  promise_test(async () => {
    const k = await subtle.importKey('raw', bytes(key), { name: 'HMAC', hash }, false, ['sign', 'verify']);
    const signature = await subtle.sign('HMAC', k, utf8(text));
    assert_equals(hex(signature), expected);
    assert_true(await subtle.verify('HMAC', k, signature, utf8(text)));
    assert_false(await subtle.verify('HMAC', k, signature, utf8(`${text}!`)));
    assert_false(await subtle.verify('HMAC', k, signature.slice(1), utf8(text)));
  }, `HMAC with ${hash} of '${text}' gives the published code`);
}

const RSA = {
  kty: 'RSA',
  n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
  e: 'AQAB',
  d: 'Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ',
  p: '4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc',
  q: 'uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc',
  dp: 'BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-FOKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0',
  dq: 'h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU',
  qi: 'IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ3ydy5cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U',
};
const RSA_PUBLIC = { kty: RSA.kty, n: RSA.n, e: RSA.e };
const rsa = async (name, hash, usages = ['sign', 'verify']) => ({
  privateKey: await subtle.importKey('jwk', RSA, { name, hash }, true, [usages[0]]),
  publicKey: await subtle.importKey('jwk', RSA_PUBLIC, { name, hash }, true, [usages[1]]),
});

promise_test(async () => {
  const { privateKey, publicKey } = await rsa('RSASSA-PKCS1-v1_5', 'SHA-256');
  const data = utf8(`eyJhbGciOiJSUzI1NiJ9.${JWS_PAYLOAD}`);
  const expected = base64url('cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw');
  assert_equals(hex(await subtle.sign('RSASSA-PKCS1-v1_5', privateKey, data)), hex(expected));
  assert_true(await subtle.verify('RSASSA-PKCS1-v1_5', publicKey, expected, data));
  assert_false(await subtle.verify('RSASSA-PKCS1-v1_5', publicKey, expected.subarray(1), data));
  assert_false(await subtle.verify('RSASSA-PKCS1-v1_5', publicKey, expected, data.subarray(1)));
}, 'RSASSA-PKCS1-v1_5 gives the signature of RFC 7515, appendix A.2');

for (const hash of ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']) {
  promise_test(async () => {
    const data = utf8('message');
    for (const name of ['RSASSA-PKCS1-v1_5', 'RSA-PSS']) {
      const { privateKey, publicKey } = await rsa(name, hash);
      const signature = await subtle.sign({ name, saltLength: 20 }, privateKey, data);
      assert_equals(signature.byteLength, 256);
      assert_true(await subtle.verify({ name, saltLength: 20 }, publicKey, signature, data), name);
      new Uint8Array(signature)[255] ^= 1;
      assert_false(await subtle.verify({ name, saltLength: 20 }, publicKey, signature, data), name);
    }
    const { privateKey, publicKey } = await rsa('RSA-OAEP', hash, ['decrypt', 'encrypt']);
    for (const label of [undefined, utf8('label')]) {
      const sealed = await subtle.encrypt({ name: 'RSA-OAEP', label }, publicKey, data);
      assert_equals(hex(await subtle.decrypt({ name: 'RSA-OAEP', label }, privateKey, sealed)), hex(data));
    }
  }, `RSA with ${hash} signs, verifies, encrypts and decrypts`);
}

promise_test(async (t) => {
  const { privateKey, publicKey } = await rsa('RSA-PSS', 'SHA-256');
  const data = utf8('message');
  const signature = await subtle.sign({ name: 'RSA-PSS', saltLength: 32 }, privateKey, data);
  assert_false(await subtle.verify({ name: 'RSA-PSS', saltLength: 20 }, publicKey, signature, data));
  assert_not_equals(hex(signature), hex(await subtle.sign({ name: 'RSA-PSS', saltLength: 32 }, privateKey, data)));
  assert_equals(hex(await subtle.sign({ name: 'RSA-PSS', saltLength: 0 }, privateKey, data)), hex(await subtle.sign({ name: 'RSA-PSS', saltLength: 0 }, privateKey, data)));
  for (const saltLength of [300, 4294967295]) await promise_rejects_dom(t, 'OperationError', subtle.sign({ name: 'RSA-PSS', saltLength }, privateKey, data));
  await promise_rejects_js(t, TypeError, subtle.sign('RSA-PSS', privateKey, data));
}, 'RSA-PSS salts its signatures with saltLength bytes');

promise_test(async (t) => {
  const { privateKey, publicKey } = await rsa('RSA-OAEP', 'SHA-256', ['decrypt', 'encrypt']);
  const sealed = await subtle.encrypt('RSA-OAEP', publicKey, utf8('message'));
  await promise_rejects_dom(t, 'OperationError', subtle.decrypt({ name: 'RSA-OAEP', label: utf8('other') }, privateKey, sealed));
  await promise_rejects_dom(t, 'OperationError', subtle.encrypt('RSA-OAEP', publicKey, new Uint8Array(191)));
  assert_equals((await subtle.encrypt('RSA-OAEP', publicKey, new Uint8Array(190))).byteLength, 256);
  await promise_rejects_dom(t, 'InvalidAccessError', subtle.encrypt('RSA-OAEP', privateKey, new Uint8Array(1)));
}, 'RSA-OAEP refuses a wrong label and data that does not fit');

promise_test(async () => {
  const jwk = { kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' };
  const key = await subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  const signature = base64url('DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q');
  const data = utf8(`eyJhbGciOiJFUzI1NiJ9.${JWS_PAYLOAD}`);
  assert_true(await subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, data));
  assert_false(await subtle.verify({ name: 'ECDSA', hash: 'SHA-512' }, key, signature, data));
  for (const wrong of [signature.subarray(1), new Uint8Array(64), new Uint8Array(0), new Uint8Array(64).fill(255)]) {
    assert_false(await subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, wrong, data));
  }
}, 'ECDSA verifies the signature of RFC 7515, appendix A.3, and no malformed one');

promise_test(async () => {
  const point = bytes('0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299');
  const key = await subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
  const signature = bytes('efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8');
  assert_true(await subtle.verify({ name: 'ECDSA', hash: { name: 'SHA-256' } }, key, signature, utf8('sample')));
}, 'ECDSA verifies the signature of RFC 6979, appendix A.2.5');

for (const [namedCurve, size] of [['P-256', 64], ['P-384', 96], ['P-521', 132]]) {
  promise_test(async () => {
    const { publicKey, privateKey } = await subtle.generateKey({ name: 'ECDSA', namedCurve }, false, ['sign', 'verify']);
    for (const hash of ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']) {
      const signature = await subtle.sign({ name: 'ECDSA', hash }, privateKey, utf8('message'));
      assert_equals(signature.byteLength, size);
      assert_true(await subtle.verify({ name: 'ECDSA', hash }, publicKey, signature, utf8('message')));
      assert_false(await subtle.verify({ name: 'ECDSA', hash }, publicKey, signature, utf8('massage')));
    }
  }, `ECDSA on ${namedCurve} makes signatures r || s of ${size} bytes`);
}

for (const [seed, point, message, expected] of [
  ['9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
  ['4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
]) {
  promise_test(async () => {
    const privateKey = await subtle.importKey('pkcs8', bytes(`302e020100300506032b657004220420${seed}`), 'Ed25519', true, ['sign']);
    const publicKey = await subtle.importKey('raw', bytes(point), { name: 'ed25519' }, true, ['verify']);
    const signature = await subtle.sign('Ed25519', privateKey, bytes(message));
    assert_equals(hex(signature), expected);
    assert_true(await subtle.verify('Ed25519', publicKey, signature, bytes(message)));
    assert_false(await subtle.verify('Ed25519', publicKey, signature, bytes('00')));
    assert_false(await subtle.verify('Ed25519', publicKey, signature.slice(1), bytes(message)));
    assert_false(await subtle.verify('Ed25519', publicKey, new Uint8Array(64).fill(255), bytes(message)));
    const { x } = await subtle.exportKey('jwk', privateKey);
    assert_equals(hex(base64url(x)), point);
  }, `Ed25519 gives the signature of RFC 8032 for '${message}', and the public key`);
}

promise_test(async (t) => {
  const { publicKey, privateKey } = await subtle.generateKey('Ed25519', false, ['sign', 'verify']);
  await promise_rejects_dom(t, 'InvalidAccessError', subtle.sign('Ed25519', publicKey, new Uint8Array()));
  await promise_rejects_dom(t, 'InvalidAccessError', subtle.verify('Ed25519', privateKey, new Uint8Array(64), new Uint8Array()));
  await promise_rejects_dom(t, 'NotSupportedError', subtle.sign('AES-GCM', privateKey, new Uint8Array()));
}, 'a public key does not sign, a private one does not verify');

// https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#footnote-1
promise_test(async (t) => {
  const { subtle } = crypto, algorithm = { name: 'NODE-ED25519', namedCurve: 'NODE-ED25519' }, data = new Uint8Array(3);
  const pair = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  assert_equals(JSON.stringify(pair.publicKey.algorithm), JSON.stringify(algorithm));
  const signature = await subtle.sign('NODE-ED25519', pair.privateKey, data);
  const raw = await subtle.exportKey('raw', pair.publicKey), pkcs8 = await subtle.exportKey('pkcs8', pair.privateKey);
  assert_equals((await subtle.exportKey('jwk', pair.publicKey)).crv, 'Ed25519');
  const key = await subtle.importKey('raw', raw, { ...algorithm, public: true }, true, ['verify']);
  assert_true(await subtle.verify(algorithm, key, signature, data));
  assert_false(await subtle.verify('node-ed25519', key, signature, new Uint8Array(4)));
  const secret = await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']), same = await subtle.importKey('raw', raw, 'Ed25519', true, ['verify']);
  assert_true(await subtle.verify('Ed25519', same, await subtle.sign(algorithm, secret, data), data));
  await promise_rejects_js(t, TypeError, subtle.generateKey('NODE-ED25519', true, ['sign']));
  await promise_rejects_dom(t, 'NotSupportedError', subtle.importKey('raw', raw, { name: 'NODE-ED25519', namedCurve: 'Ed25519' }, true, ['verify']));
}, 'Ed25519 has an older name, with a curve');
