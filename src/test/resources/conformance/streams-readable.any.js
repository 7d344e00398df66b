const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const error = new RangeError('on purpose');

promise_test(async () => {
  const stream = new ReadableStream({
    start(c) { c.enqueue('a'); c.enqueue('b'); c.close(); },
  });
  const reader = stream.getReader();
  assert_object_equals(await reader.read(), { value: 'a', done: false });
  assert_object_equals(await reader.read(), { value: 'b', done: false });
  assert_object_equals(await reader.read(), { value: undefined, done: true });
  assert_equals(await reader.closed, undefined);
}, 'a stream gives what was enqueued, in order, and then closes');

test(() => {
  for (const source of [null, 1, 'x', true]) assert_throws_js(TypeError, () => new ReadableStream(source));
  for (const member of ['start', 'pull', 'cancel']) assert_throws_js(TypeError, () => new ReadableStream({ [member]: 1 }));
  assert_throws_js(TypeError, () => new ReadableStream({ type: 'other' }));
  assert_throws_js(TypeError, () => new ReadableStream({}, 1));
  assert_throws_js(TypeError, () => new ReadableStream({}, { size: 1 }));
  assert_throws_js(RangeError, () => new ReadableStream({}, { highWaterMark: -1 }));
  assert_throws_js(RangeError, () => new ReadableStream({}, { highWaterMark: NaN }));
  assert_throws_js(RangeError, () => new ReadableStream({ type: 'bytes' }, { size() { return 1; } }));
  assert_throws_exactly(error, () => new ReadableStream({ start() { throw error; } }));
  assert_throws_exactly(error, () => new ReadableStream({ get start() { throw error; } }));
  new ReadableStream();
  new ReadableStream({}, null);
  new ReadableStream(() => {}, { highWaterMark: Infinity });
}, 'wrong sources and strategies are refused by the constructor');

test(() => {
  const order = [];
  const source = new Proxy({}, { get: (_, name) => { order.push(name); } });
  const strategy = new Proxy({}, { get: (_, name) => { order.push(name); } });
  new ReadableStream(source, strategy);
  assert_array_equals(order, ['highWaterMark', 'size', 'autoAllocateChunkSize', 'cancel', 'pull', 'start', 'type']);
}, 'the members of strategy and source are read once, in the order of Web IDL');

promise_test(async () => {
  let pulls = 0;
  const stream = new ReadableStream({ pull(c) { c.enqueue(++pulls); } }, { highWaterMark: 3 });
  assert_equals(pulls, 0);
  await turn();
  assert_equals(pulls, 3);
  const reader = stream.getReader();
  assert_equals((await reader.read()).value, 1);
  await turn();
  assert_equals(pulls, 4);
}, 'pull is called until the queue is at its high water mark, not before start has ended');

promise_test(async () => {
  let pulls = 0;
  const stream = new ReadableStream({ pull(c) { c.enqueue(++pulls); } }, { highWaterMark: 0 });
  await turn();
  assert_equals(pulls, 0);
  await stream.getReader().read();
  await turn();
  assert_equals(pulls, 1);
}, 'with a high water mark of 0 pull waits for a read');

promise_test(async () => {
  let release, pulls = 0;
  const stream = new ReadableStream({ pull() { pulls++; return new Promise((resolve) => { release = resolve; }); } }, { highWaterMark: 0 });
  const reader = stream.getReader();
  reader.read();
  await turn();
  reader.read();
  await turn();
  assert_equals(pulls, 1);
  release();
  await turn();
  assert_equals(pulls, 2);
}, 'pull is not called again while its promise is pending');

promise_test(async (t) => {
  let started;
  const stream = new ReadableStream({ start: () => new Promise((resolve, reject) => { started = reject; }) });
  const reader = stream.getReader();
  const read = reader.read();
  started(error);
  await promise_rejects_exactly(t, error, read);
  await promise_rejects_exactly(t, error, reader.closed);
}, 'a start that fails makes the stream fail');

promise_test(async (t) => {
  const stream = new ReadableStream({ pull() { throw error; } });
  await promise_rejects_exactly(t, error, stream.getReader().read());
}, 'a pull that throws makes the stream fail');

promise_test(async (t) => {
  let controller;
  const stream = new ReadableStream({ start(c) { controller = c; } });
  controller.enqueue('lost');
  controller.error(error);
  assert_equals(controller.desiredSize, null);
  const reader = stream.getReader();
  await promise_rejects_exactly(t, error, reader.read());
  assert_throws_js(TypeError, () => controller.enqueue(1));
  assert_throws_js(TypeError, () => controller.close());
  controller.error(new Error('again, without effect'));
  await promise_rejects_exactly(t, error, reader.closed);
}, 'controller.error drops the queue; the first error stays');

