test(() => {
  const response = new Response();
  assert_equals(response.status, 200);
  assert_equals(response.statusText, '');
  assert_equals(response.type, 'default');
  assert_equals(response.url, '');
  assert_equals(response.body, null);
  assert_equals(response.webSocket, null);
  assert_true(response.ok);
  assert_false(response.redirected);
  assert_false(response.bodyUsed);
  assert_equals(response.headers.get('content-type'), null);
  assert_class_string(response, 'Response');
}, 'a response is 200 without a body unless told otherwise');

promise_test(async () => {
  const response = new Response('héllo', { status: 404, statusText: 'Nope', headers: { a: 'b' } });
  assert_equals(response.status, 404);
  assert_equals(response.statusText, 'Nope');
  assert_false(response.ok);
  assert_equals(response.headers.get('a'), 'b');
  assert_equals(response.headers.get('content-type'), 'text/plain;charset=UTF-8');
  assert_equals(await response.text(), 'héllo');
}, 'a response has the status, headers and text it was made with');

test(() => {
  assert_equals(new Response('x', { headers: { 'Content-Type': 'text/html' } }).headers.get('content-type'), 'text/html');
  assert_equals(new Response(new Uint8Array(1)).headers.get('content-type'), null);
  assert_equals(new Response(null).headers.get('content-type'), null);
}, 'a content type of its own wins over that of the body');

promise_test(async () => {
  for (const body of ['', new Uint8Array(0), new ArrayBuffer(0), new Blob([], { type: 'text/css' }), new URLSearchParams()]) {
    const response = new Response(body, { status: 204 });
    assert_equals(response.body, null);
    assert_equals(response.headers.get('content-type'), null);
    assert_equals(await response.text(), '');
  }
}, 'a status that has no body takes one without a byte, which is none');

test(() => {
  for (const status of [0, 100, 199, 600, 1000, 101]) assert_throws_js(RangeError, () => new Response(null, { status }), String(status));
  for (const status of [204, 205, 304]) {
    assert_throws_js(TypeError, () => new Response('text', { status }), String(status));
    assert_throws_js(TypeError, () => new Response(new Response('').body, { status }), String(status));
    assert_equals(new Response(null, { status }).status, status);
  }
  assert_throws_js(TypeError, () => new Response('', { statusText: 'a\nb' }));
  assert_throws_js(TypeError, () => new Response('', { encodeBody: 'never' }));
  assert_throws_js(TypeError, () => new Response('', 5));
}, 'statuses outside of 200 to 599, bodies of statuses that have none and reasons with line breaks are refused');

promise_test(async () => {
  const response = Response.json({ a: [1, null] }, { status: 201, headers: { b: 'c' } });
  assert_equals(response.headers.get('content-type'), 'application/json');
  assert_equals(response.headers.get('b'), 'c');
  assert_equals(response.status, 201);
  assert_equals(await response.text(), '{"a":[1,null]}');
  assert_equals(Response.json(1, { headers: { 'content-type': 'a/b' } }).headers.get('content-type'), 'a/b');
  assert_throws_js(TypeError, () => Response.json(undefined));
  assert_throws_js(TypeError, () => Response.json(Symbol('x')));
  assert_throws_js(TypeError, () => Response.json(1n));
  assert_throws_js(TypeError, () => Response.json(1, { status: 204 }));
}, 'Response.json writes JSON and says so');

test(() => {
  const response = Response.error();
  assert_equals(response.type, 'error');
  assert_equals(response.status, 0);
  assert_equals(response.body, null);
  assert_false(response.ok);
  assert_throws_js(TypeError, () => response.headers.set('a', 'b'));
}, 'Response.error is a network error with immutable headers');

promise_test(async () => {
  const before = new Response('x', { status: 203, statusText: 'Hm', headers: { a: 'b' } });
  const after = new Response('y', before);
  assert_equals(after.status, 203);
  assert_equals(after.statusText, 'Hm');
  assert_equals(after.headers.get('a'), 'b');
  after.headers.set('a', 'c');
  assert_equals(before.headers.get('a'), 'b');
  assert_equals(await after.text(), 'y');
  assert_equals(await before.text(), 'x');
}, 'a response may be the settings of another one');

promise_test(async () => {
  const response = new Response('x', { status: 203, headers: { a: 'b' } }), clone = response.clone();
  clone.headers.set('a', 'c');
  assert_equals(response.headers.get('a'), 'b');
  assert_equals(clone.status, 203);
  assert_equals(await response.text(), 'x');
  assert_false(clone.bodyUsed);
  assert_equals(await clone.text(), 'x');
  assert_throws_js(TypeError, () => clone.clone());
}, 'a clone has a body and headers of its own');

test(() => {
  for (const s of [301, 302, 303, 307, 308]) { const r = Response.redirect('https://a/b', s); assert_equals(`${r.status} ${r.headers.get('location')}`, `${s} https://a/b`); }
  for (const s of [200, 300, 304, 305, 306, 309, 0, -1, NaN]) assert_throws_js(RangeError, () => Response.redirect('https://a/', s));
  assert_throws_js(TypeError, () => Response.redirect('http://'));
  assert_throws_js(TypeError, () => Response.redirect('https://a/').headers.set('a', 'b'));
  assert_equals(Response.redirect('https://a/').body, null);
}, 'Response.redirect takes the five statuses, a URL, and nobody changes its headers');

test(() => {
  for (const s of [199, 600, 0, 100, 1000, -1]) assert_throws_js(RangeError, () => new Response(null, { status: s }));
  for (const s of [204, 205, 304]) { assert_throws_js(TypeError, () => new Response('x', { status: s })); assert_equals(new Response(null, { status: s }).status, s); }
  assert_equals(new Response(undefined).body, null);
  assert_throws_js(TypeError, () => new Response('', { statusText: '\u0100' }));
  assert_throws_js(TypeError, () => Response.json(undefined));
  assert_throws_js(TypeError, () => Response.json(Symbol()));
  assert_throws_js(TypeError, () => Response.json(1, { status: 204 }));
  assert_equals(Response.json(1, { headers: { 'content-type': 'x/y' } }).headers.get('content-type'), 'x/y');
}, 'what is no status, reason or body of a response is refused');
