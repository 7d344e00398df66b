// https://fetch.spec.whatwg.org/#request-class, as Workers has it
const U = 'https://example.com/';

test(() => {
  const r = new Request(U);
  assert_equals(`${r.method} ${r.url} ${r.redirect} ${r.body} ${r.bodyUsed}`, 'GET https://example.com/ follow null false');
  assert_class_string(r, 'Request');
  assert_true(r.signal instanceof AbortSignal);
  assert_equals([...r.headers].length, 0);
}, 'a request of a URL is a GET of it');

test(() => {
  assert_equals(new Request('HTTPS://Example.COM:443/a/../b?c#d').url, 'https://example.com/b?c#d');
  assert_equals(new Request(new URL(U)).url, U);
  assert_equals(new Request({ toString: () => U }).url, U);
  for (const wrong of ['', '/path', 'http://', undefined, null, {}]) assert_throws_js(TypeError, () => new Request(wrong));
  assert_throws_js(TypeError, () => new Request());
  assert_throws_js(TypeError, () => Request(U));
}, 'the URL is parsed, and must be absolute');

test(() => {
  for (const method of ['get', 'Post', 'head', 'put', 'patch', 'delete', 'options']) assert_equals(new Request(U, { method }).method, method.toUpperCase());
  for (const method of ['', 'a b', 'GET\n', 'ü', '(']) assert_throws_js(TypeError, () => new Request(U, { method }));
  for (const method of ['CONNECT', 'trace', 'Track']) assert_throws_js(TypeError, () => new Request(U, { method }));
  assert_equals(new Request(U, { method: 'PROPFIND' }).method, 'PROPFIND');
}, 'methods are tokens, and some are forbidden');

test(() => {
  for (const method of ['GET', 'HEAD', undefined]) assert_throws_js(TypeError, () => new Request(U, { method, body: '' }));
  assert_equals(new Request(U, { body: null }).method, 'GET');
  assert_equals(new Request(U, { method: 'DELETE', body: 'x' }).method, 'DELETE');
  assert_throws_js(TypeError, () => new Request(new Request(U, { method: 'POST', body: 'x' }), { method: 'GET' }));
}, 'a GET has no body');

promise_test(async () => {
  const first = new Request(U, { method: 'POST', headers: { a: '1', 'content-type': 'text/x' }, body: 'text', redirect: 'manual' });
  const second = new Request(first, { headers: { b: '2' } });
  assert_equals(`${second.method} ${second.redirect} ${second.headers.get('a')} ${second.headers.get('b')}`, 'POST manual null 2');
  assert_true(first.bodyUsed);
  assert_equals(await second.text(), 'text');
  const third = new Request(new Request(U, { method: 'POST', body: 'old' }), { body: 'new' });
  assert_equals(await third.text(), 'new');
  const kept = new Request(U, { method: 'POST', body: 'old' });
  new Request(kept, { body: 'new' });
  assert_false(kept.bodyUsed);
  const used = new Request(U, { method: 'POST', body: 'x' });
  await used.text();
  assert_throws_js(TypeError, () => new Request(used));
  assert_equals(await new Request(used, { body: 'again' }).text(), 'again');
}, 'a request of another takes its body, or leaves it where there is a new one');

test(() => {
  for (const encodeResponseBody of ['automatic', 'manual']) assert_equals(new Request(U, { encodeResponseBody }).url, U);
  assert_throws_js(TypeError, () => new Request(U, { encodeResponseBody: 'never' }));
}, 'encodeResponseBody is automatic or manual');

test(() => {
  const type = (body) => new Request(U, { method: 'POST', body }).headers.get('content-type');
  assert_equals(type('x'), 'text/plain;charset=UTF-8');
  assert_equals(type(new URLSearchParams('a=b')), 'application/x-www-form-urlencoded;charset=UTF-8');
  assert_equals(type(new Blob(['x'], { type: 'text/css' })), 'text/css');
  assert_equals(type(new Blob(['x'])), null);
  assert_equals(type(new Uint8Array(1)), null);
  assert_regexp_match(type(new FormData()), /^multipart\/form-data; ?boundary=/);
  assert_equals(new Request(U, { method: 'POST', body: 'x', headers: { 'content-type': 'a/b' } }).headers.get('content-type'), 'a/b');
}, 'a body gives the content type that is not given');

test(() => {
  const r = new Request(U, { headers: [['a', '1'], ['A', '2']] });
  assert_equals(r.headers.get('a'), '1, 2');
  r.headers.set('b', '3');
  assert_equals(new Request(r).headers.get('b'), '3');
  assert_equals(r.headers, r.headers);
  for (const name of ['method', 'url', 'headers', 'redirect', 'signal', 'body', 'bodyUsed']) assert_readonly(r, name);
  for (const init of [{ redirect: 'x' }, { signal: {} }, { headers: 1 }, 1, 'x']) assert_throws_js(TypeError, () => new Request(U, init));
  assert_equals(new Request(U, null).method, 'GET');
}, 'headers are of its own, attributes are read-only, wrong settings are TypeErrors');

test(() => {
  const controller = new AbortController(), r = new Request(U, { signal: controller.signal });
  assert_not_equals(r.signal, controller.signal);
  const again = new Request(r), cloned = r.clone(), without = new Request(r, { signal: null });
  controller.abort('why');
  assert_true(r.signal.aborted && again.signal.aborted && cloned.signal.aborted);
  assert_equals(again.signal.reason, 'why');
  assert_false(without.signal.aborted);
}, 'the signal follows the one given');

promise_test(async () => {
  const r = new Request(U, { method: 'POST', body: 'x' }), clone = r.clone();
  clone.headers.set('a', '1');
  assert_equals(r.headers.get('a'), null);
  assert_equals(await r.text() + await clone.text(), 'xx');
  assert_throws_js(TypeError, () => r.clone());
  const locked = new Request(U, { method: 'POST', body: new ReadableStream({ start(c) { c.close(); } }) });
  locked.body.getReader();
  assert_throws_js(TypeError, () => locked.clone());
}, 'clone has headers and a body of its own, and none of what was read');

promise_test(async () => {
  assert_equals(JSON.stringify(await new Request(U, { method: 'POST', body: '{"a":1}' }).json()), '{"a":1}');
  assert_equals((await new Request(U).text()), '');
  assert_equals((await new Request(U).arrayBuffer()).byteLength, 0);
  assert_equals((await new Request(U, { method: 'POST', body: 'x', headers: { 'content-type': 'A/B; c=D' } }).blob()).type, 'a/b; c=d');
  assert_equals((await new Request(U, { method: 'POST', body: 'xy' }).bytes()).length, 2);
}, 'the body is read in every form');

test(() => {
  assert_equals(new Request('http://example.com/', { integrity: '' }).integrity, '');
  assert_throws_js(TypeError, () => new Request('http://example.com/', { integrity: 'sha256-AA==' }));
}, 'integrity, which nobody would check, is refused');
