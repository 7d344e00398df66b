const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const error = new RangeError('on purpose');

promise_test(async () => {
  const calls = [];
  const stream = new WritableStream({
    start(c) { calls.push('start', c instanceof WritableStreamDefaultController); },
    write(chunk, c) { calls.push(chunk, c instanceof WritableStreamDefaultController); },
    close() { calls.push('close', arguments.length); },
  });
  const writer = stream.getWriter();
  writer.write('a');
  await writer.write('b');
  await writer.close();
  await writer.closed;
  assert_array_equals(calls, ['start', true, 'a', true, 'b', true, 'close', 0]);
}, 'the sink is started, written to in order, and closed');

test(() => {
  for (const sink of [null, 1, 'x']) assert_throws_js(TypeError, () => new WritableStream(sink));
  for (const member of ['start', 'write', 'close', 'abort']) assert_throws_js(TypeError, () => new WritableStream({ [member]: 1 }));
  assert_throws_js(RangeError, () => new WritableStream({ type: 'bytes' }));
  assert_throws_js(RangeError, () => new WritableStream({}, { highWaterMark: -1 }));
  assert_throws_exactly(error, () => new WritableStream({ start() { throw error; } }));
  assert_throws_js(TypeError, () => new WritableStreamDefaultController());
  assert_throws_js(TypeError, () => new WritableStreamDefaultWriter());
  assert_throws_js(TypeError, () => new WritableStreamDefaultWriter({}));
}, 'wrong sinks and strategies are refused by the constructors');

promise_test(async () => {
  let release;
  const stream = new WritableStream({ write: () => new Promise((resolve) => { release = resolve; }) }, { highWaterMark: 2 });
  const writer = stream.getWriter();
  assert_equals(writer.desiredSize, 2);
  await writer.ready;
  const first = writer.write(1);
  assert_equals(writer.desiredSize, 1);
  writer.write(2);
  assert_equals(writer.desiredSize, 0);
  const { ready } = writer;
  let isReady = false;
  ready.then(() => { isReady = true; });
  await turn();
  assert_false(isReady);
  release();
  await first;
  await ready;
  assert_equals(writer.desiredSize, 1);
}, 'ready and desiredSize tell the back-pressure');

promise_test(async () => {
  const writes = [];
  let release;
  const stream = new WritableStream({ write: (chunk) => { writes.push(chunk); return new Promise((resolve) => { release = resolve; }); } });
  const writer = stream.getWriter();
  writer.write(1);
  writer.write(2);
  await turn();
  assert_array_equals(writes, [1]);
  release();
  await turn();
  assert_array_equals(writes, [1, 2]);
}, 'one write at a time reaches the sink');

promise_test(async (t) => {
  const stream = new WritableStream({ write() { throw error; } });
  const writer = stream.getWriter();
  const first = writer.write(1), second = writer.write(2);
  await promise_rejects_exactly(t, error, first);
  await promise_rejects_exactly(t, error, second);
  await promise_rejects_exactly(t, error, writer.ready);
  await promise_rejects_exactly(t, error, writer.closed);
  await promise_rejects_js(t, TypeError, writer.close());
  assert_equals(writer.desiredSize, null);
}, 'a write that fails makes the stream fail');

promise_test(async (t) => {
  const writer = new WritableStream({ start: () => Promise.reject(error) }).getWriter();
  await promise_rejects_exactly(t, error, writer.write(1));
  await promise_rejects_exactly(t, error, writer.closed);
}, 'a start that fails makes the stream fail');

promise_test(async (t) => {
  const writer = new WritableStream({ close() { throw error; } }).getWriter();
  await promise_rejects_exactly(t, error, writer.close());
  await promise_rejects_exactly(t, error, writer.closed);
}, 'a close that fails makes the stream fail');

promise_test(async (t) => {
  const calls = [];
  const stream = new WritableStream({ write() { return turn(); }, abort(reason) { calls.push(reason); }, close() { calls.push('close'); } });
  const writer = stream.getWriter();
  await writer.ready;
  const write = writer.write(1), queued = writer.write(2);
  const abort = writer.abort(error);
  assert_equals(writer.desiredSize, null);
  assert_equals(await write, undefined);
  await promise_rejects_exactly(t, error, queued);
  assert_equals(await abort, undefined);
  assert_array_equals(calls, [error]);
  await promise_rejects_exactly(t, error, writer.closed);
  assert_equals(await writer.abort('again'), undefined);
}, 'abort waits for the write in flight, drops the others and tells the sink');

promise_test(async (t) => {
  let controller;
  const stream = new WritableStream({ start(c) { controller = c; } });
  const { signal } = controller;
  assert_true(signal instanceof AbortSignal);
  assert_equals(controller.signal, signal);
  const seen = [];
  signal.addEventListener('abort', () => seen.push(signal.reason));
  stream.abort('why');
  assert_array_equals(seen, ['why']);
  let other;
  const late = new WritableStream({ start(c) { other = c; } });
  late.abort('before the signal was asked for');
  assert_true(other.signal.aborted);
  assert_equals(other.signal.reason, 'before the signal was asked for');
}, 'the controller\'s signal aborts with the stream');

