// Bodies as streams: https://fetch.spec.whatwg.org/#body-mixin
const utf8 = (text) => Uint8Array.from(unescape(encodeURIComponent(text)), (c) => c.charCodeAt(0));
const streamOf = (...chunks) => new ReadableStream({
  start(controller) {
    for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? utf8(chunk) : chunk);
    controller.close();
  },
});
async function collect(stream) {
  let text = '';
  for await (const chunk of stream) text += String.fromCharCode(...chunk);
  return text;
}

promise_test(async () => {
  for (const make of [() => 'text', () => utf8('text'), () => streamOf('te', 'xt'), () => new Blob(['text'])]) {
    assert_equals(await collect(new Response(make()).body), 'text');
    assert_equals(await new Response(new Response(make()).body).text(), 'text');
    assert_equals(await new Response(make()).text(), 'text');
    const [one, other] = new Response(make()).body.tee();
    assert_equals(await collect(one), 'text');
    assert_equals(await new Response(other).text(), 'text');
    const reader = new Response(make()).body.getReader();
    assert_true((await reader.read()).value instanceof Uint8Array);
  }
}, 'a body of any kind is a stream of its bytes');

promise_test(async () => {
  const response = new Response('x'), { body } = response;
  assert_equals(response.body, body);
  assert_false(body.locked);
  const text = response.text();
  assert_true(response.bodyUsed);
  assert_true(body.locked);
  assert_equals(await text, 'x');
  assert_equals(response.body, body);
}, 'reading a body locks its stream');

promise_test(async (t) => {
  const response = new Response('x');
  const reader = response.body.getReader();
  assert_false(response.bodyUsed);
  await promise_rejects_js(t, TypeError, response.text());
  assert_throws_js(TypeError, () => response.clone());
  await reader.read();
  assert_true(response.bodyUsed);
  reader.releaseLock();
  await promise_rejects_js(t, TypeError, response.text());
  assert_throws_js(TypeError, () => new Response(response.body));
}, 'a stream that is locked or read from is no body any more');

promise_test(async () => {
  const upper = new TransformStream({
    transform(chunk, controller) { controller.enqueue(chunk.map((byte) => byte - 32)); },
  });
  assert_equals(await new Response(new Response('text').body.pipeThrough(upper)).text(), 'TEXT');
  const { readable, writable } = new IdentityTransformStream();
  new Response('through').body.pipeTo(writable);
  assert_equals(await new Response(readable).text(), 'through');
}, 'a body is piped through a transform into another body');

promise_test(async () => {
  const response = new Response(streamOf('a', 'b')), clone = response.clone();
  assert_equals(await response.text() + await clone.text(), 'abab');
  const read = new Response('cd');
  read.body;
  const other = read.clone();
  assert_equals(await read.text() + await other.text(), 'cdcd');
}, 'a streamed body is cloned');

promise_test(async (t) => {
  await promise_rejects_js(t, TypeError, new Response(new ReadableStream({ start(c) { c.enqueue('text'); c.close(); } })).text());
  const boom = new Error('boom');
  await promise_rejects_exactly(t, boom, new Response(new ReadableStream({ start(c) { c.error(boom); } })).text());
}, 'a stream that fails, or gives no bytes, fails its reader');

promise_test(async () => {
  let cancelled;
  const response = new Response(new ReadableStream({ cancel(reason) { cancelled = reason; } }));
  await response.body.cancel('enough');
  assert_equals(cancelled, 'enough');
  assert_true(response.bodyUsed);
}, 'cancelling the stream of a body cancels its source');

promise_test(async () => {
  const request = new Request('http://x/', { method: 'POST', body: streamOf('re', 'quest') });
  assert_equals(request.headers.get('content-type'), null);
  assert_equals(await new Request(request).text(), 'request');
  assert_true(request.bodyUsed);
}, 'a request takes a stream, and moves it to another');

promise_test(async () => {
  const response = new Response(new Uint8Array([104, 105])), stream = response.body, [one, two] = stream.tee();
  assert_true(stream.locked && response.bodyUsed);
  assert_throws_js(TypeError, () => stream.tee());
  assert_throws_js(TypeError, () => stream.getReader());
  assert_equals(await new Response(two).text(), 'hi');
  const reader = one.getReader({ mode: 'byob' }), { value } = await reader.read(new Uint8Array(2));
  assert_array_equals(value, [104, 105]);
  assert_true((await reader.read(new Uint8Array(1))).done);
  const [left, right] = new Response(new Uint8Array(3)).body.tee();
  await left.cancel();
  assert_equals((await new Response(right).arrayBuffer()).byteLength, 3);
  const read = new Response(new Uint8Array([1, 2])).body, begun = read.getReader({ mode: 'byob' });
  await begun.read(new Uint8Array(1));
  begun.releaseLock();
  const [rest, same] = read.tee();
  assert_equals(`${await new Response(rest).bytes()} ${await new Response(same).bytes()}`, '2 2');
}, 'a body that nobody has read is split as a stream is');
