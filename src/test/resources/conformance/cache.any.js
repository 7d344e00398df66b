let n = 0;
const fresh = () => `http://cache.test/${++n}`;
const cached = (body, headers = {}, init = {}) => new Response(body, { ...init, headers: { 'cache-control': 'max-age=60', ...headers } });
const error = async (promise) => {
  try {
    await promise;
  } catch (e) {
    return e;
  }
  throw new Error('it did not fail');
};

test(() => {
  assert_true(caches instanceof CacheStorage);
  assert_true(caches.default instanceof Cache);
  assert_equals(caches.default, caches.default);
  assert_throws_js(TypeError, () => new Cache());
  assert_throws_js(TypeError, () => new CacheStorage());
}, 'caches is the storage, and default one of its caches');

promise_test(async () => {
  const url = fresh();
  assert_equals(await caches.default.match(url), undefined);
  assert_equals(await caches.default.put(url, cached('body', { 'x-a': 'b' }, { statusText: 'Fine' })), undefined);
  const hit = await caches.default.match(new Request(url));
  assert_equals(hit.status, 200);
  assert_equals(hit.statusText, 'Fine');
  assert_equals(hit.headers.get('x-a'), 'b');
  assert_equals(hit.headers.get('cf-cache-status'), 'HIT');
  assert_equals(hit.headers.get('age'), '0');
  assert_equals(await hit.text(), 'body');
  assert_equals(await (await caches.default.match(url)).text(), 'body');
}, 'what was put is matched, as often as one likes');

promise_test(async () => {
  const url = fresh();
  await caches.default.put(`${url}#one`, cached('x'));
  assert_equals(await (await caches.default.match(`${url}#two`)).text(), 'x');
  assert_equals(await caches.default.match(`${url}?q`), undefined);
}, 'the fragment is no part of the key, the query is');

promise_test(async () => {
  const url = fresh();
  assert_equals(await caches.default.delete(url), false);
  await caches.default.put(url, cached('x'));
  assert_equals(await caches.default.delete(url), true);
  assert_equals(await caches.default.match(url), undefined);
}, 'delete tells whether there was something');

promise_test(async () => {
  const url = fresh(), named = await caches.open('named'), same = await caches.open('named'), other = await caches.open('other');
  await named.put(url, cached('x'));
  assert_equals(await (await same.match(url)).text(), 'x');
  assert_equals(await other.match(url), undefined);
  assert_equals(await caches.default.match(url), undefined);
}, 'caches of different names hold different things');

promise_test(async () => {
  const url = fresh(), post = new Request(url, { method: 'POST', body: 'x' });
  assert_true((await error(caches.default.put(post, cached('x')))) instanceof TypeError);
  await caches.default.put(url, cached('get'));
  assert_equals(await caches.default.match(new Request(url, { method: 'POST' })), undefined);
  assert_equals(await (await caches.default.match(new Request(url, { method: 'POST' }), { ignoreMethod: true })).text(), 'get');
  assert_equals(await caches.default.delete(new Request(url, { method: 'POST' })), false);
  assert_equals(await caches.default.delete(new Request(url, { method: 'POST' }), { ignoreMethod: true }), true);
}, 'only GET is cached, and matched unless the method is ignored');

promise_test(async () => {
  for (const control of ['no-store', 'no-cache', 'private', 'max-age=0', 'max-age=60, no-store', 's-maxage=0, max-age=60', 'MAX-AGE=x']) {
    const url = fresh();
    await caches.default.put(url, new Response('x', { headers: { 'cache-control': control } }));
    assert_equals(await caches.default.match(url), undefined, control);
  }
  for (const control of ['public, max-age=60', 's-maxage=60, max-age=0', 'max-age="60"', '']) {
    const url = fresh();
    await caches.default.put(url, new Response('x', { headers: control === '' ? {} : { 'cache-control': control } }));
    assert_true(await caches.default.match(url) !== undefined, control);
  }
}, 'Cache-Control says whether a response is kept');

promise_test(async () => {
  const past = fresh(), future = fresh(), nonsense = fresh();
  await caches.default.put(past, new Response('x', { headers: { expires: 'Thu, 01 Jan 2015 00:00:00 GMT' } }));
  await caches.default.put(future, new Response('x', { headers: { expires: 'Thu, 01 Jan 2099 00:00:00 GMT' } }));
  await caches.default.put(nonsense, new Response('x', { headers: { expires: '0' } }));
  assert_equals(await caches.default.match(past), undefined);
  assert_true(await caches.default.match(future) !== undefined);
  assert_equals(await caches.default.match(nonsense), undefined);
}, 'Expires counts where Cache-Control says no age');

