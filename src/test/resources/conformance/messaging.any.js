const turn = () => new Promise((resolve) => setTimeout(resolve, 1));
const tag = (value) => Object.prototype.toString.call(value);

test(() => {
  for (const value of [undefined, null, true, false, 'text', '\ud800', 0, -0, NaN, Infinity, 12345678901234567890n]) {
    assert_true(Object.is(structuredClone(value), value));
  }
  for (const value of [true, 'text', 5, 7n]) {
    const copy = structuredClone(Object(value));
    assert_equals(typeof copy, 'object');
    assert_equals(copy.valueOf(), value);
    assert_equals(tag(copy), tag(Object(value)));
  }
}, 'primitives come through as they are, and so do their objects');

test(() => {
  const date = structuredClone(new Date(12345));
  assert_true(date instanceof Date);
  assert_equals(date.getTime(), 12345);
  assert_true(Number.isNaN(structuredClone(new Date(NaN)).getTime()));
  const original = /a(b)?/giu;
  original.lastIndex = 3;
  const regexp = structuredClone(original);
  assert_true(regexp instanceof RegExp);
  assert_equals(regexp.source, 'a(b)?');
  assert_equals(regexp.flags, 'giu');
  assert_equals(regexp.lastIndex, 0);
}, 'dates and regular expressions are cloned');

test(() => {
  const object = { a: 1, b: { c: [1, , 3] }, __proto__: { inherited: 1 } };
  Object.defineProperty(object, 'hidden', { value: 1, enumerable: false });
  Object.defineProperty(object, 'computed', { get: () => 'got', enumerable: true });
  object[Symbol('s')] = 1;
  const copy = structuredClone(object);
  assert_array_equals(Object.keys(copy), ['a', 'b', 'computed']);
  assert_equals(Object.getPrototypeOf(copy), Object.prototype);
  assert_equals(copy.computed, 'got');
  assert_equals(copy.b.c.length, 3);
  assert_false(1 in copy.b.c);
  assert_not_equals(copy.b, object.b);
  const list = Object.assign([1, 2], { extra: 'x' });
  assert_equals(structuredClone(list).extra, 'x');
  assert_true(Array.isArray(structuredClone(list)));
  assert_equals(structuredClone(new Array(1_000_000_000)).length, 1_000_000_000);
  const own = structuredClone(JSON.parse('{"__proto__": {"a": 1}}'));
  assert_true(Object.hasOwn(own, '__proto__'));
  class Point { constructor() { this.x = 1; } get y() { return 2; } }
  assert_equals(JSON.stringify(structuredClone(new Point())), '{"x":1}');
  assert_false(structuredClone(new Point()) instanceof Point);
}, 'own enumerable properties are cloned, holes stay holes, prototypes are lost');

test(() => {
  const object = { name: 'loop' };
  object.self = object;
  object.list = [object, object];
  const shared = {};
  object.a = shared;
  object.b = shared;
  const copy = structuredClone(object);
  assert_equals(copy.self, copy);
  assert_equals(copy.list[1], copy);
  assert_equals(copy.a, copy.b);
}, 'cycles and shared objects keep their shape');

test(() => {
  const key = { k: 1 }, map = new Map([[key, 'v'], ['x', key]]);
  map.set('self', map);
  const copy = structuredClone(map);
  assert_true(copy instanceof Map);
  const [first] = copy.keys();
  assert_object_equals(first, { k: 1 });
  assert_equals(copy.get('x'), first);
  assert_equals(copy.get('self'), copy);
  const set = structuredClone(new Set([1, map, 'b']));
  assert_array_equals([...set].map((v) => typeof v), ['number', 'object', 'string']);
  class Sub extends Map {}
  const sub = structuredClone(new Sub([[1, 2]]));
  assert_equals(sub.constructor, Map);
  assert_equals(sub.get(1), 2);
  const growing = new Map([[{ get a() { growing.set('late', 1); return 1; } }, 1]]);
  assert_equals(structuredClone(growing).size, 1);
}, 'maps and sets are cloned with their contents');

