// flags: nodejs_compat
// Keys of pairs in node:crypto: https://nodejs.org/api/crypto.html#class-keyobject. The keys and what was made with them come from Node.
import { KeyObject, constants, createECDH, createHmac, createPrivateKey, createPublicKey, createSecretKey, createSign, createVerify, diffieHellman, ECDH, generateKey, generateKeyPair,
  generateKeyPairSync, generateKeySync, getCipherInfo, getCurves, getDiffieHellman, privateDecrypt, privateEncrypt, publicDecrypt, publicEncrypt, sign, verify, webcrypto } from 'node:crypto';
import { promisify } from 'node:util';

const fails = (code, f) => { try { f(); } catch (e) { assert_equals(e.code, code, `${e}`); return; } assert_unreached(`no ${code}`); };
const base64 = (text) => Buffer.from(text, 'base64');

const RSA = `-----BEGIN PRIVATE KEY-----
MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBALgmrDLYZR53Bjmi
9n3HpDbs7O+oR9djUQJ4U78lC6H1Y7QnwAmHxc2qgBZ5nE+VQhP8MwMOqOooVcKk
qweLRbataWznqTBzNnDz4YHeMgVwsKZpjNqXqBCGhFaA1wQ6CNM4wvP9FcSkk40+
O/o9+I314RzU0pBGrJGmjD27eXBVAgMBAAECgYEAsorkSAPgvpHeGkGzRS4sPAio
jJAW33DumTt6zwem6KdXvNMRcOwPzyDxQVk1QT/QqjnKZ7tt8GGdDLPFEvJoalaO
dsh2LvkpgodaB0X2b8F1wY9XSyT08bX7C6RHk9An8nn9XUw6+jLoS1hwnPb/a3zl
O67hiqwP6gKNIHODuP0CQQDztmWNyqHk1HnUJ0IBREFxLQkhId9lUM7jloVAMAmf
uEuvrv/J/DGrLLuIJIx8kM/q47TetVkbzehMyqrldWlDAkEAwW+D4WXButTe4vxV
OWe4rWUm3obsd0uGjQ2VLSfSlbj76hQIh/KDIxlFHrvyb8Y1vXiVTE6xLyNWeGhN
Izd6hwJAIPhR8May9CQSfzL4aPd06vyuuX69nBU8h+l7CV32T1c9Vf0UuZyWk5Ov
oxFeuBNXLW20sFRUQ8CtZoYcbIJfxQJAUm2JvkfVWR8S55jtXCv1x3XeLV9DbsZx
TLQoCHj6xLByMNpelEfkV9WR3bnrYnQNPHMg88ZovJSLaX3QuRwQCwJBAISrCXRI
yVN78fGm0KcvVl5oLm+hB6l577KHVndR4pFKYkDSmd65l9/CrUPc5azDvIao18zF
/ni4TWa3S0KHvs8=
-----END PRIVATE KEY-----
`;
const RSA_PKCS1 = `-----BEGIN RSA PRIVATE KEY-----
MIICXQIBAAKBgQC4Jqwy2GUedwY5ovZ9x6Q27OzvqEfXY1ECeFO/JQuh9WO0J8AJ
h8XNqoAWeZxPlUIT/DMDDqjqKFXCpKsHi0W2rWls56kwczZw8+GB3jIFcLCmaYza
l6gQhoRWgNcEOgjTOMLz/RXEpJONPjv6PfiN9eEc1NKQRqyRpow9u3lwVQIDAQAB
AoGBALKK5EgD4L6R3hpBs0UuLDwIqIyQFt9w7pk7es8HpuinV7zTEXDsD88g8UFZ
NUE/0Ko5yme7bfBhnQyzxRLyaGpWjnbIdi75KYKHWgdF9m/BdcGPV0sk9PG1+wuk
R5PQJ/J5/V1MOvoy6EtYcJz2/2t85Tuu4YqsD+oCjSBzg7j9AkEA87Zljcqh5NR5
1CdCAURBcS0JISHfZVDO45aFQDAJn7hLr67/yfwxqyy7iCSMfJDP6uO03rVZG83o
TMqq5XVpQwJBAMFvg+FlwbrU3uL8VTlnuK1lJt6G7HdLho0NlS0n0pW4++oUCIfy
gyMZRR678m/GNb14lUxOsS8jVnhoTSM3eocCQCD4UfDGsvQkEn8y+Gj3dOr8rrl+
vZwVPIfpewld9k9XPVX9FLmclpOTr6MRXrgTVy1ttLBUVEPArWaGHGyCX8UCQFJt
ib5H1VkfEueY7Vwr9cd13i1fQ27GcUy0KAh4+sSwcjDaXpRH5FfVkd2562J0DTxz
IPPGaLyUi2l90LkcEAsCQQCEqwl0SMlTe/HxptCnL1ZeaC5voQepee+yh1Z3UeKR
SmJA0pneuZffwq1D3OWsw7yGqNfMxf54uE1mt0tCh77P
-----END RSA PRIVATE KEY-----
`;
const RSA_PUBLIC = `-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC4Jqwy2GUedwY5ovZ9x6Q27Ozv
qEfXY1ECeFO/JQuh9WO0J8AJh8XNqoAWeZxPlUIT/DMDDqjqKFXCpKsHi0W2rWls
56kwczZw8+GB3jIFcLCmaYzal6gQhoRWgNcEOgjTOMLz/RXEpJONPjv6PfiN9eEc
1NKQRqyRpow9u3lwVQIDAQAB
-----END PUBLIC KEY-----
`;
const RSA_PUBLIC_PKCS1 = `-----BEGIN RSA PUBLIC KEY-----
MIGJAoGBALgmrDLYZR53Bjmi9n3HpDbs7O+oR9djUQJ4U78lC6H1Y7QnwAmHxc2q
gBZ5nE+VQhP8MwMOqOooVcKkqweLRbataWznqTBzNnDz4YHeMgVwsKZpjNqXqBCG
hFaA1wQ6CNM4wvP9FcSkk40+O/o9+I314RzU0pBGrJGmjD27eXBVAgMBAAE=
-----END RSA PUBLIC KEY-----
`;
const RSA_ENCRYPTED = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIIC3TBXBgkqhkiG9w0BBQ0wSjApBgkqhkiG9w0BBQwwHAQIHHZIzLjtrpgCAggA
MAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBBEcJQjH9g3B7+AYbKHYS+xBIIC
gLQuyX0ce0DlWJ58KCqcMdexY7FU0U1h778dsJVBRtdlchFy6XyIkG+dSv8TQ7dV
HsC4hHCVV2UmsXEhW62tvk8cVG64UstapheMTQhYd6TLYpq9JZIDmpDQtZKirZ84
yWJUUdF9fn8aXyO7vwZnRZLITwpL7+VsU6fsXYe9jhaK+SuN/2ix4664VfujGXlx
hHoPAUZfgY2G5kBbTglCDUCed64jJt+uXLGlbzUOcoB9IswrW/HemsiMeRdMLtq5
lpV3j4+13z8Hi0V1K063tChgy+Usnwuf6z5plRgMo6+B5lAcNA6XHsvU7PmlLd2V
+1GeWk6IYJOWMflKKdn3aMBNFKTTuh7WgflNkMbc5g/iV8JAUDrNGj5SsI0RC5WA
PS9ZulwuStHEZAPpuYnu9zZoV5i+oHWtGElOX5uiDoU83i4T0sSVhRh6m3nGHJcI
99RgzJl/uiiLzpwmBUPHRBCLLqMgL7gxHRzarj585ZF/SPEe/sGAbFzVwHWyA+qH
VIoMbQ5gYAruYc5+VpMUJZXC+tDkdgKBTgtiowHqCxZOMJMthW298dWiLbBwZ2YY
y+AqmeEf4pZ/ihjFNwzZsUTVWKWFXkdeI4Tsz3Br/akqlSbOVuBc3uWuzJgreRZZ
2vGtG9tuc++9nFCDwiWoaU6BVfH55CighwtcJourYu6q54xKzgrsLzkk8ZOkPkSK
7Llux3MKcqGhoyU2JxZU3PNCfLpPfNjvIJONEODVVOIYr1O5InZYQZYngdPpXsPw
G/x5PPJQVdhZZBH75KJZAB5bI2GQOltjAPdCi0ASwiFyF0qipJ0SfVsIte9lOEM2
GgPhvO5qSIkCtJz6D9XyQIs=
-----END ENCRYPTED PRIVATE KEY-----
`;
const EC = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg14PdVsZinQ6QWaSb
NV7+c52deq0Rwz73Rlq8lCaA5C+hRANCAAS9dSErfaSVzof6kn6T0EKwqY+TAEtq
RUSfRcjzut6UM6zSVtDKntuH3ruCfsuQX3tSqDXAVkZXf3FSWOCJlpNv
-----END PRIVATE KEY-----
`;
const EC_SEC1 = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEINeD3VbGYp0OkFmkmzVe/nOdnXqtEcM+90ZavJQmgOQvoAoGCCqGSM49
AwEHoUQDQgAEvXUhK32klc6H+pJ+k9BCsKmPkwBLakVEn0XI87relDOs0lbQyp7b
h967gn7LkF97Uqg1wFZGV39xUljgiZaTbw==
-----END EC PRIVATE KEY-----
`;
const EC_PUBLIC = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEvXUhK32klc6H+pJ+k9BCsKmPkwBL
akVEn0XI87relDOs0lbQyp7bh967gn7LkF97Uqg1wFZGV39xUljgiZaTbw==
-----END PUBLIC KEY-----
`;

