const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const error = new RangeError('on purpose');
const bytes = (...values) => new Uint8Array(values);
function controlled(source = {}, strategy) {
  let controller;
  const stream = new ReadableStream({ type: 'bytes', ...source, start(c) { controller = c; } }, strategy);
  return { stream, controller };
}

promise_test(async () => {
  const { stream, controller } = controlled();
  assert_true(controller instanceof ReadableByteStreamController);
  const chunk = bytes(1, 2, 3);
  controller.enqueue(chunk);
  assert_equals(chunk.byteLength, 0);
  assert_equals(controller.desiredSize, -3);
  controller.close();
  const reader = stream.getReader();
  assert_array_equals((await reader.read()).value, [1, 2, 3]);
  assert_true((await reader.read()).done);
}, 'enqueue takes the buffer of its chunk away');

promise_test(async () => {
  const { stream, controller } = controlled();
  controller.enqueue(bytes(1, 2, 3, 4, 5));
  const reader = stream.getReader({ mode: 'byob' });
  const view = new Uint8Array(new ArrayBuffer(10), 2, 3);
  const { value, done } = await reader.read(view);
  assert_false(done);
  assert_equals(view.buffer.byteLength, 0);
  assert_array_equals(value, [1, 2, 3]);
  assert_equals(value.byteOffset, 2);
  assert_equals(value.buffer.byteLength, 10);
  const rest = await reader.read(new Uint8Array(10));
  assert_array_equals(rest.value, [4, 5]);
  assert_equals(rest.value.buffer.byteLength, 10);
}, 'a BYOB read fills the given memory from the queue, in a transferred buffer');

promise_test(async () => {
  const seen = [];
  const stream = new ReadableStream({
    type: 'bytes',
    pull(c) {
      const { view } = c.byobRequest;
      seen.push(view.byteOffset, view.byteLength, c.byobRequest === c.byobRequest);
      view.set([9, 8]);
      c.byobRequest.respond(2);
    },
  });
  const reader = stream.getReader({ mode: 'byob' });
  const { value } = await reader.read(new Uint8Array(new ArrayBuffer(8), 1, 4));
  assert_array_equals(value, [9, 8]);
  assert_array_equals(seen, [1, 4, true]);
}, 'pull writes into the memory of the reader through byobRequest');

promise_test(async () => {
  const { stream, controller } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  const read = reader.read(new Uint16Array(2));
  await turn();
  assert_equals(controller.byobRequest.view.byteLength, 4);
  controller.byobRequest.view[0] = 1;
  controller.byobRequest.respond(1);
  assert_equals(controller.byobRequest.view.byteOffset, 1);
  controller.byobRequest.view[0] = 2;
  controller.byobRequest.view[1] = 3;
  controller.byobRequest.respond(2);
  const { value } = await read;
  assert_true(value instanceof Uint16Array);
  assert_equals(value.length, 1);
  assert_array_equals(new Uint8Array(value.buffer, 0, 2), [1, 2]);
  const rest = await reader.read(new Uint8Array(1));
  assert_array_equals(rest.value, [3]);
}, 'views of wider elements get whole elements, and the remainder waits');

promise_test(async (t) => {
  const { stream, controller } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  const read = reader.read(new Uint16Array(1));
  await turn();
  controller.byobRequest.respond(1);
  assert_throws_js(TypeError, () => controller.close());
  await promise_rejects_js(t, TypeError, read);
}, 'a stream cannot close within an element');

promise_test(async () => {
  const { stream, controller } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  const read = reader.read(new Uint8Array(10), { min: 4 });
  await turn();
  controller.enqueue(bytes(1, 2));
  controller.enqueue(bytes(3));
  let ended = false;
  read.then(() => { ended = true; });
  await turn();
  assert_false(ended);
  controller.enqueue(bytes(4, 5));
  assert_array_equals((await read).value, [1, 2, 3, 4, 5]);
}, 'min makes a BYOB read wait for that many elements');

promise_test(async (t) => {
  const { stream } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  await promise_rejects_js(t, TypeError, reader.read(new Uint8Array(4), { min: 0 }));
  await promise_rejects_js(t, RangeError, reader.read(new Uint8Array(4), { min: 5 }));
  await promise_rejects_js(t, TypeError, reader.read(new Uint8Array(4), { min: -1 }));
  await promise_rejects_js(t, TypeError, reader.read(new Uint8Array(0)));
  await promise_rejects_js(t, TypeError, reader.read());
  await promise_rejects_js(t, TypeError, reader.read({}));
  await promise_rejects_js(t, TypeError, reader.read(new ArrayBuffer(3)));
  const detached = bytes(1);
  detached.buffer.transfer();
  await promise_rejects_js(t, TypeError, reader.read(detached));
}, 'BYOB reads check their view and min');