promise_test(async () => {
  let controller;
  const stream = new ReadableStream({ start(c) { controller = c; } }, { highWaterMark: 2 });
  assert_equals(controller.desiredSize, 2);
  controller.enqueue('x');
  assert_equals(controller.desiredSize, 1);
  controller.close();
  assert_throws_js(TypeError, () => controller.close());
  assert_throws_js(TypeError, () => controller.enqueue('y'));
  const reader = stream.getReader();
  assert_equals((await reader.read()).value, 'x');
  assert_true((await reader.read()).done);
  assert_equals(controller.desiredSize, 0);
}, 'close lets the queue be read first, and enqueue and close are errors after it');

promise_test(async (t) => {
  let controller;
  const stream = new ReadableStream({ start(c) { controller = c; } }, { size(chunk) { 'use strict'; assert_equals(this, undefined); return chunk; }, highWaterMark: 10 });
  controller.enqueue(4);
  assert_equals(controller.desiredSize, 6);
  assert_throws_js(RangeError, () => controller.enqueue(-1));
  await promise_rejects_js(t, RangeError, stream.getReader().read());
}, 'sizes come from the strategy; one that is no size makes the stream fail');

promise_test(async (t) => {
  let controller;
  const stream = new ReadableStream({ start(c) { controller = c; } }, { size() { throw error; } });
  assert_throws_exactly(error, () => controller.enqueue(1));
  await promise_rejects_exactly(t, error, stream.getReader().closed);
}, 'a size function that throws makes the stream fail');

promise_test(async (t) => {
  let reason;
  const stream = new ReadableStream({ start(c) { c.enqueue(1); }, cancel(r) { reason = r; return new Promise((resolve) => setTimeout(() => resolve('ignored'), 1)); } });
  assert_equals(await stream.cancel('why'), undefined);
  assert_equals(reason, 'why');
  const reader = stream.getReader();
  assert_true((await reader.read()).done);
  await promise_rejects_exactly(t, error, new ReadableStream({ cancel() { throw error; } }).cancel());
  await promise_rejects_exactly(t, error, new ReadableStream({ start(c) { c.error(error); } }).cancel());
  assert_equals(await new ReadableStream({ start(c) { c.close(); }, cancel() { throw error; } }).cancel(), undefined);
}, 'cancel tells the source why and waits for it');

promise_test(async (t) => {
  const stream = new ReadableStream();
  const reader = stream.getReader();
  assert_true(stream.locked);
  assert_throws_js(TypeError, () => stream.getReader());
  assert_throws_js(TypeError, () => stream.tee());
  await promise_rejects_js(t, TypeError, stream.cancel());
  reader.releaseLock();
  assert_false(stream.locked);
  assert_throws_js(TypeError, () => stream.getReader({ mode: 'byob' }));
  assert_throws_js(TypeError, () => stream.getReader({ mode: 'other' }));
  stream.getReader({ mode: undefined });
}, 'a reader locks its stream until it is released');

promise_test(async (t) => {
  let controller;
  const stream = new ReadableStream({ start(c) { controller = c; } });
  const reader = stream.getReader();
  const { closed } = reader;
  const read = reader.read();
  reader.releaseLock();
  await promise_rejects_js(t, TypeError, read);
  assert_equals(reader.closed, closed);
  await promise_rejects_js(t, TypeError, closed);
  await promise_rejects_js(t, TypeError, reader.read());
  await promise_rejects_js(t, TypeError, reader.cancel());
  reader.releaseLock();
  controller.enqueue('kept');
  assert_equals((await stream.getReader().read()).value, 'kept');
}, 'releaseLock rejects the reads that wait, and no chunk is lost');

promise_test(async (t) => {
  const stream = new ReadableStream({ start(c) { c.close(); } });
  const reader = stream.getReader();
  const { closed } = reader;
  reader.releaseLock();
  assert_not_equals(reader.closed, closed);
  assert_equals(await closed, undefined);
  await promise_rejects_js(t, TypeError, reader.closed);
}, 'the closed promise is replaced by releaseLock once it has settled');

promise_test(async () => {
  let controller;
  const reader = new ReadableStream({ start(c) { controller = c; } }).getReader();
  const seen = [];
  reader.read().then((r) => seen.push(r.value));
  reader.read().then((r) => seen.push(r.done));
  reader.closed.then(() => seen.push('closed'));
  controller.enqueue(1);
  controller.close();
  await turn();
  assert_array_equals(seen, [1, 'closed', true]);
}, 'reads that wait are answered in order, and by close');

