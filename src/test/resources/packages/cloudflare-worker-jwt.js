import jwt from '@tsndr/cloudflare-worker-jwt';

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    const algorithm = searchParams.get('alg') ?? 'HS256';
    if (pathname === '/sign') {
      return new Response(await jwt.sign({ sub: 'ada', exp: Number(searchParams.get('exp')) }, 'a secret', { algorithm, header: { kid: 'k' } }));
    }
    const token = request.headers.get('authorization').slice('Bearer '.length);
    const { header, payload } = jwt.decode(token);
    const verified = await jwt.verify(token, searchParams.get('secret') ?? 'a secret', { algorithm });
    let error;
    try {
      await jwt.verify(token, searchParams.get('secret') ?? 'a secret', { algorithm, throwError: true });
    } catch (thrown) {
      error = thrown.message;
    }
    return Response.json({ header, payload, verified: verified !== undefined, error });
  },
};