promise_test(async () => {
  const { stream, controller } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  const read = reader.read(new Uint8Array(5));
  await turn();
  controller.enqueue(bytes(7));
  const { value } = await read;
  assert_array_equals(value, [7]);
  assert_equals(value.buffer.byteLength, 5);
  assert_equals(controller.byobRequest, null);
}, 'enqueue answers a BYOB read that waits');

promise_test(async () => {
  const { stream, controller } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  const read = reader.read(new Uint8Array(5));
  await turn();
  controller.close();
  let ended = false;
  read.then(() => { ended = true; });
  await turn();
  assert_false(ended);
  assert_throws_js(TypeError, () => controller.byobRequest.respond(1));
  controller.byobRequest.respond(0);
  const { value, done } = await read;
  assert_true(done);
  assert_equals(value.byteLength, 0);
  assert_equals(value.buffer.byteLength, 5);
}, 'after close the BYOB read ends, with its memory, when the source responds with 0');

promise_test(async () => {
  const { stream, controller } = controlled();
  controller.close();
  const { value, done } = await stream.getReader({ mode: 'byob' }).read(new Float32Array(new ArrayBuffer(16), 4, 2));
  assert_true(done);
  assert_true(value instanceof Float32Array);
  assert_equals(value.byteOffset, 4);
  assert_equals(value.length, 0);
}, 'a BYOB read of a closed stream gives back its memory');

promise_test(async () => {
  const { stream } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  const read = reader.read(new Uint8Array(5));
  await turn();
  await reader.cancel('why');
  const { value, done } = await read;
  assert_true(done);
  assert_equals(value, undefined);
}, 'a BYOB read that is cancelled gives no memory back');

promise_test(async (t) => {
  const { stream, controller } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  const read = reader.read(new Uint8Array(5));
  await turn();
  const request = controller.byobRequest;
  controller.error(error);
  assert_equals(request.view, null);
  assert_equals(controller.byobRequest, null);
  assert_throws_js(TypeError, () => request.respond(1));
  await promise_rejects_exactly(t, error, read);
  await promise_rejects_exactly(t, error, reader.read(new Uint8Array(1)));
}, 'an error invalidates the BYOB request and rejects its read');

promise_test(async () => {
  const stream = new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: 16,
    pull(c) {
      assert_equals(c.byobRequest.view.byteLength, 16);
      c.byobRequest.view[0] = 5;
      c.byobRequest.respond(1);
    },
  });
  const { value } = await stream.getReader().read();
  assert_array_equals(value, [5]);
  assert_equals(value.buffer.byteLength, 16);
  assert_throws_js(TypeError, () => new ReadableStream({ type: 'bytes', autoAllocateChunkSize: 0 }));
  assert_throws_js(TypeError, () => new ReadableStream({ type: 'bytes', autoAllocateChunkSize: -1 }));
}, 'autoAllocateChunkSize gives a default reader\'s read memory of its own');

promise_test(async () => {
  const { stream, controller } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  const read = reader.read(new Uint8Array(4));
  await turn();
  const { view } = controller.byobRequest;
  const buffer = view.buffer.transfer();
  new Uint8Array(buffer).set([1, 2]);
  controller.byobRequest.respondWithNewView(new Uint8Array(buffer, 0, 2));
  assert_array_equals((await read).value, [1, 2]);
}, 'respondWithNewView answers with a transferred buffer');

promise_test(async () => {
  const { stream, controller } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  reader.read(new Uint8Array(new ArrayBuffer(8), 2, 4));
  await turn();
  const request = controller.byobRequest;
  assert_throws_js(RangeError, () => request.respondWithNewView(new Uint8Array(new ArrayBuffer(8), 0, 4)));
  assert_throws_js(RangeError, () => request.respondWithNewView(new Uint8Array(new ArrayBuffer(9), 2, 4)));
  assert_throws_js(RangeError, () => request.respondWithNewView(new Uint8Array(new ArrayBuffer(8), 2, 5)));
  assert_throws_js(TypeError, () => request.respondWithNewView(new Uint8Array(new ArrayBuffer(8), 2, 0)));
  assert_throws_js(TypeError, () => request.respondWithNewView({}));
  assert_throws_js(RangeError, () => request.respond(5));
  assert_throws_js(TypeError, () => request.respond(0));
  assert_throws_js(TypeError, () => request.respond(-1));
  assert_throws_js(TypeError, () => request.respond());
  assert_equals(controller.byobRequest, request);
}, 'responses out of range are refused');

promise_test(async () => {
  const { controller } = controlled();
  assert_throws_js(TypeError, () => controller.enqueue());
  assert_throws_js(TypeError, () => controller.enqueue('text'));
  assert_throws_js(TypeError, () => controller.enqueue(new ArrayBuffer(1)));
  assert_throws_js(TypeError, () => controller.enqueue(new Uint8Array(0)));
  const detached = bytes(1);
  detached.buffer.transfer();
  assert_throws_js(TypeError, () => controller.enqueue(detached));
  assert_throws_js(TypeError, () => new ReadableByteStreamController());
  assert_throws_js(TypeError, () => new ReadableStreamBYOBRequest());
}, 'enqueue takes views with bytes in them alone');