promise_test(async () => {
  let controller;
  const stream = new ReadableStream({ start(c) { controller = c; } }, { size() { controller.enqueue.call; stream.getReader; return 1; }, highWaterMark: 5 });
  controller.enqueue('a');
  const reader = stream.getReader();
  assert_equals((await reader.read()).value, 'a');
}, 'a size function may touch the stream');

test(() => {
  assert_throws_js(TypeError, () => new ReadableStreamDefaultController());
  assert_throws_js(TypeError, () => new ReadableStreamDefaultReader());
  assert_throws_js(TypeError, () => new ReadableStreamDefaultReader({}));
  assert_throws_js(TypeError, () => ReadableStream.prototype.getReader.call({}));
  assert_throws_js(TypeError, () => Object.getOwnPropertyDescriptor(ReadableStream.prototype, 'locked').get.call({}));
  const reader = new ReadableStreamDefaultReader(new ReadableStream());
  assert_true(reader instanceof ReadableStreamDefaultReader);
}, 'the classes check their receivers and arguments');

promise_test(async (t) => {
  const { prototype } = ReadableStreamDefaultReader;
  await promise_rejects_js(t, TypeError, prototype.read.call({}));
  await promise_rejects_js(t, TypeError, prototype.cancel.call(undefined));
  await promise_rejects_js(t, TypeError, Object.getOwnPropertyDescriptor(prototype, 'closed').get.call({}));
  await promise_rejects_js(t, TypeError, ReadableStream.prototype.cancel.call(null));
  await promise_rejects_js(t, TypeError, ReadableStream.prototype.pipeTo.call({}, new WritableStream()));
}, 'methods that return promises reject instead of throwing');

test(() => {
  for (const [type, length] of [[ReadableStream, 0], [ReadableStreamDefaultReader, 1], [ReadableStreamBYOBReader, 1], [WritableStream, 0],
    [WritableStreamDefaultWriter, 1], [TransformStream, 0], [ByteLengthQueuingStrategy, 1], [CountQueuingStrategy, 1]]) {
    assert_equals(type.length, length, type.name);
    assert_equals(type.prototype[Symbol.toStringTag], type.name);
    for (const key of Object.keys(Object.getOwnPropertyDescriptors(type.prototype))) {
      if (key !== 'constructor') assert_true(Object.getOwnPropertyDescriptor(type.prototype, key).enumerable, `${type.name}.${key}`);
    }
    const global = Object.getOwnPropertyDescriptor(globalThis, type.name);
    assert_true(global.configurable && !global.enumerable);
  }
  assert_equals(ReadableStream.prototype.values, ReadableStream.prototype[Symbol.asyncIterator]);
  assert_equals(ReadableStream.prototype.pipeTo.length, 1);
  assert_equals(ReadableStream.prototype.getReader.length, 0);
  assert_class_string(new ReadableStream(), 'ReadableStream');
}, 'the interfaces have the shape of Web IDL');

test(() => {
  const strategy = new CountQueuingStrategy({ highWaterMark: 4 });
  assert_equals(strategy.highWaterMark, 4);
  assert_equals(strategy.size('anything'), 1);
  assert_equals(strategy.size, new CountQueuingStrategy({ highWaterMark: 0 }).size);
  assert_equals(strategy.size.length, 0);
  assert_equals(strategy.size.name, 'size');
  const bytes = new ByteLengthQueuingStrategy({ highWaterMark: '7' });
  assert_equals(bytes.highWaterMark, 7);
  assert_equals(bytes.size(new Uint8Array(3)), 3);
  assert_equals(bytes.size({ byteLength: 9 }), 9);
  assert_equals(bytes.size.length, 1);
  for (const type of [CountQueuingStrategy, ByteLengthQueuingStrategy]) {
    assert_throws_js(TypeError, () => new type());
    assert_throws_js(TypeError, () => new type({}));
    assert_true(Number.isNaN(new type({ highWaterMark: 'foo' }).highWaterMark));
  }
}, 'the queuing strategies count chunks or bytes');

promise_test(async () => {
  const { then } = Promise.prototype;
  let calls = 0;
  Promise.prototype.then = function (...args) { calls++; return then.apply(this, args); };
  try {
    const stream = new ReadableStream({ pull(c) { c.enqueue(1); c.close(); } });
    const reader = stream.getReader();
    const read = reader.read();
    const writes = [];
    const pipe = new ReadableStream({ start(c) { c.enqueue(1); c.close(); } }).pipeTo(new WritableStream({ write(c) { writes.push(c); } }));
    Promise.prototype.then = then;
    assert_equals(calls, 0);
    assert_equals((await read).value, 1);
    await pipe;
    assert_array_equals(writes, [1]);
  } finally {
    Promise.prototype.then = then;
  }
}, 'a patched Promise.prototype.then does not see the platform\'s own promises');