test(() => {
  const key = createPrivateKey(RSA);
  assert_true(key instanceof KeyObject);
  assert_equals(`${key.type} ${key.asymmetricKeyType} ${key.symmetricKeySize}`, 'private rsa undefined');
  assert_equals(key.asymmetricKeyDetails.modulusLength, 1024);
  assert_equals(key.asymmetricKeyDetails.publicExponent, 65537n);
  assert_equals(key.export({ format: 'pem', type: 'pkcs8' }), RSA);
  assert_equals(key.export({ format: 'pem', type: 'pkcs1' }), RSA_PKCS1);
  assert_true(createPrivateKey(RSA_PKCS1).equals(key));
  assert_true(createPrivateKey({ key: RSA_ENCRYPTED, passphrase: 'secret words' }).equals(key));
  assert_true(createPrivateKey({ key: key.export({ format: 'der', type: 'pkcs1' }), format: 'der', type: 'pkcs1' }).equals(key));
  assert_true(createPrivateKey({ key: key.export({ format: 'jwk' }), format: 'jwk' }).equals(key));
  const pub = createPublicKey(RSA);
  assert_equals(pub.export({ format: 'pem', type: 'spki' }), RSA_PUBLIC);
  assert_equals(pub.export({ format: 'pem', type: 'pkcs1' }), RSA_PUBLIC_PKCS1);
  for (const other of [RSA_PUBLIC, RSA_PUBLIC_PKCS1, Buffer.from(RSA_PUBLIC), key, { key: pub.export({ format: 'der', type: 'spki' }), format: 'der', type: 'spki' }]) {
    assert_true(createPublicKey(other).equals(pub));
  }
  assert_array_equals(Object.keys(pub.export({ format: 'jwk' })), ['kty', 'n', 'e']);
}, 'RSA keys are read and written in PEM, DER and JWK');