test(() => {
  for (const type of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
    const error = new type('why', { cause: { deep: 1 } });
    const copy = structuredClone(error);
    assert_equals(Object.getPrototypeOf(copy), type.prototype);
    assert_equals(copy.message, 'why');
    assert_equals(copy.name, type.name);
    assert_equals(copy.stack, error.stack);
    assert_equals(copy.cause.deep, 1);
  }
  class Custom extends Error { name = 'Custom'; }
  const custom = structuredClone(new Custom('m'));
  assert_equals(custom.constructor, Error);
  assert_equals(custom.name, 'Error');
  assert_equals(custom.message, 'm');
  assert_false(Object.hasOwn(structuredClone(new Error()), 'message'));
  const dom = structuredClone(new DOMException('m', 'AbortError'));
  assert_true(dom instanceof DOMException);
  assert_equals(dom.name, 'AbortError');
  assert_equals(dom.code, 20);
}, 'errors are cloned with name, message, stack and cause');

test(() => {
  const buffer = new Uint8Array([1, 2, 3, 4]).buffer;
  const { whole, part, same, data } = structuredClone({
    whole: buffer, part: new Uint8Array(buffer, 1, 2), same: new Uint16Array(buffer), data: new DataView(buffer, 2),
  });
  assert_not_equals(whole, buffer);
  assert_array_equals(part, [2, 3]);
  assert_equals(part.buffer, whole);
  assert_equals(part.byteOffset, 1);
  assert_equals(same.buffer, whole);
  assert_equals(data.getUint8(0), 3);
  assert_equals(buffer.byteLength, 4);
  for (const type of [Int8Array, Uint8ClampedArray, Int16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array]) {
    assert_equals(structuredClone(new type(2)).constructor, type);
  }
  const resizable = structuredClone(new ArrayBuffer(2, { maxByteLength: 8 }));
  assert_equals(resizable.maxByteLength, 8);
  assert_true(resizable.resizable);
}, 'buffers and views are cloned, and views of one buffer share its clone');

promise_test(async () => {
  const blob = structuredClone(new Blob(['text'], { type: 'text/plain' }));
  assert_true(blob instanceof Blob);
  assert_equals(blob.type, 'text/plain');
  assert_equals(await blob.text(), 'text');
  const { file } = structuredClone({ file: new File(['x'], 'name.txt', { lastModified: 5 }) });
  assert_true(file instanceof File);
  assert_equals(file.name, 'name.txt');
  assert_equals(file.lastModified, 5);
}, 'blobs and files are cloned');

test(() => {
  const uncloneable = [() => {}, Symbol('s'), Object(Symbol('s')), new WeakMap(), new WeakSet(), new WeakRef({}), Promise.resolve(), new Event('x'),
    new EventTarget(), new ReadableStream(), new AbortController(), new TextEncoder(), new MessageChannel().port1];
  for (const value of uncloneable) {
    assert_throws_dom('DataCloneError', () => structuredClone(value), tag(value));
    assert_throws_dom('DataCloneError', () => structuredClone({ deep: [value] }));
  }
  const detached = new ArrayBuffer(1);
  const view = new Uint8Array(detached);
  detached.transfer();
  assert_throws_dom('DataCloneError', () => structuredClone(detached));
  assert_throws_dom('DataCloneError', () => structuredClone(view));
  assert_throws_js(TypeError, () => structuredClone());
  assert_throws_js(TypeError, () => structuredClone(1, 1));
  assert_throws_js(TypeError, () => structuredClone(1, { transfer: 1 }));
  const error = new EvalError('from a getter');
  assert_throws_exactly(error, () => structuredClone({ get a() { throw error; } }));
}, 'what cannot be cloned is a DataCloneError');

test(() => {
  const buffer = new Uint8Array([1, 2, 3]).buffer;
  const copy = structuredClone({ buffer, view: new Uint8Array(buffer, 1), list: [buffer], map: new Map([[buffer, buffer]]), set: new Set([0, buffer, 1]) },
    { transfer: [buffer] });
  assert_equals(buffer.byteLength, 0);
  assert_true(buffer.detached);
  assert_equals(copy.buffer.byteLength, 3);
  assert_equals(copy.view.buffer, copy.buffer);
  assert_array_equals(copy.view, [2, 3]);
  assert_equals(copy.list[0], copy.buffer);
  assert_equals(copy.map.get(copy.buffer), copy.buffer);
  assert_array_equals([...copy.set], [0, copy.buffer, 1]);
  assert_array_equals(Object.keys(copy), ['buffer', 'view', 'list', 'map', 'set']);
  const alone = new ArrayBuffer(2);
  assert_equals(structuredClone(alone, { transfer: [alone] }).byteLength, 2);
  const unused = new ArrayBuffer(2);
  structuredClone(null, { transfer: [unused] });
  assert_true(unused.detached);
}, 'transferred buffers move, and every reference to them with them');