promise_test(async () => {
  const url = fresh();
  await caches.default.put(url, cached('x', { 'cache-control': 'max-age=60' }));
  assert_true(await caches.default.match(url) !== undefined);
  await caches.default.put(url, cached('x', { 'cache-control': 'max-age=1' }));
  await new Promise((resolve) => setTimeout(resolve, 1100));
  assert_equals(await caches.default.match(url), undefined);
}, 'what is stale is not matched');

promise_test(async () => {
  const refused = fresh(), allowed = fresh();
  await caches.default.put(refused, cached('x', { 'set-cookie': 'a=b' }));
  assert_equals(await caches.default.match(refused), undefined);
  await caches.default.put(allowed, cached('x', { 'set-cookie': 'a=b', 'cache-control': 'private=Set-Cookie, max-age=60' }));
  assert_equals((await caches.default.match(allowed)).headers.get('set-cookie'), null);
}, 'a response with Set-Cookie is kept only without it');

promise_test(async () => {
  assert_true((await error(caches.default.put(fresh(), cached('x', {}, { status: 206 })))).message.includes('206'));
  assert_true((await error(caches.default.put(fresh(), cached('x', { vary: 'accept, *' })))).message.includes('Vary'));
  const used = cached('x');
  await used.text();
  assert_true((await error(caches.default.put(fresh(), used))) instanceof TypeError);
  assert_true((await error(caches.default.put(fresh(), 'no response'))) instanceof TypeError);
}, 'parts, Vary: * and used bodies are errors');

promise_test(async () => {
  const url = fresh(), asks = (language) => new Request(url, { headers: { 'accept-language': language } });
  await caches.default.put(asks('en'), cached('english', { vary: 'Accept-Language' }));
  await caches.default.put(asks('de'), cached('german', { vary: 'Accept-Language' }));
  assert_equals(await (await caches.default.match(asks('en'))).text(), 'english');
  assert_equals(await (await caches.default.match(asks('de'))).text(), 'german');
  assert_equals(await caches.default.match(asks('fr')), undefined);
  assert_equals(await caches.default.match(url), undefined);
  await caches.default.put(asks('en'), cached('newer', { vary: 'Accept-Language' }));
  assert_equals(await (await caches.default.match(asks('en'))).text(), 'newer');
}, 'Vary keeps a response for each value');

promise_test(async () => {
  const asks = (url, coding) => new Request(url, { headers: coding === undefined ? {} : { 'accept-encoding': coding } });
  for (const headers of [{}, { 'content-encoding': 'gzip' }, { 'content-encoding': 'br' }]) {
    const url = fresh();
    await caches.default.put(asks(url, 'gzip, br'), cached('text', { vary: 'Accept-Encoding', ...headers }));
    for (const coding of ['gzip, br', 'gzip', 'identity', undefined]) assert_equals(await (await caches.default.match(asks(url, coding))).text(), 'text');
  }
  const url = fresh();
  await caches.default.put(asks(url, 'deflate'), cached('text', { vary: 'Accept-Encoding', 'content-encoding': 'deflate' }));
  assert_equals(await caches.default.match(asks(url, 'gzip')), undefined);
  assert_true(await caches.default.match(asks(url, 'deflate')) !== undefined);
}, 'Vary: Accept-Encoding parts only what is kept encoded');

