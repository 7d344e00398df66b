const USED = 'Body has already been used. It can only be used once. Use tee() first if you need to read it twice.';

promise_test(async () => {
  for (const make of [() => new Response('{"a":"é"}'), () => new Response(new Uint8Array([...'{"a":"\xc3\xa9"}'].map((c) => c.charCodeAt(0))))]) {
    assert_equals(await make().text(), '{"a":"é"}');
    assert_equals((await make().json()).a, 'é');
    const buffer = await make().arrayBuffer();
    assert_true(buffer instanceof ArrayBuffer);
    assert_equals(buffer.byteLength, 10);
    const array = await make().bytes();
    assert_true(array instanceof Uint8Array);
    assert_equals(array[6], 0xc3);
  }
}, 'a text and bytes are read in every form');

promise_test(async () => {
  const response = new Response(null);
  assert_equals(await response.text(), '');
  assert_equals((await response.arrayBuffer()).byteLength, 0);
  assert_equals((await response.bytes()).length, 0);
  assert_false(response.bodyUsed);
  assert_equals(response.body, null);
}, 'no body can be read again and again');

promise_test(async (t) => {
  const response = new Response('x');
  await response.text();
  assert_true(response.bodyUsed);
  for (const method of ['text', 'json', 'arrayBuffer', 'bytes']) {
    await promise_rejects_js(t, TypeError, response[method]());
    assert_equals(await response[method]().catch((e) => e.message), USED);
  }
}, 'a body is used once, and the error says what to do');

promise_test(async () => {
  const whole = new Uint8Array([120, 121, 122, 119]);
  const response = new Response(whole.subarray(1, 3)), buffer = new Response(whole.buffer), view = new Response(new DataView(whole.buffer, 2));
  whole.fill(0);
  assert_equals(await response.text(), 'yz');
  assert_equals(await buffer.text(), 'xyzw');
  assert_equals(await view.text(), 'zw');
}, 'bytes are copied when a body is made of them');

promise_test(async () => {
  assert_equals(await new Response(new Uint8Array([0xef, 0xbb, 0xbf, 97])).text(), 'a');
  assert_equals(await new Response('\ufeffa').text(), 'a');
  assert_equals((await new Response('\ufeffa').bytes()).length, 4);
  assert_equals(await new Response(new Uint8Array([0xff, 97, 0xe2, 0x82, 98, 0xf0, 0x9f, 0x98])).text(), '\ufffda\ufffdb\ufffd');
  assert_equals(await new Response('a\ud800b').text(), 'a\ufffdb');
}, 'text is UTF-8 without its mark, and what is not becomes U+FFFD');

promise_test(async (t) => {
  await promise_rejects_js(t, SyntaxError, new Response('{').json());
  await promise_rejects_js(t, SyntaxError, new Response('').json());
  const response = new Response('{');
  await response.json().catch(() => {});
  assert_true(response.bodyUsed);
}, 'what is not JSON is a SyntaxError, and the body is used');

promise_test(async () => {
  const date = new Date(0), boxed = new String('abc'), named = { *[Symbol.iterator]() { yield new Uint8Array([97]); }, toString: () => 'named' };
  for (const value of [1, true, {}, date, boxed, named, () => 1]) assert_equals(await new Response(value).text(), String(value));
  assert_throws_js(TypeError, () => new Response(Symbol('x')));
}, 'other values become strings');

promise_test(async (t) => {
  const encoder = new TextEncoder();
  let closed = 0;
  async function* letters() {
    try {
      yield encoder.encode('ab');
      yield encoder.encode('c').buffer;
    } finally {
      closed++;
    }
  }
  const response = new Response(letters());
  assert_equals(response.headers.get('content-type'), null);
  assert_true(response.body instanceof ReadableStream);
  assert_equals(await response.text(), 'abc');
  assert_equals(closed, 1);
  const reader = new Response(letters()).body.getReader();
  assert_array_equals((await reader.read()).value, [97, 98]);
  await reader.cancel();
  assert_equals(closed, 2);
  assert_equals(await new Request('http://test/', { method: 'POST', body: letters() }).text(), 'abc');
  assert_equals(await new Response(new Set([encoder.encode('d'), encoder.encode('e')])).text(), 'de');
  assert_equals(await new Response([encoder.encode('f')]).text(), 'f');
  assert_equals(await new Response([]).text(), '');
  await promise_rejects_js(t, TypeError, new Response(['a', 'b']).text());
  await promise_rejects_js(t, RangeError, new Response((async function* () { throw new RangeError('on purpose'); })()).text());
}, 'what an iterable gives is a body of bytes');

promise_test(async (t) => {
  const of = (chunk) => new Response(new ReadableStream({ start(controller) { controller.enqueue(chunk); controller.close(); } }));
  const bytes = new Uint8Array([97, 98, 99, 100]);
  assert_equals(await of(bytes.buffer).text(), 'abcd');
  assert_equals(await of(new DataView(bytes.buffer, 1, 2)).text(), 'bc');
  for (const chunk of ['text', 5, {}, null]) await promise_rejects_js(t, TypeError, of(chunk).text());
}, 'the chunks of a body are bytes, in a buffer or a view');

promise_test(async (t) => {
  await promise_rejects_js(t, TypeError, Response.prototype.text.call({}));
  assert_throws_js(TypeError, () => new Body());
  assert_true(new Response() instanceof Body);
}, 'the methods are those of bodies alone');

promise_test(async (t) => {
  const r = new Response('x');
  await r.text();
  for (const m of ['text', 'json', 'arrayBuffer', 'blob', 'bytes', 'formData']) await promise_rejects_js(t, TypeError, r[m]());
  await promise_rejects_js(t, SyntaxError, new Response('').json());
  await promise_rejects_js(t, TypeError, Response.prototype.text.call({}));
  const s = new Response(new ReadableStream({ start(c) { c.enqueue('text'); c.close(); } }));
  await promise_rejects_js(t, TypeError, s.text());
  const e = new RangeError('mine');
  await promise_rejects_exactly(t, e, new Response(new ReadableStream({ start(c) { c.error(e); } })).text());
  const stream = new ReadableStream(); stream.getReader();
  assert_throws_js(TypeError, () => new Response(stream));
}, 'a body that cannot be read rejects, and with what its stream failed of');
