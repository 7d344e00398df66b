const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const error = new RangeError('on purpose');

promise_test(async () => {
  const stream = new TransformStream({
    start(c) { c.enqueue('start'); },
    transform(chunk, c) { c.enqueue(chunk.toUpperCase()); c.enqueue(chunk); },
    flush(c) { c.enqueue('end'); },
  });
  const writer = stream.writable.getWriter();
  writer.write('a');
  writer.close();
  const seen = [];
  for await (const chunk of stream.readable) seen.push(chunk);
  assert_array_equals(seen, ['start', 'A', 'a', 'end']);
}, 'start, transform and flush enqueue what they like');

promise_test(async () => {
  const stream = new TransformStream();
  const chunk = {};
  const writer = stream.writable.getWriter();
  const write = writer.write(chunk);
  assert_equals((await stream.readable.getReader().read()).value, chunk);
  await write;
  assert_equals(stream.readable, stream.readable);
  assert_equals(stream.writable, stream.writable);
}, 'without a transformer the chunks pass as they are');

promise_test(async () => {
  const stream = new TransformStream();
  const writer = stream.writable.getWriter();
  assert_equals(writer.desiredSize, 1);
  const write = writer.write(1);
  assert_equals(writer.desiredSize, 0);
  let written = false;
  write.then(() => { written = true; });
  await turn();
  assert_false(written);
  const reader = stream.readable.getReader();
  await reader.read();
  await write;
}, 'a write waits until the readable side wants more');

promise_test(async () => {
  const stream = new TransformStream({}, { highWaterMark: 3 }, { highWaterMark: 2 });
  const writer = stream.writable.getWriter();
  assert_equals(writer.desiredSize, 3);
  await writer.write(1);
  await writer.write(2);
  let third = false;
  writer.write(3).then(() => { third = true; });
  await turn();
  assert_false(third);
}, 'both sides have strategies of their own');

promise_test(async (t) => {
  const stream = new TransformStream({ transform() { throw error; } });
  const writer = stream.writable.getWriter(), reader = stream.readable.getReader();
  const read = reader.read();
  await promise_rejects_exactly(t, error, writer.write(1));
  await promise_rejects_exactly(t, error, read);
  await promise_rejects_exactly(t, error, writer.closed);
}, 'a transform that throws makes both sides fail');

promise_test(async (t) => {
  const stream = new TransformStream({ flush() { throw error; } });
  const writer = stream.writable.getWriter(), reader = stream.readable.getReader();
  const read = reader.read();
  await promise_rejects_exactly(t, error, writer.close());
  await promise_rejects_exactly(t, error, read);
}, 'a flush that throws makes both sides fail');

promise_test(async (t) => {
  assert_throws_exactly(error, () => new TransformStream({ start() { throw error; } }));
  const stream = new TransformStream({ start: () => Promise.reject(error) });
  await promise_rejects_exactly(t, error, stream.readable.getReader().read());
  await promise_rejects_exactly(t, error, stream.writable.getWriter().closed);
}, 'a start that fails makes both sides fail');

promise_test(async (t) => {
  let controller;
  const stream = new TransformStream({ start(c) { controller = c; } });
  assert_true(controller instanceof TransformStreamDefaultController);
  assert_equals(controller.desiredSize, 0);
  controller.enqueue('last');
  controller.terminate();
  const reader = stream.readable.getReader();
  assert_equals((await reader.read()).value, 'last');
  assert_true((await reader.read()).done);
  await promise_rejects_js(t, TypeError, stream.writable.getWriter().write(1));
  assert_throws_js(TypeError, () => controller.enqueue(1));
  controller.terminate();
}, 'terminate closes the readable side and makes the writable one fail');

promise_test(async (t) => {
  let controller;
  const stream = new TransformStream({ start(c) { controller = c; } });
  controller.error(error);
  await promise_rejects_exactly(t, error, stream.readable.getReader().read());
  await promise_rejects_exactly(t, error, stream.writable.getWriter().write(1));
}, 'controller.error makes both sides fail');

promise_test(async (t) => {
  const reasons = [];
  const stream = new TransformStream({ cancel(reason) { reasons.push(reason); } });
  await stream.readable.cancel(error);
  await promise_rejects_exactly(t, error, stream.writable.getWriter().write(1));
  assert_array_equals(reasons, [error]);
  const other = new TransformStream({ cancel(reason) { reasons.push(reason); } });
  await other.writable.abort('aborted');
  const e = await other.readable.getReader().read().catch((reason) => reason);
  assert_equals(e, 'aborted');
  assert_array_equals(reasons, [error, 'aborted']);
}, 'cancel and abort go through to the other side, and to the transformer\'s cancel');

promise_test(async (t) => {
  const stream = new TransformStream({ cancel() { throw error; } });
  await promise_rejects_exactly(t, error, stream.readable.cancel('reason'));
  await promise_rejects_exactly(t, error, stream.writable.getWriter().closed);
}, 'a cancel that throws makes the writable side fail with its error');

promise_test(async () => {
  const seen = [];
  const stream = new TransformStream({ async transform(chunk, c) { await turn(); seen.push(chunk); c.enqueue(chunk); } }, undefined, { highWaterMark: 10 });
  const writer = stream.writable.getWriter();
  writer.write(1);
  writer.write(2);
  assert_equals(await writer.close(), undefined);
  assert_array_equals(seen, [1, 2]);
}, 'an asynchronous transform keeps the order');

test(() => {
  assert_throws_js(TypeError, () => new TransformStream(null));
  assert_throws_js(TypeError, () => new TransformStream({ transform: 1 }));
  assert_throws_js(RangeError, () => new TransformStream({ readableType: 'bytes' }));
  assert_throws_js(RangeError, () => new TransformStream({ writableType: 'bytes' }));
  assert_throws_js(RangeError, () => new TransformStream({}, { highWaterMark: -1 }));
  assert_throws_js(TypeError, () => new TransformStreamDefaultController());
  assert_throws_js(TypeError, () => Object.getOwnPropertyDescriptor(TransformStream.prototype, 'readable').get.call({}));
}, 'wrong transformers and receivers are refused');

promise_test(async (t) => {
  const stream = new TransformStream({ transform(chunk, c) { c.enqueue(chunk); } }, undefined, { size() { throw error; }, highWaterMark: 1 });
  const writer = stream.writable.getWriter();
  await promise_rejects_exactly(t, error, writer.write(1));
  await promise_rejects_exactly(t, error, stream.readable.getReader().closed);
}, 'a size function that throws makes both sides fail');

promise_test(async (t) => {
  const log = [];
  const ts = new TransformStream({ transform(x, c) { log.push(x); c.enqueue(x); } });
  const w = ts.writable.getWriter();
  w.write(1).catch(() => {}); w.write(2).catch(() => {});
  await new Promise((r) => setTimeout(r, 5));
  assert_equals(log.length, 0);
  const r = ts.readable.getReader();
  assert_equals((await r.read()).value, 1);
  const tt = new TransformStream({ transform(x, c) { c.terminate(); } });
  const tw = tt.writable.getWriter(), tr = tt.readable.getReader();
  tw.write(1).catch(() => {});
  assert_true((await tr.read()).done);
  await promise_rejects_js(t, TypeError, tw.closed);
  let canceled;
  const tc = new TransformStream({ cancel(r) { canceled = r; } });
  await tc.readable.cancel('c');
  assert_equals(canceled, 'c');
}, 'a transform waits for its reader, and ends both sides when it terminates');
