import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { deleteCookie, getCookie, setCookie, setSignedCookie, getSignedCookie } from 'hono/cookie';
import { cors } from 'hono/cors';
import { etag } from 'hono/etag';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { jwt, sign } from 'hono/jwt';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { stream, streamSSE } from 'hono/streaming';
import { validator } from 'hono/validator';

const app = new Hono();

app.use('/api/*', cors({ origin: 'https://app.example', allowMethods: ['GET', 'PUT'], maxAge: 600 }));
app.use('/private/*', basicAuth({ username: 'ada', password: 'lovelace' }));
app.use('/jwt/*', jwt({ secret: 'a secret', alg: 'HS256' }));
app.use('/tagged', etag());
app.use('*', requestId({ generator: () => 'request-1' }));
app.use('/secure', secureHeaders());
app.use('*', async (c, next) => {
  await next();
  c.header('x-order', `${c.res.headers.get('x-order') ?? ''}outer`);
});

app.get('/', (c) => c.text(`hello ${c.env.NAME}`));
app.get('/api/books/:id{[0-9]+}', (c) => c.json({ id: Number(c.req.param('id')), tags: c.req.queries('tag') ?? [], q: c.req.query('q') }));
app.get('/secure', (c) => c.text('secure'));
app.get('/files/*', (c) => c.text(c.req.path));
app.get('/private/page', (c) => c.text('private'));
app.get('/token', async (c) => c.text(await sign({ sub: 'ada', exp: 4_102_444_800 }, 'a secret')));
app.get('/jwt/claims', (c) => c.json(c.get('jwtPayload')));
app.get('/tagged', (c) => c.text('tagged body'));
app.get('/id', (c) => c.text(c.get('requestId')));
app.get('/page', (c) => c.html(html`<p>${'<b>&'}</p>`));
app.get('/cookies', async (c) => {
  setCookie(c, 'seen', 'yes', { httpOnly: true, secure: true, sameSite: 'Lax', maxAge: 60 });
  await setSignedCookie(c, 'signed', 'value', 'secret');
  deleteCookie(c, 'old');
  return c.json({ all: getCookie(c), signed: await getSignedCookie(c, 'secret', 'sent') });
});
app.post('/books', validator('json', (value, c) => {
  if (typeof value.title !== 'string') return c.json({ error: 'title must be a string' }, 422);
  return { title: value.title };
}), (c) => c.json(c.req.valid('json'), 201));
app.post('/form', async (c) => {
  const form = await c.req.parseBody({ all: true });
  return c.json({ name: form.name, colors: form.color, file: `${form.file.name} ${form.file.type} ${await form.file.text()}` });
});
app.get('/stream', (c) => stream(c, async (out) => {
  for (let i = 0; i < 3; i++) {
    await out.write(`${i};`);
    await out.sleep(1);
  }
}));
app.get('/events', (c) => streamSSE(c, async (out) => {
  for (let id = 1; id <= 2; id++) await out.writeSSE({ data: `tick ${id}`, event: 'tick', id: `${id}` });
}));
app.get('/teapot', () => { throw new HTTPException(418, { message: 'short and stout' }); });
app.get('/broken', () => { throw new Error('broken'); });
app.get('/later', (c) => {
  c.executionCtx.waitUntil(new Promise((resolve) => setTimeout(resolve, 1)));
  return c.body(null, 204);
});
app.route('/sub', new Hono().get('/a/:b?', (c) => c.text(`sub ${c.req.param('b') ?? 'none'}`)));
app.on(['PUT', 'DELETE'], '/either', (c) => c.text(c.req.method));
app.notFound((c) => c.text(`nothing at ${c.req.path}`, 404));
app.onError((error, c) => error instanceof HTTPException ? error.getResponse() : c.text(`failed: ${error.message}`, 500));

export default app;