promise_test(async () => {
  const url = fresh(), gzip = await new Response(new Response('text').body.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  await caches.default.put(url, cached(gzip, { 'content-encoding': 'gzip' }, { encodeBody: 'manual' }));
  const hit = await caches.default.match(url);
  assert_equals(hit.headers.get('content-encoding'), 'gzip');
  assert_equals(await hit.text(), 'text');
  assert_equals(hit.headers.get('content-length'), null);
  const part = await caches.default.match(new Request(url, { headers: { range: 'bytes=0-1' } }));
  assert_equals(`${part.status} ${await part.text()}`, '200 text');
  const twice = (await caches.default.match(url)).clone();
  assert_equals(await twice.text(), 'text');
}, 'what is encoded already is read as what it stands for, and whole');

promise_test(async () => {
  const url = fresh();
  await caches.default.put(url, cached('0123456789', { 'content-length': '10' }));
  const range = async (value) => caches.default.match(new Request(url, { headers: { range: value } }));
  for (const [asked, text, told] of [['bytes=2-4', '234', '2-4'], ['bytes=7-', '789', '7-9'], ['bytes=-3', '789', '7-9'], ['bytes=0-100', '0123456789', '0-9']]) {
    const part = await range(asked);
    assert_equals(part.status, 206, asked);
    assert_equals(part.headers.get('content-range'), `bytes ${told}/10`);
    assert_equals(part.headers.get('content-length'), `${text.length}`);
    assert_equals(await part.text(), text);
  }
  const none = await range('bytes=20-30');
  assert_equals(none.status, 416);
  assert_equals(none.headers.get('content-range'), 'bytes */10');
  assert_equals((await range('bytes=4-2')).status, 200);
  assert_equals((await range('bytes=0-1,3-4')).status, 200);
}, 'Range gives a part');

promise_test(async () => {
  const url = fresh();
  await caches.default.put(url, cached('x', { etag: '"tag"', 'last-modified': 'Wed, 01 Jan 2020 00:00:00 GMT' }));
  const asks = async (headers) => (await caches.default.match(new Request(url, { headers }))).status;
  assert_equals(await asks({ 'if-none-match': '"tag"' }), 304);
  assert_equals(await asks({ 'if-none-match': '"other", W/"tag"' }), 304);
  assert_equals(await asks({ 'if-none-match': '*' }), 304);
  assert_equals(await asks({ 'if-none-match': '"other"' }), 200);
  assert_equals(await asks({ 'if-modified-since': 'Wed, 01 Jan 2020 00:00:00 GMT' }), 304);
  assert_equals(await asks({ 'if-modified-since': 'Tue, 31 Dec 2019 00:00:00 GMT' }), 200);
  assert_equals(await asks({ 'if-none-match': '"other"', 'if-modified-since': 'Thu, 01 Jan 2099 00:00:00 GMT' }), 200);
  const range = (condition) => asks({ range: 'bytes=0-0', 'if-range': condition });
  assert_equals(await range('"tag"'), 206);
  assert_equals(await range('"other"'), 200);
}, 'conditions give 304');

promise_test(async () => {
  const url = fresh(), bytes = new Uint8Array(300_000).map((_, i) => i % 251);
  await caches.default.put(url, cached(bytes));
  const copy = new Uint8Array(await (await caches.default.match(url)).arrayBuffer());
  assert_equals(copy.length, bytes.length);
  assert_true(copy.every((byte, i) => byte === i % 251));
  copy.fill(0);
  assert_true(new Uint8Array(await (await caches.default.match(url)).arrayBuffer()).every((byte, i) => byte === i % 251));
  const small = fresh();
  await caches.default.put(small, cached('abc'));
  new Uint8Array(await (await caches.default.match(small)).arrayBuffer()).fill(0);
  assert_equals(await (await caches.default.match(small)).text(), 'abc');
}, 'bytes are kept, and a reader changes its copy alone');

promise_test(async () => {
  const url = fresh();
  const stream = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      controller.enqueue(new TextEncoder().encode('streamed'));
      controller.close();
    },
  });
  await caches.default.put(url, cached(stream));
  assert_equals(await (await caches.default.match(url)).text(), 'streamed');
  const failing = fresh();
  await error(caches.default.put(failing, cached(new ReadableStream({ pull(controller) { controller.error(new Error('broke')); } }))));
  assert_equals(await caches.default.match(failing), undefined);
}, 'a stream is kept when it has ended');

promise_test(async () => {
  const url = fresh(), response = cached('both');
  await caches.default.put(url, response.clone());
  assert_equals(await response.text(), 'both');
  assert_equals(await (await caches.default.match(url)).text(), 'both');
  assert_throws_js(TypeError, () => { 'use strict'; caches.default = 1; });
  const hit = await caches.default.match(url);
  assert_throws_js(TypeError, () => hit.headers.set('a', 'b'));
}, 'a clone is kept, and what is matched has immutable headers');

promise_test(async () => {
  const url = fresh();
  await caches.default.put(url, cached(null, {}, { status: 404 }));
  const hit = await caches.default.match(url);
  assert_equals(hit.status, 404);
  assert_equals(await hit.text(), '');
  const teapot = fresh();
  await caches.default.put(teapot, new Response('x', { status: 418 }));
  assert_equals(await caches.default.match(teapot), undefined);
}, 'other statuses are kept if they say for how long, or usually are');

promise_test(async (t) => {
  await promise_rejects_js(t, TypeError, caches.default.put('http://x/', 'no response'));
  await promise_rejects_js(t, TypeError, caches.default.put('http://x/', Response.error()));
  await promise_rejects_js(t, TypeError, caches.default.put('http://x/', new Response(null, { status: 101, webSocket: new WebSocketPair()[0] })));
  await promise_rejects_js(t, Error, caches.default.addAll([]));
  await promise_rejects_js(t, Error, caches.keys());
}, 'what cannot be kept, and what Workers do not have, is refused');
