const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const error = new RangeError('on purpose'), other = new EvalError('another');
const of = (...chunks) => new ReadableStream({ start(c) { for (const chunk of chunks) c.enqueue(chunk); c.close(); } });
function recorder(sink = {}, strategy) {
  const calls = [];
  const stream = new WritableStream({
    write(chunk, c) { calls.push(chunk); return sink.write?.(chunk, c); },
    close() { calls.push('close'); return sink.close?.(); },
    abort(reason) { calls.push('abort', reason); return sink.abort?.(reason); },
  }, strategy);
  return { calls, stream };
}
function recordingSource(source = {}) {
  const calls = [];
  let controller;
  const stream = new ReadableStream({
    start(c) { controller = c; return source.start?.(c); },
    pull(c) { return source.pull?.(c); },
    cancel(reason) { calls.push('cancel', reason); return source.cancel?.(reason); },
  }, { highWaterMark: 0 });
  return { calls, stream, controller };
}

promise_test(async () => {
  const { calls, stream } = recorder();
  const source = of(1, 2, 3);
  const pipe = source.pipeTo(stream);
  assert_true(source.locked);
  assert_true(stream.locked);
  assert_equals(await pipe, undefined);
  assert_array_equals(calls, [1, 2, 3, 'close']);
  assert_false(source.locked);
  assert_false(stream.locked);
}, 'a pipe carries all chunks, closes the destination and unlocks both');

promise_test(async () => {
  const { calls, stream } = recorder();
  await of(1).pipeTo(stream, { preventClose: true });
  await of(2).pipeTo(stream);
  assert_array_equals(calls, [1, 2, 'close']);
}, 'preventClose leaves the destination open');

promise_test(async (t) => {
  const { calls, stream } = recorder();
  const { stream: source, controller } = recordingSource();
  const pipe = source.pipeTo(stream);
  controller.enqueue(1);
  await turn();
  controller.error(error);
  await promise_rejects_exactly(t, error, pipe);
  assert_array_equals(calls, [1, 'abort', error]);
}, 'an error of the source aborts the destination');

promise_test(async (t) => {
  const { calls, stream } = recorder();
  const { stream: source, controller } = recordingSource();
  const pipe = source.pipeTo(stream, { preventAbort: true });
  controller.error(error);
  await promise_rejects_exactly(t, error, pipe);
  assert_array_equals(calls, []);
  await stream.close();
}, 'preventAbort leaves the destination writable');

promise_test(async (t) => {
  const { stream } = recorder({ abort() { throw other; } });
  const { stream: source, controller } = recordingSource();
  const pipe = source.pipeTo(stream);
  controller.error(error);
  await promise_rejects_exactly(t, other, pipe);
}, 'an abort that fails gives the pipe its error');

promise_test(async (t) => {
  const { stream } = recorder({ write() { throw error; } });
  const { stream: source, calls, controller } = recordingSource();
  const pipe = source.pipeTo(stream);
  controller.enqueue(1);
  await promise_rejects_exactly(t, error, pipe);
  assert_array_equals(calls, ['cancel', error]);
}, 'an error of the destination cancels the source');

promise_test(async (t) => {
  const { stream } = recorder({ write() { throw error; } });
  const { stream: source, calls, controller } = recordingSource();
  const pipe = source.pipeTo(stream, { preventCancel: true });
  controller.enqueue(1);
  await promise_rejects_exactly(t, error, pipe);
  assert_array_equals(calls, []);
  controller.enqueue(2);
  assert_equals((await source.getReader().read()).value, 2);
}, 'preventCancel leaves the source readable');

promise_test(async (t) => {
  const { stream } = recorder();
  await stream.close();
  const { stream: source, calls } = recordingSource();
  await promise_rejects_js(t, TypeError, source.pipeTo(stream));
  assert_equals(calls[0], 'cancel');
  assert_true(calls[1] instanceof TypeError);
  const closed = new WritableStream();
  closed.close();
  const kept = recordingSource();
  await promise_rejects_js(t, TypeError, kept.stream.pipeTo(closed, { preventCancel: true }));
  assert_array_equals(kept.calls, []);
}, 'a closed destination cancels the source');