test(() => {
  const key = createPrivateKey(EC);
  assert_equals(`${key.asymmetricKeyType} ${key.asymmetricKeyDetails.namedCurve}`, 'ec prime256v1');
  assert_equals(key.export({ format: 'pem', type: 'pkcs8' }), EC);
  assert_equals(key.export({ format: 'pem', type: 'sec1' }), EC_SEC1);
  assert_true(createPrivateKey(EC_SEC1).equals(key));
  assert_equals(createPublicKey(EC_SEC1).export({ format: 'pem', type: 'spki' }), EC_PUBLIC);
  const jwk = key.export({ format: 'jwk' });
  assert_equals(`${jwk.kty} ${jwk.crv}`, 'EC P-256');
  assert_true(createPrivateKey({ key: jwk, format: 'jwk' }).equals(key));
}, 'keys of curves are read and written in PEM and JWK');

test(() => {
  const sealed = createPrivateKey(RSA).export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'p' });
  assert_true(sealed.startsWith('-----BEGIN ENCRYPTED PRIVATE KEY-----\n'));
  assert_true(createPrivateKey({ key: sealed, passphrase: 'p' }).equals(createPrivateKey(RSA)));
  fails('ERR_OSSL_UNSUPPORTED', () => createPrivateKey({ key: sealed, passphrase: 'q' }));
  assert_throws_js(Error, () => createPrivateKey(sealed));
}, 'a private key is written under a passphrase');

