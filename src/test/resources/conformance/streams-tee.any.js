const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const error = new RangeError('on purpose');
const all = async (stream) => { const out = []; for await (const chunk of stream) out.push(chunk); return out; };

promise_test(async () => {
  const chunk = {};
  const stream = new ReadableStream({ start(c) { c.enqueue(chunk); c.enqueue(2); c.close(); } });
  const [a, b] = stream.tee();
  assert_true(stream.locked);
  const first = await all(a);
  assert_array_equals(first, [chunk, 2]);
  assert_array_equals(await all(b), [chunk, 2]);
}, 'both branches see the same chunks, at their own pace');

promise_test(async (t) => {
  let controller;
  const [a, b] = new ReadableStream({ start(c) { controller = c; } }).tee();
  controller.enqueue(1);
  const ra = a.getReader(), rb = b.getReader();
  assert_equals((await ra.read()).value, 1);
  controller.error(error);
  await promise_rejects_exactly(t, error, ra.read());
  await promise_rejects_exactly(t, error, rb.closed);
}, 'an error reaches both branches');

promise_test(async () => {
  let reason;
  const stream = new ReadableStream({ cancel(r) { reason = r; } });
  const [a, b] = stream.tee();
  const first = a.cancel('one');
  await turn();
  assert_equals(reason, undefined);
  const second = b.cancel('two');
  assert_equals(await first, undefined);
  assert_equals(await second, undefined);
  assert_array_equals(reason, ['one', 'two']);
}, 'the source is cancelled when both branches are, with both reasons');

promise_test(async () => {
  let controller;
  const [a, b] = new ReadableStream({ start(c) { controller = c; } }).tee();
  a.cancel();
  controller.enqueue('x');
  controller.close();
  assert_array_equals(await all(b), ['x']);
}, 'one branch goes on when the other was cancelled');

promise_test(async () => {
  let pulls = 0;
  const [a] = new ReadableStream({ pull(c) { c.enqueue(++pulls); } }, { highWaterMark: 0 }).tee();
  await turn();
  assert_equals(pulls, 1);
  const reader = a.getReader();
  await reader.read();
  await reader.read();
  await turn();
  assert_equals(pulls, 3);
}, 'branches pull from the source only as far as they are read');

promise_test(async () => {
  const stream = new ReadableStream({ type: 'bytes', start(c) { c.enqueue(new Uint8Array([1, 2, 3])); c.close(); } });
  const [a, b] = stream.tee();
  const one = await a.getReader().read(), two = await b.getReader().read();
  assert_array_equals(one.value, [1, 2, 3]);
  assert_array_equals(two.value, [1, 2, 3]);
  assert_not_equals(one.value.buffer, two.value.buffer);
}, 'the branches of a byte stream have bytes of their own');

promise_test(async () => {
  let seen;
  const stream = new ReadableStream({
    type: 'bytes',
    pull(c) {
      seen = c.byobRequest?.view?.byteLength;
      c.byobRequest.view[0] = 7;
      c.byobRequest.respond(1);
    },
  });
  const [a, b] = stream.tee();
  const ra = a.getReader({ mode: 'byob' }), rb = b.getReader({ mode: 'byob' });
  const one = await ra.read(new Uint8Array(10));
  assert_equals(seen, 10);
  assert_array_equals(one.value, [7]);
  assert_equals(one.value.buffer.byteLength, 10);
  const two = await rb.read(new Uint8Array(4));
  assert_array_equals(two.value, [7]);
}, 'a BYOB read of a branch reaches the source with its memory');

promise_test(async () => {
  let controller;
  const [a, b] = new ReadableStream({ type: 'bytes', start(c) { controller = c; } }).tee();
  const ra = a.getReader({ mode: 'byob' }), rb = b.getReader({ mode: 'byob' });
  const one = ra.read(new Uint8Array(2)), two = rb.read(new Uint8Array(3));
  await turn();
  controller.close();
  controller.byobRequest?.respond(0);
  const results = await Promise.all([one, two]);
  for (const { value, done } of results) {
    assert_true(done);
    assert_equals(value.byteLength, 0);
  }
}, 'close ends the BYOB reads of both branches');

promise_test(async (t) => {
  let controller, reason;
  const [a, b] = new ReadableStream({ type: 'bytes', start(c) { controller = c; }, cancel(r) { reason = r; } }).tee();
  a.cancel('one');
  await b.cancel('two');
  assert_array_equals(reason, ['one', 'two']);
  const [c, d] = new ReadableStream({ type: 'bytes', start(x) { controller = x; } }).tee();
  controller.error(error);
  await promise_rejects_exactly(t, error, c.getReader().read());
  await promise_rejects_exactly(t, error, d.getReader({ mode: 'byob' }).read(new Uint8Array(1)));
}, 'cancel and errors of byte branches');

promise_test(async () => {
  let n = 0;
  const stream = new ReadableStream({ type: 'bytes', pull(c) { c.enqueue(new Uint8Array([++n])); if (n === 4) c.close(); } });
  const [a, b] = stream.tee();
  const ra = a.getReader();
  assert_array_equals((await ra.read()).value, [1]);
  const rb = b.getReader({ mode: 'byob' });
  assert_array_equals((await rb.read(new Uint8Array(8))).value, [1]);
  assert_array_equals((await rb.read(new Uint8Array(8))).value, [2]);
  assert_array_equals((await ra.read()).value, [2]);
  assert_array_equals((await ra.read()).value, [3]);
  rb.releaseLock();
  assert_array_equals((await all(b)).flatMap((x) => [...x]), [3, 4]);
}, 'the readers of byte branches can be of either kind, in turn');

promise_test(async () => {
  const s = new ReadableStream({ type: 'bytes', start(c) { c.enqueue(new Uint8Array([1, 2, 3])); c.close(); } });
  const [a, b] = s.tee();
  const ra = a.getReader({ mode: 'byob' }), rb = b.getReader();
  const va = (await ra.read(new Uint8Array(2))).value, vb = (await rb.read()).value;
  assert_equals(va.length, 2); assert_true(vb.length >= 2);
  va[0] = 9; assert_equals(vb[0], 1);
}, 'the branches of a byte stream have buffers of their own');