test(() => {
  const buffer = new ArrayBuffer(2);
  assert_throws_dom('DataCloneError', () => structuredClone({ buffer, f() {} }, { transfer: [buffer] }));
  assert_false(buffer.detached);
  assert_throws_dom('DataCloneError', () => structuredClone(1, { transfer: [buffer, buffer] }));
  assert_throws_dom('DataCloneError', () => structuredClone(1, { transfer: [{}] }));
  assert_throws_dom('DataCloneError', () => structuredClone(1, { transfer: [new Uint8Array(1)] }));
  assert_false(buffer.detached);
  buffer.transfer();
  assert_throws_dom('DataCloneError', () => structuredClone(1, { transfer: [buffer] }));
}, 'a transfer that fails moves nothing');

promise_test(async () => {
  const { port1, port2 } = new MessageChannel();
  const seen = [];
  port2.onmessage = (event) => seen.push(event.data, event instanceof MessageEvent, event.ports.length);
  const message = { a: [1] };
  port1.postMessage(message);
  message.a.push(2);
  assert_array_equals(seen, []);
  await turn();
  assert_equals(JSON.stringify(seen), '[{"a":[1]},true,0]');
}, 'a message is cloned when it is posted, and arrives in a task of its own');

promise_test(async () => {
  const { port1, port2 } = new MessageChannel();
  const seen = [];
  port2.addEventListener('message', (event) => seen.push(event.data));
  port1.postMessage(1);
  port1.postMessage(2);
  await turn();
  assert_array_equals(seen, []);
  port2.start();
  port1.postMessage(3);
  await turn();
  assert_array_equals(seen, [1, 2, 3]);
}, 'messages wait until the port is started, and keep their order');

promise_test(async () => {
  const outer = new MessageChannel(), inner = new MessageChannel();
  inner.port2.postMessage('before the move');
  const arrived = new Promise((resolve) => { outer.port2.onmessage = resolve; });
  outer.port1.postMessage({ port: inner.port1 }, [inner.port1]);
  const { data, ports } = await arrived;
  assert_equals(data.port, ports[0]);
  assert_true(data.port instanceof MessagePort);
  assert_not_equals(data.port, inner.port1);
  const message = new Promise((resolve) => { data.port.onmessage = resolve; });
  assert_equals((await message).data, 'before the move');
  assert_throws_dom('DataCloneError', () => outer.port1.postMessage(1, { transfer: [inner.port1] }));
  assert_throws_dom('DataCloneError', () => outer.port1.postMessage(1, [outer.port1]));
  inner.port1.postMessage('nowhere');
  outer.port1.postMessage('doomed', [outer.port2]);
}, 'ports can be transferred, with the messages that wait in them');

promise_test(async () => {
  const { port1, port2 } = new MessageChannel();
  const seen = [];
  port2.onmessage = (event) => seen.push(event.data);
  const closed = new Promise((resolve) => { port2.onclose = resolve; });
  port1.close();
  port1.postMessage('lost');
  port2.postMessage('lost too');
  await closed;
  await turn();
  assert_array_equals(seen, []);
  port1.close();
}, 'a closed port neither sends nor receives, and the other one is told');

promise_test(async () => {
  const { port1, port2 } = new MessageChannel();
  const { buffer } = new Uint8Array([1, 2]);
  const arrived = new Promise((resolve) => { port2.onmessage = resolve; });
  port1.postMessage(buffer, { transfer: [buffer] });
  assert_true(buffer.detached);
  assert_equals((await arrived).data.byteLength, 2);
  assert_throws_dom('DataCloneError', () => port1.postMessage(() => {}));
  assert_throws_js(TypeError, () => port1.postMessage());
  assert_throws_js(TypeError, () => new MessagePort());
  assert_throws_js(TypeError, () => MessagePort.prototype.postMessage.call({}, 1));
  assert_class_string(port1, 'MessagePort');
  assert_class_string(new MessageChannel(), 'MessageChannel');
  assert_true(port1 instanceof EventTarget);
}, 'messages transfer buffers, and wrong ones are refused');