test(() => {
  fails('ERR_OSSL_UNSUPPORTED', () => createPublicKey('x'));
  fails('ERR_OSSL_UNSUPPORTED', () => createPrivateKey('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'));
  fails('ERR_OSSL_UNSUPPORTED', () => createPrivateKey({ key: Buffer.alloc(40, 0x30), format: 'der', type: 'pkcs8' }));
  fails('ERR_INVALID_ARG_TYPE', () => createPrivateKey(undefined));
  fails('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', () => createPrivateKey(RSA_PUBLIC));
  fails('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', () => createPublicKey(createPublicKey(RSA)));
  fails('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', () => sign('sha256', 'a', createPublicKey(RSA)));
  fails('ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', () => createHmac('sha256', createPublicKey(RSA)));
  fails('ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', () => createPublicKey(RSA).export({ format: 'pem', type: 'pkcs8' }));
  fails('ERR_INVALID_ARG_TYPE', () => createPublicKey(RSA).export());
  fails('ERR_INVALID_ARG_TYPE', () => createPublicKey(RSA).equals({}));
  assert_throws_js(TypeError, () => new KeyObject('secret', Buffer.alloc(1)));
}, 'what is no key is refused');

test(() => {
  assert_equals(sign('sha256', 'a message', RSA).toString('base64'), 'kueo+eAzYARpe1O86fFiBIgN/+ERWuqArPHZZc9/MfWZADn5168zooc+4ZCJXocth4j32jfoSywkqjmvTPyPrMk8g1+yioH3bMal47EfIJaWw8jc0UuqGmZqn6A7rTlS8lR21FXYNCKYGD4V6kgqcljMP4W2JEmAap27wecMk/Y=');
  assert_equals(sign('sha512-224', Buffer.from('a message'), createPrivateKey(RSA)).toString('base64'), 'K+k9683nItwvVVfCUrCgClhs3NVWi3vR1ajqxOFStWZCGYyAJJooTV26DpVYyL801bzTj8HfmNhn1g2LrLBObdXIpX4izMyv+qBJYlrwOYrtrACLYAI2hviIye4K4+wJDuT575+H4nSYHJU0PcyxetBdr6aV0l24ZP5yXjz4Gx0=');
  assert_equals(createSign('RSA-SHA256').update('a ').update('message').sign(RSA, 'base64'), 'kueo+eAzYARpe1O86fFiBIgN/+ERWuqArPHZZc9/MfWZADn5168zooc+4ZCJXocth4j32jfoSywkqjmvTPyPrMk8g1+yioH3bMal47EfIJaWw8jc0UuqGmZqn6A7rTlS8lR21FXYNCKYGD4V6kgqcljMP4W2JEmAap27wecMk/Y=');
  assert_true(createVerify('sha256').update('a message').verify(RSA_PUBLIC, 'kueo+eAzYARpe1O86fFiBIgN/+ERWuqArPHZZc9/MfWZADn5168zooc+4ZCJXocth4j32jfoSywkqjmvTPyPrMk8g1+yioH3bMal47EfIJaWw8jc0UuqGmZqn6A7rTlS8lR21FXYNCKYGD4V6kgqcljMP4W2JEmAap27wecMk/Y=', 'base64'));
  assert_false(createVerify('sha256').update('another').verify(RSA_PUBLIC, 'kueo+eAzYARpe1O86fFiBIgN/+ERWuqArPHZZc9/MfWZADn5168zooc+4ZCJXocth4j32jfoSywkqjmvTPyPrMk8g1+yioH3bMal47EfIJaWw8jc0UuqGmZqn6A7rTlS8lR21FXYNCKYGD4V6kgqcljMP4W2JEmAap27wecMk/Y=', 'base64'));
  const streamed = createVerify('sha256');
  streamed.write('a mess');
  streamed.end('age');
  assert_true(streamed.verify(RSA, 'kueo+eAzYARpe1O86fFiBIgN/+ERWuqArPHZZc9/MfWZADn5168zooc+4ZCJXocth4j32jfoSywkqjmvTPyPrMk8g1+yioH3bMal47EfIJaWw8jc0UuqGmZqn6A7rTlS8lR21FXYNCKYGD4V6kgqcljMP4W2JEmAap27wecMk/Y=', 'base64'));
  assert_false(verify('sha256', 'a message', RSA_PUBLIC, Buffer.alloc(3)));
}, 'RSASSA-PKCS1-v1_5 signs as Node does');

