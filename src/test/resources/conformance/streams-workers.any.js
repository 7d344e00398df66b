const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const error = new RangeError('on purpose');

promise_test(async () => {
  const { readable, writable } = new IdentityTransformStream();
  const writer = writable.getWriter();
  const chunk = new Uint8Array([1, 2, 3, 4]);
  const write = writer.write(chunk);
  let written = false;
  write.then(() => { written = true; });
  await turn();
  assert_false(written);
  const reader = readable.getReader({ mode: 'byob' });
  assert_array_equals((await reader.read(new Uint8Array(3))).value, [1, 2, 3]);
  await write;
  assert_equals(chunk.byteLength, 4);
  assert_array_equals((await reader.read(new Uint8Array(3))).value, [4]);
  writer.write(new Uint16Array([0x0605]).buffer);
  writer.close();
  assert_array_equals((await reader.read(new Uint8Array(3))).value, [5, 6]);
  assert_true((await reader.read(new Uint8Array(3))).done);
}, 'an IdentityTransformStream hands bytes from writer to BYOB reader, and keeps none');

promise_test(async (t) => {
  const { readable, writable } = new IdentityTransformStream();
  const writer = writable.getWriter(), reader = readable.getReader();
  const read = reader.read();
  await promise_rejects_js(t, TypeError, writer.write({}));
  await promise_rejects_js(t, TypeError, read);
  for (const [stream, text] of [[new IdentityTransformStream(), 'h\u00e9 \ud800'], [new FixedLengthStream(7), 'h\u00e9 \ud800']]) {
    const strings = stream.writable.getWriter();
    strings.write(text);
    strings.close();
    assert_equals(await new Response(stream.readable).text(), 'h\u00e9 \ufffd');
  }
}, 'an IdentityTransformStream takes bytes, and strings as UTF-8');

test(() => {
  assert_true(new FixedLengthStream(1) instanceof IdentityTransformStream);
  for (const stream of [new FixedLengthStream(1), new IdentityTransformStream(), new CompressionStream('gzip'), new DecompressionStream('gzip')]) {
    assert_true(stream instanceof TransformStream, stream.constructor.name);
    assert_true(stream.readable instanceof ReadableStream);
  }
  assert_throws_js(TypeError, () => Object.getOwnPropertyDescriptor(TransformStream.prototype, 'readable').get.call(new IdentityTransformStream()));
}, 'the streams of bytes are TransformStreams, with insides of their own');

promise_test(async (t) => {
  const { readable, writable } = new IdentityTransformStream();
  const writer = writable.getWriter();
  const write = writer.write(new Uint8Array(1));
  await turn();
  const abort = writer.abort(error);
  await promise_rejects_exactly(t, error, write);
  await abort;
  await promise_rejects_exactly(t, error, readable.getReader().read());
  const cancelled = new IdentityTransformStream();
  const stuck = cancelled.writable.getWriter();
  const waiting = stuck.write(new Uint8Array(1));
  await turn();
  await cancelled.readable.cancel(error);
  await promise_rejects_exactly(t, error, waiting);
}, 'abort and cancel go through an IdentityTransformStream, past a write that waits');

promise_test(async () => {
  const { readable, writable } = new FixedLengthStream(5);
  const writer = writable.getWriter();
  writer.write(new Uint8Array([1, 2, 3]));
  writer.write(new Uint8Array([4, 5]));
  writer.close();
  const seen = [];
  for await (const chunk of readable) seen.push(...chunk);
  assert_array_equals(seen, [1, 2, 3, 4, 5]);
  const { writable: big } = new FixedLengthStream(10n);
  assert_true(big instanceof WritableStream);
}, 'a FixedLengthStream passes as many bytes as it was made for');

promise_test(async (t) => {
  const { readable, writable } = new FixedLengthStream(2);
  const writer = writable.getWriter(), reader = readable.getReader();
  const read = reader.read();
  await promise_rejects_js(t, TypeError, writer.write(new Uint8Array(3)));
  await promise_rejects_js(t, TypeError, read);
}, 'too many bytes are an error of a FixedLengthStream');

promise_test(async (t) => {
  const { readable, writable } = new FixedLengthStream(2);
  const writer = writable.getWriter(), reader = readable.getReader();
  const read = reader.read();
  await writer.write(new Uint8Array(1));
  await promise_rejects_js(t, TypeError, writer.close());
  assert_array_equals((await read).value, [0]);
  await promise_rejects_js(t, TypeError, reader.read());
}, 'too few bytes are an error of a FixedLengthStream');

test(() => {
  assert_throws_js(TypeError, () => new FixedLengthStream());
  assert_throws_js(TypeError, () => new FixedLengthStream(-1));
  assert_throws_js(TypeError, () => new FixedLengthStream('many'));
  assert_class_string(new FixedLengthStream(1), 'FixedLengthStream');
  assert_class_string(new IdentityTransformStream(), 'IdentityTransformStream');
}, 'the length of a FixedLengthStream is checked');

promise_test(async () => {
  const reader = new ReadableStream({ type: 'bytes', start(c) { c.enqueue(new Uint8Array([1, 2, 3])); } }).getReader({ mode: 'byob' });
  assert_array_equals((await reader.readAtLeast(2, new Uint8Array(4))).value, [1, 2, 3]);
}, 'readAtLeast reads at least that many elements');

promise_test(async () => {
  const identity = new IdentityTransformStream();
  const source = new ReadableStream({ type: 'bytes', start(c) { for (let i = 0; i < 5; i++) c.enqueue(new Uint8Array([i])); c.close(); } });
  const seen = [];
  for await (const chunk of source.pipeThrough(identity)) seen.push(...chunk);
  assert_array_equals(seen, [0, 1, 2, 3, 4]);
}, 'byte streams pipe through an IdentityTransformStream');

promise_test(async () => {
  const seen = [], requests = [];
  const stream = new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const request = controller.byobRequest;
      seen.push(`${request.atLeast} of ${request.view.byteLength}`);
      requests.push(request);
      request.respond(1);
    },
  });
  const reader = stream.getReader({ mode: 'byob' });
  await reader.read(new Uint8Array(4), { min: 3 });
  await reader.read(new Uint8Array(8));
  await reader.readAtLeast(2, new Uint8Array(5));
  assert_array_equals(seen, ['3 of 4', '2 of 3', '1 of 2', '1 of 8', '2 of 5', '1 of 4']);
  assert_equals(requests.at(-1).atLeast, null);
}, 'a BYOB request says how many bytes its reader waits for');
