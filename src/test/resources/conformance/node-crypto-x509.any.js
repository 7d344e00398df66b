// flags: nodejs_compat
// crypto.X509Certificate: https://nodejs.org/api/crypto.html#class-x509certificate. The certificates are of this test alone; no key of theirs is kept.
import { X509Certificate, createPublicKey, generateKeyPairSync } from 'node:crypto';

const AUTHORITY = `-----BEGIN CERTIFICATE-----
MIIBvjCCAWWgAwIBAgIUEvH43/4AJpWUMapFAyXC73sjCA4wCgYIKoZIzj0EAwIw
NTELMAkGA1UEBhMCREUxFDASBgNVBAoMC1NrZXJyeSBUZXN0MRAwDgYDVQQDDAdU
ZXN0IENBMB4XDTI2MTEyNjA2MTAwMVoXDTM2MTEyMzA2MTAwMVowNTELMAkGA1UE
BhMCREUxFDASBgNVBAoMC1NrZXJyeSBUZXN0MRAwDgYDVQQDDAdUZXN0IENBMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEzW5T+baDbRlUuEhEpnEtTM6soSts+xe9
FvGlXooKgiibVZQG/X0rtHjv/RyjhLhHwkdAqrulQ/oHaoC8/7k9x6NTMFEwHQYD
VR0OBBYEFH2x0YBdFnibzhe6g5VSa4cwnzIkMB8GA1UdIwQYMBaAFH2x0YBdFnib
zhe6g5VSa4cwnzIkMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIg
dtcDUEMxC7w9o32YGpU48jqKftARY0zIT+K5gjP/Jd4CIAoqYgJ9sCMVbZR80t9E
zMPhqdPp7rNeY5oVyY/DESoe
-----END CERTIFICATE-----
`;
const SERVER = `-----BEGIN CERTIFICATE-----
MIIDbzCCAxWgAwIBAgIUYPxvjZCFrQtjPGiwWL1R3FNxaJcwCgYIKoZIzj0EAwIw
NTELMAkGA1UEBhMCREUxFDASBgNVBAoMC1NrZXJyeSBUZXN0MRAwDgYDVQQDDAdU
ZXN0IENBMB4XDTI2MTEyNjA2MTAwMVoXDTM1MDIxMjA2MTAwMVowbzELMAkGA1UE
BhMCREUxETAPBgNVBAgMCEjDpG1idXJnMQ0wCwYDVQQKDARBLCBCMQowCAYDVQQL
DAF4MRQwEgYDVQQDDAtleGFtcGxlLm9yZzEcMBoGCSqGSIb3DQEJARYNYUBleGFt
cGxlLm9yZzCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAO+Tsa/Cwrbg
VCVyatd3JYDKz1ZZjbDVG1zxSw/vnULslCqzHLCYDCrU0JTfgUDEmB9SrT208pbL
fRYDfACHdGgc4UxlrQe1QwMUHgcdSLnucPKYkTLnPyUJD3Th3NQFmk+rLqKWok+4
4WMELmrMvlH5mvsG3xRnAYEVK4yACPDqR7hw2LJBSOUkIj9FMIr39Q85p4BrcFSt
hK7D7ERlAQ+g92EmqND4qih0rWbz4PT6GeMDmRu6UPp8SwWZOXd9MHqXue0fQrr1
+QRZBDaEKlzhcnDHz2IGFp4AVPjxZfxKIcXQOU2dSD7S0COBGIwRbsvzZY/7XVsc
SfrNvfDrI08CAwEAAaOB/TCB+jBXBgNVHREEUDBOggtleGFtcGxlLm9yZ4INKi5l
eGFtcGxlLm9yZ4cEfwAAAYcQIAENuAAAAAAAAAAAAAAAAYENbUBleGFtcGxlLm9y
Z4YJaHR0cDovL3UvMB0GA1UdJQQWMBQGCCsGAQUFBwMBBggrBgEFBQcDAjBABggr
BgEFBQcBAQQ0MDIwGAYIKwYBBQUHMAGGDGh0dHA6Ly9vY3NwLzAWBggrBgEFBQcw
AoYKaHR0cDovL2NhLzAdBgNVHQ4EFgQUtMZ2zqhECIpGOPuZ/fm79XQwuhUwHwYD
VR0jBBgwFoAUfbHRgF0WeJvOF7qDlVJrhzCfMiQwCgYIKoZIzj0EAwIDSAAwRQIg
PpGhEE0igM1VtqznL6GsYrI2ZzMCsf3ODODLv1EZMK4CIQDmNv/rL31riMMevPu1
/gE8ralaWsnCYT730fpWHLgAdA==
-----END CERTIFICATE-----
`;
const authority = new X509Certificate(AUTHORITY), server = new X509Certificate(Buffer.from(SERVER));

