import { AutoRouter, StatusError, cors, error, html, json, withContent } from 'itty-router';

const { preflight, corsify } = cors({ origin: 'https://app.example' });
const router = AutoRouter({
  before: [preflight, (request) => { request.seen = ['before']; }],
  catch: (e) => error(e.status ?? 500, e.message),
  finally: [corsify],
});

router
  .get('/', () => 'text')
  .get('/things/:id', ({ params, query, seen }) => ({ id: params.id, query, seen }))
  .get('/greedy/:path+', ({ params }) => params.path)
  .get('/optional/:a?', ({ params }) => json({ a: params.a ?? null }, { status: 202 }))
  .get('/page', () => html('<p>page</p>'))
  .post('/content', withContent, ({ content }) => ({ got: content }))
  .get('/refused', () => { throw new StatusError(403, 'refused'); })
  .all('/any', ({ method }) => method);

export default { fetch: (request, ...rest) => router.fetch(request, ...rest) };