promise_test(async (t) => {
  let controller;
  const stream = new WritableStream({ start(c) { controller = c; }, abort() { assert_unreached(); } });
  const writer = stream.getWriter();
  controller.error(error);
  controller.error(new Error('again, without effect'));
  await promise_rejects_exactly(t, error, writer.closed);
  await promise_rejects_exactly(t, error, writer.write(1));
}, 'controller.error makes the stream fail without abort()');

promise_test(async (t) => {
  const stream = new WritableStream();
  const writer = stream.getWriter();
  assert_true(stream.locked);
  assert_throws_js(TypeError, () => stream.getWriter());
  await promise_rejects_js(t, TypeError, stream.abort());
  await promise_rejects_js(t, TypeError, stream.close());
  const { closed } = writer;
  writer.releaseLock();
  assert_equals(writer.closed, closed);
  await promise_rejects_js(t, TypeError, closed);
  await promise_rejects_js(t, TypeError, writer.ready);
  await promise_rejects_js(t, TypeError, writer.write(1));
  await promise_rejects_js(t, TypeError, writer.close());
  await promise_rejects_js(t, TypeError, writer.abort());
  assert_throws_js(TypeError, () => writer.desiredSize);
  writer.releaseLock();
  assert_equals(await stream.close(), undefined);
}, 'a writer locks its stream until it is released');

promise_test(async (t) => {
  const writer = new WritableStream().getWriter();
  const close = writer.close();
  await promise_rejects_js(t, TypeError, writer.close());
  await promise_rejects_js(t, TypeError, writer.write(1));
  await close;
  await promise_rejects_js(t, TypeError, writer.close());
  assert_equals(writer.desiredSize, 0);
  assert_equals(await writer.abort(), undefined);
  assert_equals(await writer.ready, undefined);
}, 'a stream closes once, and nothing is written after it');

promise_test(async (t) => {
  const stream = new WritableStream({}, { size(chunk) { return chunk; }, highWaterMark: 5 });
  const writer = stream.getWriter();
  writer.write(3);
  assert_equals(writer.desiredSize, 2);
  const failing = new WritableStream({}, { size() { throw error; } }).getWriter();
  await promise_rejects_exactly(t, error, failing.write(1));
  const wrong = new WritableStream({}, { size: () => NaN }).getWriter();
  await promise_rejects_js(t, RangeError, wrong.write(1));
}, 'sizes come from the strategy; one that is no size makes the stream fail');

promise_test(async (t) => {
  let finish;
  const stream = new WritableStream({ close: () => new Promise((resolve) => { finish = resolve; }) });
  const writer = stream.getWriter();
  await writer.ready;
  const close = writer.close(), abort = writer.abort(error);
  finish();
  assert_equals(await close, undefined);
  assert_equals(await abort, undefined);
  assert_equals(await writer.closed, undefined);
}, 'an abort during a close that succeeds is fulfilled');

promise_test(async (t) => {
  const stream = new WritableStream({ abort() { throw error; } });
  const writer = stream.getWriter();
  await promise_rejects_exactly(t, error, writer.abort('reason'));
  const e = await writer.closed.catch((reason) => reason);
  assert_equals(e, 'reason');
}, 'an abort() of the sink that fails rejects the abort');

promise_test(async (t) => {
  const { prototype } = WritableStreamDefaultWriter;
  await promise_rejects_js(t, TypeError, prototype.write.call({}));
  await promise_rejects_js(t, TypeError, prototype.close.call(null));
  await promise_rejects_js(t, TypeError, prototype.abort.call(undefined));
  await promise_rejects_js(t, TypeError, Object.getOwnPropertyDescriptor(prototype, 'ready').get.call({}));
  await promise_rejects_js(t, TypeError, WritableStream.prototype.abort.call({}));
  assert_throws_js(TypeError, () => WritableStream.prototype.getWriter.call({}));
}, 'the classes check their receivers');

promise_test(async (t) => {
  const ws = new WritableStream({}, { highWaterMark: 3 });
  const w = ws.getWriter();
  assert_equals(w.desiredSize, 3);
  w.releaseLock();
  assert_throws_js(TypeError, () => w.desiredSize);
  await promise_rejects_js(t, TypeError, w.closed);
  await promise_rejects_js(t, TypeError, w.write(1));
  let reason;
  const wa = new WritableStream({ start(c) { c.signal.addEventListener('abort', () => { reason = c.signal.reason; }); } });
  await wa.abort('r'); assert_equals(reason, 'r');
}, 'a writer that let go has nothing to say, and abort reaches the signal');