for (const [name, value] of Object.entries({
  subject: "C=DE\nST=H\u00e4mburg\nO=A\\, B\nOU=x\nCN=example.org\nemailAddress=a@example.org",
  issuer: "C=DE\nO=Skerry Test\nCN=Test CA",
  subjectAltName: "DNS:example.org, DNS:*.example.org, IP Address:127.0.0.1, IP Address:2001:DB8:0:0:0:0:0:1, email:m@example.org, URI:http://u/",
  infoAccess: "OCSP - URI:http://ocsp/\nCA Issuers - URI:http://ca/",
  validFrom: "Nov 26 06:10:01 2026 GMT",
  validTo: "Feb 12 06:10:01 2035 GMT",
  serialNumber: "60FC6F8D9085AD0B633C68B058BD51DC53716897",
  fingerprint256: "35:92:21:62:92:C4:C4:86:37:21:AA:7D:A5:71:01:99:FD:B9:83:CC:DE:07:D1:7F:99:50:2A:FF:39:80:A0:7D",
  ca: false,
})) {
  test(() => { assert_equals(server[name], value); }, `${name} is told`);
}

test(() => {
  assert_equals(server.keyUsage.join(), '1.3.6.1.5.5.7.3.1,1.3.6.1.5.5.7.3.2');
  assert_equals(server.publicKey.asymmetricKeyType, 'rsa');
  assert_true(server.publicKey.equals(createPublicKey(SERVER)));
  assert_equals(authority.publicKey.asymmetricKeyDetails.namedCurve, 'prime256v1');
  assert_true(authority.ca && authority.subjectAltName === undefined && authority.keyUsage === undefined);
  assert_equals(`${server}`, SERVER);
  assert_equals(JSON.stringify({ server }), JSON.stringify({ server: SERVER }));
  assert_equals(new X509Certificate(server.raw).fingerprint, server.fingerprint);
  assert_equals(server.validToDate.getTime() - server.validFromDate.getTime(), 3000 * 86_400_000);
}, 'its key, its uses and what it is written as');

test(() => {
  assert_true(server.verify(authority.publicKey) && authority.verify(authority.publicKey));
  assert_false(server.verify(server.publicKey) || server.verify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey));
  assert_true(server.checkIssued(authority) && !authority.checkIssued(server));
  assert_false(server.checkPrivateKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey));
}, 'who issued it');

test(() => {
  assert_equals(server.checkHost('example.org'), 'example.org');
  assert_equals(server.checkHost('A.example.org'), '*.example.org');
  assert_equals(server.checkHost('a.b.example.org'), undefined);
  assert_equals(server.checkHost('a.example.org', { wildcards: false }), undefined);
  assert_equals(authority.checkHost('test ca'), 'Test CA');
  assert_equals(server.checkEmail('m@EXAMPLE.org'), 'm@EXAMPLE.org');
  assert_equals(server.checkEmail('a@example.org'), undefined);
  assert_equals(server.checkEmail('a@example.org', { subject: 'always' }), 'a@example.org');
  assert_equals(server.checkIP('2001:db8:0::1'), '2001:db8:0::1');
  assert_equals(server.checkIP('127.0.0.2'), undefined);
}, 'whom it names');

test(() => {
  const { subject, modulus, bits, exponent, ext_key_usage } = server.toLegacyObject(), curve = authority.toLegacyObject();
  assert_equals([subject.CN, subject.O, modulus.length, bits, exponent, ext_key_usage.length].join(), 'example.org,A, B,512,2048,0x10001,2');
  assert_equals([curve.bits, curve.asn1Curve, curve.nistCurve, curve.pubkey.length, 'infoAccess' in curve].join(), '256,prime256v1,P-256,65,false');
}, 'the older form of it');

test(() => {
  for (const [bad, code] of [['x', 'ERR_OSSL_PEM_NO_START_LINE'], [Buffer.from([0x30, 3, 1]), 'ERR_OSSL_ASN1_PARSE'], [Buffer.from([0x30, 0]), 'ERR_OSSL_ASN1_PARSE'], [Buffer.from([0x30, 0x84, 255, 255, 255, 255]), 'ERR_OSSL_ASN1_PARSE'],
    [3, 'ERR_INVALID_ARG_TYPE']]) {
    try { new X509Certificate(bad); } catch (error) { assert_equals(error.code, code); continue; }
    assert_unreached(`no ${code}`);
  }
}, 'what is no certificate is refused');
