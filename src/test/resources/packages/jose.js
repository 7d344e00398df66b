import * as jose from 'jose';

const secret = new TextEncoder().encode('a secret of thirty-two bytes....');

async function signed(alg) {
  const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true });
  const token = await new jose.SignJWT({ scope: 'read' }).setProtectedHeader({ alg, kid: 'one' }).setIssuedAt().setIssuer('skerry').setAudience('tests')
    .setSubject('ada').setExpirationTime('5m').sign(privateKey);
  const set = jose.createLocalJWKSet({ keys: [{ ...await jose.exportJWK(publicKey), kid: 'one', alg, use: 'sig' }] });
  const { payload, protectedHeader } = await jose.jwtVerify(token, set, { issuer: 'skerry', audience: 'tests', subject: 'ada' });
  const imported = await jose.importSPKI(await jose.exportSPKI(publicKey), alg);
  await jose.jwtVerify(token, imported);
  const [head, body, signature] = token.split('.');
  const changed = await jose.jwtVerify(`${head}.${body}.${signature.slice(0, -8)}AAAAAAAA`, publicKey).then(() => 'accepted', (error) => error.code);
  return { alg: protectedHeader.alg, sub: payload.sub, scope: payload.scope, changed };
}

async function encrypted(alg, enc) {
  const key = alg === 'dir' ? jose.base64url.decode('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8') : undefined;
  const { publicKey, privateKey } = key === undefined ? await jose.generateKeyPair(alg) : { publicKey: key, privateKey: key };
  const token = await new jose.CompactEncrypt(new TextEncoder().encode('a message')).setProtectedHeader({ alg, enc }).encrypt(publicKey);
  const { plaintext } = await jose.compactDecrypt(token, privateKey);
  return new TextDecoder().decode(plaintext);
}

const paths = {
  '/sign': async ({ alg }) => signed(alg),
  '/encrypt': async ({ alg, enc }) => ({ text: await encrypted(alg, enc) }),
  '/issue': async () => ({ token: await new jose.SignJWT({ n: 1 }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(4_102_444_800).sign(secret) }),
  '/verify': async ({ token, ...options }) => (await jose.jwtVerify(token, secret, options)).payload,
  // The example of RFC 7638, section 3.1.
  '/thumbprint': async () => ({ thumbprint: await jose.calculateJwkThumbprint({
    kty: 'RSA', e: 'AQAB', alg: 'RS256', kid: '2011-04-29',
    n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  }) }),
};

export default {
  async fetch(request) {
    try {
      return Response.json(await paths[new URL(request.url).pathname](await request.json()));
    } catch (error) {
      return Response.json({ code: error.code, name: error.name, claim: error.claim, message: error.message }, { status: 401 });
    }
  },
};