promise_test(async (t) => {
  const { stream, controller } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  const read = reader.read(new Uint8Array(3));
  await turn();
  const { byobRequest } = controller;
  reader.releaseLock();
  await promise_rejects_js(t, TypeError, read);
  assert_equals(controller.byobRequest, byobRequest);
  byobRequest.view[0] = 11;
  byobRequest.respond(1);
  assert_array_equals((await stream.getReader().read()).value, [11]);
}, 'what is written after releaseLock goes to the next reader');

promise_test(async () => {
  const { stream, controller } = controlled();
  const reader = stream.getReader({ mode: 'byob' });
  const reads = [reader.read(new Uint8Array(2)), reader.read(new Uint8Array(2)), reader.read(new Uint8Array(2))];
  await turn();
  controller.enqueue(bytes(1, 2, 3, 4, 5));
  const values = (await Promise.all(reads)).map((r) => [...r.value].join());
  assert_array_equals(values, ['1,2', '3,4', '5']);
}, 'several BYOB reads share one chunk');

promise_test(async () => {
  const { stream, controller } = controlled();
  controller.enqueue(bytes(1, 2));
  controller.enqueue(bytes(3, 4));
  const reader = stream.getReader({ mode: 'byob' });
  const { value } = await reader.read(new DataView(new ArrayBuffer(3)));
  assert_true(value instanceof DataView);
  assert_array_equals([value.getUint8(0), value.getUint8(1), value.getUint8(2)], [1, 2, 3]);
  reader.releaseLock();
  assert_array_equals((await stream.getReader().read()).value, [4]);
}, 'a BYOB read spans chunks, and a default reader gets the rest');

promise_test(async () => {
  let pulls = 0;
  const stream = new ReadableStream({ type: 'bytes', pull(c) { pulls++; c.enqueue(bytes(pulls)); } });
  await turn();
  assert_equals(pulls, 0);
  const buffered = new ReadableStream({ type: 'bytes', pull(c) { pulls++; c.enqueue(bytes(1, 2)); } }, { highWaterMark: 5 });
  await turn();
  assert_equals(pulls, 3);
  await buffered.cancel();
  await stream.getReader().read();
  assert_equals(pulls, 4);
}, 'the high water mark counts bytes and is 0 by default');

promise_test(async (t) => {
  const { stream, controller } = controlled();
  controller.enqueue(bytes(1));
  controller.close();
  const reader = stream.getReader({ mode: 'byob' });
  await promise_rejects_js(t, TypeError, reader.read(new Uint16Array(1)));
  await promise_rejects_js(t, TypeError, reader.closed);
}, 'a remainder that no element can hold is an error after close');

promise_test(async () => {
  const { stream, controller } = controlled();
  const request = (await (async () => {
    const reader = stream.getReader({ mode: 'byob' });
    reader.read(new Uint8Array(4)).then(() => {});
    await turn();
    return controller.byobRequest;
  })());
  const { view } = request;
  view.buffer.transfer();
  assert_throws_js(TypeError, () => request.respond(1));
  assert_throws_js(TypeError, () => controller.enqueue(bytes(1)));
}, 'a BYOB request whose buffer was detached cannot be answered');

promise_test(async (t) => {
  const s = new ReadableStream({ type: 'bytes', pull(c) { const v = c.byobRequest?.view; if (v) { v[0] = 1; c.byobRequest.respond(1); } else c.enqueue(new Uint8Array([7])); } });
  const r = s.getReader({ mode: 'byob' });
  const got = await r.read(new Uint8Array(4), { min: 3 });
  assert_equals(got.value.length, 3);
  await promise_rejects_js(t, TypeError, r.read(new Uint8Array(0)));
  await promise_rejects_js(t, TypeError, r.read(new Uint8Array(1), { min: 0 }));
  await promise_rejects_js(t, RangeError, r.read(new Uint8Array(1), { min: 2 }));
  let seen;
  const auto = new ReadableStream({ type: 'bytes', autoAllocateChunkSize: 16, pull(c) { seen = c.byobRequest.view.byteLength; c.byobRequest.respond(2); } });
  assert_equals((await auto.getReader().read()).value.length, 2);
  assert_equals(seen, 16);
  assert_throws_js(TypeError, () => new ReadableStream({ type: 'bytes', autoAllocateChunkSize: 0 }));
  assert_throws_js(RangeError, () => new ReadableStream({ type: 'bytes' }, { size() {} }));
  assert_throws_js(TypeError, () => new ReadableStream().getReader({ mode: 'byob' }));
}, 'a reader asks for so many bytes at least, and a source may be given buffers');