promise_test(async (t) => {
  const source = new ReadableStream({ start(c) { c.enqueue({ a: 1 }); c.enqueue('b'); c.close(); } });
  const { moved } = structuredClone({ moved: source }, { transfer: [source] });
  assert_true(moved instanceof ReadableStream && source.locked && !moved.locked);
  const chunks = [];
  for await (const chunk of moved) chunks.push(chunk);
  assert_equals(JSON.stringify(chunks), '[{"a":1},"b"]');
  let canceled;
  const endless = new ReadableStream({ pull(c) { c.enqueue(1); }, cancel(reason) { canceled = reason; } });
  await structuredClone(endless, { transfer: [endless] }).cancel('enough');
  while (canceled === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
  assert_equals(canceled, 'enough');
  const error = new RangeError('broken'), failing = new ReadableStream({ pull(c) { c.error(error); } });
  await promise_rejects_js(t, RangeError, structuredClone(failing, { transfer: [failing] }).getReader().read());
  const functions = new ReadableStream({ pull(c) { c.enqueue(() => {}); } });
  await promise_rejects_dom(t, 'DataCloneError', structuredClone(functions, { transfer: [functions] }).getReader().read());
}, 'a ReadableStream is transferred, and its chunks cloned');

promise_test(async (t) => {
  const written = [];
  let closed = false, aborted;
  const sink = () => new WritableStream({ write(chunk) { written.push(chunk); }, close() { closed = true; }, abort(reason) { aborted = reason; } });
  const target = sink(), writer = structuredClone(target, { transfer: [target] }).getWriter(), object = { a: 1 };
  assert_true(target.locked);
  await writer.write(object);
  await writer.close();
  assert_true(closed);
  assert_equals(JSON.stringify(written), '[{"a":1}]');
  assert_not_equals(written[0], object);
  const other = sink();
  await structuredClone(other, { transfer: [other] }).abort('why');
  while (aborted === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
  assert_equals(aborted, 'why');
  const transform = new TransformStream({ transform(chunk, c) { c.enqueue(chunk * 2); } }), moved = structuredClone(transform, { transfer: [transform] });
  assert_true(moved instanceof TransformStream);
  const doubled = [];
  for await (const chunk of ReadableStream.from([1, 2]).pipeThrough(moved)) doubled.push(chunk);
  assert_equals(doubled.join(), '2,4');
}, 'a WritableStream and a TransformStream are transferred');

promise_test(async () => {
  const locked = new ReadableStream(), writing = new WritableStream(), { port1, port2 } = new MessageChannel();
  locked.getReader();
  writing.getWriter();
  assert_throws_dom('DataCloneError', () => structuredClone(locked, { transfer: [locked] }));
  assert_throws_dom('DataCloneError', () => structuredClone(writing, { transfer: [writing] }));
  assert_throws_dom('DataCloneError', () => structuredClone(new ReadableStream()));
  assert_throws_dom('DataCloneError', () => structuredClone(1, { transfer: [{}] }));
  const stream = ReadableStream.from(['sent']);
  const arrived = new Promise((resolve) => { port2.onmessage = (event) => resolve(event.data); });
  port1.postMessage(stream, [stream]);
  assert_equals((await (await arrived).getReader().read()).value, 'sent');
  port1.close();
}, 'a locked stream is not transferred, one that is not in the list not cloned; a port takes one along');

test(() => {
  const e = structuredClone(new RangeError('m', { cause: { a: 1 } }));
  assert_true(e instanceof RangeError); assert_equals(e.cause.a, 1);
  const ag = structuredClone(new AggregateError([1], 'x')); assert_equals(ag.message, 'x'); assert_equals(ag.name, 'Error');
  assert_throws_dom('DataCloneError', () => structuredClone(() => {}));
  assert_throws_dom('DataCloneError', () => structuredClone({ s: Symbol() }));
  assert_throws_dom('DataCloneError', () => structuredClone(new WeakMap()));
  assert_throws_js(TypeError, () => structuredClone());
  assert_equals(structuredClone({ get a() { return 1; } }).a, 1);
  assert_true(Object.is(structuredClone(-0), -0));
  assert_equals(structuredClone(new Date(NaN)).getTime(), NaN);
  const o = { a: [1] }; o.self = o; const c = structuredClone(o); assert_equals(c.self, c);
  assert_equals(structuredClone(Object(1n)).valueOf(), 1n);
  const err = new RangeError('x'); try { structuredClone({ get a() { throw err; } }); } catch (x) { assert_equals(x, err); }
  const rb = structuredClone(new ArrayBuffer(1, { maxByteLength: 4 })); assert_equals(rb.maxByteLength, 4);
}, 'errors, getters, cycles and resizable buffers are cloned, and what a getter throws is thrown');