for (const [salt, signature] of [[0, 'I1tDisrJ30z8gDEXded3mQPo5NRdV5VJzwQPkakWdfFdNNqPRclsm0wUvuvqqCBGHcP94v83oYbtoFe88kZmGN6AJJnP0QNeAJEz7DGphDYQRTWR5pG8ZHBf9/PZLcgVuVZEbZdA7lz1cfbHjYEHgErSTsoMcq44lQbuUatxh3k='], [20, 'Gpeoc9jLZQsg+6Uzy+XlUZypaqh3TTEFwUBCPmmFuu+OVViGbH9ppsmXKg9KZUuNy2xI44dAlmCvHEF+qfYZhJbuNB6+FK827Di/lXxlIv+3FBgFKd88BqOq6sJ0BwnOfUiHSEP+oaFIvlHS08Dsvgg24snzOgX1N4SSh4+j30w='], [-1, 'GRATVwJNqp3EWr7etFM66KP2QgDQKUE3meOBliQDA98xF+B3l1tQrDlSy1774ik67a86Kxx/iLbfad9fI03qOznMRK423o8p1L+4w9Yuabyh8eXovGz8o0eqWYcA+/V2SIScAKEBZrLbZLejTV3Ev5E1XND+In7ordKFS4hCoUg='], [-2, 'Fbutg1ylY3yCzFmRr7xJstcFJ1STZuzNokX4m1bk5qyvVNrAlBQYHqhkb427Lh63oM3yOPr1I+gk1JpaUju+rozpWnzTmBFraiXVKXnGMwH/0s2aGNv+bK8ylRm2474JYLgfXqNdRhOjFVGW/xctKYI/jX1MiLYQfp0kEDU//u0=']]) {
  test(() => {
    const pss = (saltLength) => ({ key: RSA_PUBLIC, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
    assert_true(verify('sha256', 'a message', pss(undefined), base64(signature)));
    assert_true(verify('sha256', 'a message', pss(salt), base64(signature)));
    assert_false(verify('sha256', 'a message', pss(33), base64(signature)));
    assert_false(verify('sha256', 'a messagf', pss(undefined), base64(signature)));
    assert_true(verify('sha256', 'b', pss(salt), sign('sha256', 'b', { ...pss(salt), key: RSA })));
  }, `RSASSA-PSS with a salt of ${salt}`);
}

test(() => {
  assert_true(verify('sha384', 'a message', EC_PUBLIC, base64('MEYCIQCnq16wPWxWdH6OMN/B5jVM8DRFcLeRE6652ixLw/RfcgIhAMqNHR7+SJOzUj4+ZYEvdmg2569R9aiKwaPAvSZib2UQ')));
  assert_true(verify('sha256', 'a message', { key: EC_PUBLIC, dsaEncoding: 'ieee-p1363' }, base64('2lPA+iLFvI+mw+Y4aTMclvQM4YrUsoBmwfHZXEHaZKlMh6Z/FrqzTkdD4cPfxxhXEEX+dqYtpoZb5mkQz/OiFA==')));
  assert_false(verify('sha256', 'a message', EC_PUBLIC, base64('2lPA+iLFvI+mw+Y4aTMclvQM4YrUsoBmwfHZXEHaZKlMh6Z/FrqzTkdD4cPfxxhXEEX+dqYtpoZb5mkQz/OiFA==')));
  assert_equals(sign('sha256', 'b', { key: EC, dsaEncoding: 'ieee-p1363' }).length, 64);
  assert_true(createVerify('sha1').update('b').verify(EC_SEC1, createSign('sha1').update('b').sign(EC)));
}, 'ECDSA signs in DER and as r and s');

promise_test(async () => {
  // RFC 8032, section 7.1, test 1
  const key = createPrivateKey({ key: Buffer.from('302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex'), format: 'der', type: 'pkcs8' });
  assert_equals(key.asymmetricKeyType, 'ed25519');
  const signature = sign(null, '', key);
  assert_equals(signature.toString('hex'),
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b');
  assert_true(verify(undefined, Buffer.alloc(0), createPublicKey(key), signature));
  assert_equals((await promisify(sign)(null, Buffer.alloc(0), key)).toString('hex'), signature.toString('hex'));
  assert_true(await promisify(verify)(null, '', key, signature));
  assert_throws_js(Error, () => sign('sha256', '', key));
  assert_equals(key.export({ format: 'jwk' }).x, '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
}, 'Ed25519 signs without a digest');

test(() => {
  assert_equals(privateDecrypt({ key: RSA, oaepHash: 'sha256', oaepLabel: Buffer.from('label') }, base64('RfCmXLouCaDBEx20zYNXZbJ02/gNimVJrr+0ORtEKnGXDs5VH/VuyfnzHJu5NzZOeuvKhXLGiHRPo576u/H4qltE1SoqLxgp5jR69dXc7lWMAfuyfhQ+JC8G9y6UB1wqxEVEMj5fGoVv7Tcy1pH9rh/gGXpCppBj5NCSsubyLS0=')).toString(), 'secret');
  assert_equals(privateDecrypt(RSA, base64('nu+sZ69G238Xeax+UNd/x5fuS5IKxQ4+zzGz1tAZ3v2/nrdbKPoLS3q6OUmVqsFnrU3uuwydRn8C/YUL21H0lySD8VNe2XrEYEUj8BLCgzeAKFdisM6NETTpSsZ5w1HKrSHJ+QPq9Hqk24//74u2Cz/1IwULukU4nQoatcTI0V8=')).toString(), 'secret');
  assert_equals(privateDecrypt({ key: RSA, padding: constants.RSA_PKCS1_PADDING }, base64('lWf7/0wBsNEHRPV8vlmmMealgDXiv/WraKSx4mw9uaIqtjEGGNc/fApMJB167T+GIiNuF9ygL2gx1LqteAU0wdHt1GT6x3mpfqhfT1ctlao8IB3AVTyCP+g4sg+/m3V6qZEjpmkOLDpO4Z5PXNTu1bBW6sONAJTOIk6yFZre3b8=')).toString(), 'secret');
  assert_equals(publicDecrypt(RSA_PUBLIC, base64('lF9h/rf7D9P2NgQf1D8OvPWoqkvKGQG1A6c2dSgD3lopP/xjR4GXe9rSnfcObo3Ez7u8CyVjxEmWXOArCSa6hRI1zPItcIJy4OANk6mcKH1JyD7VFS3l022tnguO8AzoJUe3tQIfexy0vnwAZaiERRhBPgl9GgThc8H/D5kJ7jA=')).toString(), 'stated');
  assert_equals(privateEncrypt(RSA, Buffer.from('stated')).toString('base64'), 'lF9h/rf7D9P2NgQf1D8OvPWoqkvKGQG1A6c2dSgD3lopP/xjR4GXe9rSnfcObo3Ez7u8CyVjxEmWXOArCSa6hRI1zPItcIJy4OANk6mcKH1JyD7VFS3l022tnguO8AzoJUe3tQIfexy0vnwAZaiERRhBPgl9GgThc8H/D5kJ7jA=');
  assert_equals(privateDecrypt(RSA, publicEncrypt(RSA_PUBLIC, Buffer.from('again'))).toString(), 'again');
  assert_throws_js(Error, () => privateDecrypt(RSA, Buffer.alloc(128)));
  assert_throws_js(Error, () => publicEncrypt(RSA_PUBLIC, Buffer.alloc(200)));
  assert_throws_js(Error, () => publicEncrypt(EC_PUBLIC, Buffer.alloc(2)));
}, 'RSA encrypts with OAEP and PKCS #1');

test(() => {
  const own = createECDH('secp384r1'), other = createECDH('secp384r1');
  own.setPrivateKey('099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655e35b538041e649ee3faef896783ab194', 'hex');
  assert_equals(own.getPublicKey('hex', 'compressed'), '02667842d7d180ac2cde6f74f37551f55755c7645c20ef73e31634fe72b4c55ee6de3ac808acb4bdb4c88732aee95f41aa');
  assert_equals(own.getPublicKey('hex', 'hybrid').slice(0, 6), '066678');
  assert_equals(own.computeSecret('038543d5ed5e8acdf48bf926d8c3e495aeac673c70a95b66db9396382496d718ad09fbc9ff0fa4c9c90bc46f9ea6367d8c', 'hex', 'hex'), '92d7ac6fcca0ea3c74f520322310898bd9435a0beb4060e391cadc776582dee2f9a4d9d77b5c2b2270bcc1f89edf52ff');
  other.setPrivateKey('cb1f2a', 'hex');
  assert_equals(other.computeSecret(own.getPublicKey(), null, 'hex'), '92d7ac6fcca0ea3c74f520322310898bd9435a0beb4060e391cadc776582dee2f9a4d9d77b5c2b2270bcc1f89edf52ff');
  assert_equals(ECDH.convertKey('038543d5ed5e8acdf48bf926d8c3e495aeac673c70a95b66db9396382496d718ad09fbc9ff0fa4c9c90bc46f9ea6367d8c', 'secp384r1', 'hex', 'hex', 'uncompressed'), other.getPublicKey('hex'));
  const made = createECDH('prime256v1');
  assert_equals(made.generateKeys().length, 65);
  assert_equals(made.getPrivateKey().length, 32);
  fails('ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY', () => made.computeSecret(Buffer.alloc(65, 4)));
  assert_throws_js(Error, () => createECDH('prime256v1').getPrivateKey());
  assert_throws_js(Error, () => made.setPrivateKey(Buffer.alloc(32)));
  fails('ERR_CRYPTO_INVALID_CURVE', () => createECDH('secp256k1'));
  assert_true(getCurves().includes('secp521r1'));
}, 'createECDH agrees as Node does');

promise_test(async () => {
  const a = generateKeyPairSync('x25519'), b = await promisify(generateKeyPair)('x25519');
  const secret = diffieHellman({ privateKey: a.privateKey, publicKey: b.publicKey });
  assert_equals(secret.length, 32);
  assert_true(secret.equals(diffieHellman({ privateKey: b.privateKey, publicKey: a.publicKey })));
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-521' });
  assert_equals(diffieHellman({ privateKey: ec.privateKey, publicKey: ec.publicKey }).length, 66);
  fails('ERR_CRYPTO_INCOMPATIBLE_KEY', () => diffieHellman({ privateKey: a.privateKey, publicKey: ec.publicKey }));
  assert_throws_js(Error, () => diffieHellman({ privateKey: ec.privateKey, publicKey: createPublicKey(EC) }));
  await new Promise((resolve) => generateKeyPair('ed25519', {}, (error, publicKey, privateKey) => resolve(assert_true(verify(null, 'a', publicKey, sign(null, 'a', privateKey))))));
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'der' } });
  assert_true(rsa.publicKey.startsWith('-----BEGIN PUBLIC KEY-----') && Buffer.isBuffer(rsa.privateKey));
  assert_true(verify('sha256', 'a', rsa.publicKey, sign('sha256', 'a', { key: rsa.privateKey, format: 'der', type: 'pkcs8' })));
  fails('ERR_CRYPTO_INVALID_CURVE', () => generateKeyPairSync('ec', { namedCurve: 'x' }));
  fails('ERR_INVALID_ARG_VALUE', () => generateKeyPairSync('nope'));
  fails('ERR_OUT_OF_RANGE', () => generateKeyPairSync('rsa', { modulusLength: 1e6 }));
  assert_throws_js(TypeError, () => generateKeyPair('ed25519', {}));
}, 'pairs are generated and agree');

promise_test(async () => {
  assert_equals(generateKeySync('aes', { length: 192 }).symmetricKeySize, 24);
  assert_equals((await promisify(generateKey)('hmac', { length: 64 })).export().length, 8);
  fails('ERR_INVALID_ARG_VALUE', () => generateKeySync('aes', { length: 8 }));
  assert_true(createSecretKey('a', 'utf8').equals(createSecretKey(Buffer.from('a'))));
  assert_equals(createSecretKey('a', 'utf8').asymmetricKeyType, undefined);
  const own = await webcrypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  assert_equals(KeyObject.from(own).symmetricKeySize, 64);
  const hidden = await webcrypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt']);
  assert_throws_dom('InvalidAccessError', () => KeyObject.from(hidden));
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const signature = sign('sha256', 'a', { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
  assert_true(await webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, pair.publicKey, signature, Buffer.from('a')));
}, 'secret keys, and keys of crypto.subtle that may be exported');

test(() => {
  assert_equals(JSON.stringify(getCipherInfo('aes-256-gcm')), '{"mode":"gcm","name":"aes-256-gcm","keyLength":32,"ivLength":12}');
  assert_equals(getCipherInfo('aes-128-cbc', { keyLength: 8 }), undefined);
  assert_equals(getCipherInfo('none'), undefined);
  fails('ERR_CRYPTO_UNKNOWN_DH_GROUP', () => getDiffieHellman('modp99'));
}, 'ciphers are described, and groups that are not known are refused');