promise_test(async (t) => {
  const controller = new AbortController();
  const { calls: sinkCalls, stream } = recorder();
  const { stream: source, calls } = recordingSource();
  const pipe = source.pipeTo(stream, { signal: controller.signal });
  await turn();
  controller.abort(error);
  await promise_rejects_exactly(t, error, pipe);
  assert_array_equals(sinkCalls, ['abort', error]);
  assert_array_equals(calls, ['cancel', error]);
}, 'the signal ends the pipe on both sides');

promise_test(async (t) => {
  const controller = new AbortController();
  const { calls: sinkCalls, stream } = recorder();
  const { stream: source, calls } = recordingSource();
  const pipe = source.pipeTo(stream, { signal: controller.signal, preventAbort: true, preventCancel: true });
  controller.abort();
  await promise_rejects_dom(t, 'AbortError', pipe);
  assert_array_equals(sinkCalls, []);
  assert_array_equals(calls, []);
  assert_false(source.locked);
}, 'with everything prevented the signal just ends the pipe');

promise_test(async (t) => {
  const { calls, stream } = recorder();
  const source = of(1);
  await promise_rejects_exactly(t, error, source.pipeTo(stream, { signal: AbortSignal.abort(error) }));
  assert_array_equals(calls, ['abort', error]);
}, 'an aborted signal ends the pipe before it begins');

promise_test(async (t) => {
  const controller = new AbortController();
  let release;
  const { calls, stream } = recorder({ write: () => new Promise((resolve) => { release = resolve; }) });
  const pipe = of(1, 2).pipeTo(stream, { signal: controller.signal });
  await turn();
  controller.abort(error);
  let ended = false;
  pipe.catch(() => { ended = true; });
  await turn();
  assert_false(ended);
  release();
  await promise_rejects_exactly(t, error, pipe);
  assert_array_equals(calls, [1, 'abort', error]);
}, 'the pipe waits for the write in flight before it ends');

promise_test(async () => {
  let pulls = 0, release;
  const source = new ReadableStream({ pull(c) { c.enqueue(++pulls); } }, { highWaterMark: 0 });
  const { calls, stream } = recorder({ write: () => new Promise((resolve) => { release = resolve; }) }, { highWaterMark: 2 });
  source.pipeTo(stream);
  await turn();
  assert_array_equals(calls, [1]);
  assert_equals(pulls, 2);
  release();
  await turn();
  assert_array_equals(calls, [1, 2]);
  assert_equals(pulls, 3);
}, 'back-pressure of the destination keeps the source from being read');

promise_test(async () => {
  const { stream: source, controller } = recordingSource();
  let inEnqueue = false, within = false;
  const { stream } = recorder({ write() { within ||= inEnqueue; } }, { highWaterMark: 5 });
  const pipe = source.pipeTo(stream);
  await turn();
  inEnqueue = true;
  controller.enqueue('a');
  inEnqueue = false;
  controller.close();
  await pipe;
  assert_false(within);
}, 'enqueue() never runs the write() of the destination within');

promise_test(async () => {
  const { stream: source, controller } = recordingSource();
  const { calls, stream } = recorder({}, { highWaterMark: 5 });
  const pipe = source.pipeTo(stream);
  await turn();
  controller.enqueue('last');
  controller.close();
  await pipe;
  assert_array_equals(calls, ['last', 'close']);
}, 'a chunk enqueued just before close arrives');

promise_test(async (t) => {
  const { stream: source, controller } = recordingSource();
  const { calls, stream } = recorder({}, { highWaterMark: 5 });
  const pipe = source.pipeTo(stream);
  await turn();
  controller.enqueue('read already');
  controller.error(error);
  await promise_rejects_exactly(t, error, pipe);
  assert_array_equals(calls, ['read already', 'abort', error]);
}, 'a chunk that was read is written before an error goes on');

promise_test(async (t) => {
  const source = new ReadableStream(), destination = new WritableStream();
  await promise_rejects_js(t, TypeError, source.pipeTo({}));
  await promise_rejects_js(t, TypeError, source.pipeTo());
  await promise_rejects_js(t, TypeError, source.pipeTo(destination, { signal: null }));
  await promise_rejects_js(t, TypeError, source.pipeTo(destination, { signal: {} }));
  await promise_rejects_js(t, TypeError, source.pipeTo(destination, 1));
  assert_false(source.locked);
  source.getReader();
  await promise_rejects_js(t, TypeError, source.pipeTo(destination));
  destination.getWriter();
  await promise_rejects_js(t, TypeError, new ReadableStream().pipeTo(destination));
}, 'pipeTo refuses wrong and locked streams');

promise_test(async () => {
  const upper = new TransformStream({ transform(chunk, c) { c.enqueue(chunk.toUpperCase()); } });
  const twice = new TransformStream({ transform(chunk, c) { c.enqueue(chunk + chunk); } });
  const seen = [];
  const result = of('a', 'b').pipeThrough(upper);
  assert_equals(result, upper.readable);
  for await (const chunk of result.pipeThrough(twice)) seen.push(chunk);
  assert_array_equals(seen, ['AA', 'BB']);
}, 'pipeThrough gives the readable side of the transform');

test(() => {
  const readable = new ReadableStream(), writable = new WritableStream();
  assert_throws_js(TypeError, () => new ReadableStream().pipeThrough());
  assert_throws_js(TypeError, () => new ReadableStream().pipeThrough({}));
  assert_throws_js(TypeError, () => new ReadableStream().pipeThrough({ readable }));
  assert_throws_js(TypeError, () => new ReadableStream().pipeThrough({ readable, writable: {} }));
  assert_throws_js(TypeError, () => new ReadableStream().pipeThrough({ readable, writable }, { signal: 1 }));
  const locked = new ReadableStream();
  locked.getReader();
  assert_throws_js(TypeError, () => locked.pipeThrough({ readable, writable }));
  writable.getWriter();
  assert_throws_js(TypeError, () => new ReadableStream().pipeThrough({ readable, writable }));
  assert_throws_js(TypeError, () => ReadableStream.prototype.pipeThrough.call({}, { readable, writable }));
}, 'pipeThrough refuses wrong and locked streams');

promise_test(async () => {
  const order = [];
  const options = new Proxy({}, { get: (_, name) => { order.push(name); } });
  await of().pipeTo(new WritableStream(), options);
  assert_array_equals(order, ['preventAbort', 'preventCancel', 'preventClose', 'signal']);
}, 'the options are read once, in the order of Web IDL');

promise_test(async () => {
  const source = new ReadableStream({ type: 'bytes', start(c) { c.enqueue(new Uint8Array([1, 2])); c.enqueue(new Uint8Array([3])); c.close(); } });
  const { calls, stream } = recorder();
  await source.pipeTo(stream);
  assert_equals(calls.length, 3);
  assert_array_equals(calls[0], [1, 2]);
  assert_array_equals(calls[1], [3]);
}, 'byte streams pipe as their chunks');

promise_test(async (t) => {
  let closed = false, aborted, canceled;
  const sink = () => new WritableStream({ close() { closed = true; }, abort(r) { aborted = r; } });
  const from = (...x) => ReadableStream.from(x);
  await from(1).pipeTo(sink(), { preventClose: true });
  assert_false(closed);
  const error = new Error('e');
  const failing = () => new ReadableStream({ start(c) { c.error(error); } });
  await promise_rejects_exactly(t, error, failing().pipeTo(sink(), { preventAbort: true }));
  assert_equals(aborted, undefined);
  await promise_rejects_exactly(t, error, failing().pipeTo(sink()));
  assert_equals(aborted, error);
  const source = () => new ReadableStream({ pull(c) { c.enqueue(1); }, cancel(r) { canceled = r; } });
  await promise_rejects_exactly(t, error, source().pipeTo(new WritableStream({ write() { throw error; } }), { preventCancel: true }));
  assert_equals(canceled, undefined);
  await promise_rejects_exactly(t, error, source().pipeTo(new WritableStream({ write() { throw error; } })));
  assert_equals(canceled, error);
  const c = new AbortController(); c.abort('stop');
  canceled = aborted = undefined;
  await source().pipeTo(sink(), { signal: c.signal }).then(() => assert_unreached(), (r) => assert_equals(r, 'stop'));
  assert_equals(`${canceled} ${aborted}`, 'stop stop');
}, 'each prevention keeps its side as it was, and a signal ends both');
