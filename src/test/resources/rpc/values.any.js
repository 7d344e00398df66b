// What is passed by value or by reference in a call.

const { CALLEE } = env;

const error = async (promise) => {
  try {
    await promise;
  } catch (e) {
    return e;
  }
  throw new Error('it did not fail');
};

promise_test(async () => {
  for (const value of [0, -0, 1.5, -7, 2 ** 25, 2 ** 31, -(2 ** 40), NaN, Infinity, '', 'text', '\ud800', true, false, null, undefined, 10n ** 30n, -1n]) {
    assert_true(Object.is(await CALLEE.echo(value), value), String(value));
  }
}, 'primitive values arrive as they are');

promise_test(async () => {
  const value = { a: [1, [2, { b: 'c' }]], 'key with \n': null, u: undefined, __proto__: { }, d: new Date(5) };
  Object.setPrototypeOf(value, Object.prototype);
  const copy = await CALLEE.echo(value);
  assert_equals(JSON.stringify(copy), JSON.stringify(value));
  assert_true('u' in copy);
  assert_equals(copy.d.getTime(), 5);
  assert_equals(Object.getPrototypeOf(copy), Object.prototype);
}, 'plain objects and arrays are copied');

promise_test(async () => {
  const own = await CALLEE.echo(JSON.parse('{"__proto__": 1}'));
  assert_equals(Object.getOwnPropertyDescriptor(own, '__proto__').value, 1);
}, 'a property named __proto__ stays a property');

promise_test(async () => {
  const sparse = [1, , 3];
  sparse.extra = 'e';
  const copy = await CALLEE.echo(sparse);
  assert_equals(copy.length, 3);
  assert_false(1 in copy);
  assert_equals(copy[2], 3);
  assert_equals(copy.extra, 'e');
  const full = [1, 2];
  full.more = 3;
  assert_equals((await CALLEE.echo(full)).more, 3);
  assert_equals((await CALLEE.echo([])).length, 0);
  assert_equals((await CALLEE.echo(new Array(3))).length, 3);
}, 'arrays keep holes and names');

promise_test(async () => {
  const map = await CALLEE.echo(new Map([['k', { v: 1 }], [NaN, 2]]));
  assert_equals(map.get('k').v, 1);
  assert_equals(map.get(NaN), 2);
  const set = await CALLEE.echo(new Set([1, 'a']));
  assert_true(set.has('a') && set.size === 2);
  const regexp = await CALLEE.echo(/a(b)/gi);
  assert_equals(`${regexp}`, '/a(b)/gi');
  const boxed = await CALLEE.echo(Object('s'));
  assert_equals(typeof boxed, 'object');
  assert_equals(`${boxed}`, 's');
}, 'maps, sets, dates, expressions and wrappers are cloned');

promise_test(async () => {
  const bytes = new Uint8Array([1, 2, 250]);
  const copy = await CALLEE.echo(bytes);
  assert_equals(copy.constructor, Uint8Array);
  assert_equals([...copy].join(), '1,2,250');
  assert_equals((await CALLEE.echo(bytes.buffer)).byteLength, 3);
  const view = await CALLEE.echo(new Int16Array(new ArrayBuffer(8), 2, 2));
  assert_equals(view.byteOffset, 2);
  assert_equals(view.length, 2);
  assert_equals(view.buffer.byteLength, 8);
  assert_equals((await CALLEE.echo(new DataView(new ArrayBuffer(4), 1))).byteLength, 3);
  const resizable = await CALLEE.echo(new ArrayBuffer(2, { maxByteLength: 10 }));
  assert_equals(resizable.maxByteLength, 10);
}, 'buffers and their views are copied');

promise_test(async () => {
  const cyclic = { list: [] };
  cyclic.self = cyclic;
  cyclic.list.push(cyclic.list, cyclic);
  const copy = await CALLEE.echo(cyclic);
  assert_true(copy.self === copy);
  assert_true(copy.list[0] === copy.list);
  assert_true(copy.list[1] === copy);
  const shared = new Date(1), [one, two] = await CALLEE.echo([shared, shared]);
  assert_equals(one, two);
}, 'cycles and shared objects keep their identity');

promise_test(async () => {
  const e = await CALLEE.echo(new RangeError('r', { cause: 'c' }));
  assert_true(e instanceof RangeError);
  assert_equals(e.message, 'r');
  assert_equals(e.cause, 'c');
  assert_true(e.stack.includes('RangeError: r'), e.stack);
}, 'an error as a value keeps type, message, stack and cause');

promise_test(async () => {
  for (const value of [new (class Local {})(), new WeakMap(), Promise.resolve(1), new AbortController().signal, new AbortController()]) {
    const e = await error(CALLEE.echo(value));
    assert_equals(e.name, 'DataCloneError', e.message);
    assert_equals(e.name, 'DataCloneError');
  }
  assert_equals((await error(CALLEE.echo(Symbol('s')))).name, 'DataCloneError');
  assert_equals((await error(CALLEE.uncloneable())).name, 'DataCloneError');
  assert_equals((await error(CALLEE.symbol())).name, 'DataCloneError');
}, 'what cannot be cloned is a DataCloneError on either way');

promise_test(async () => {
  const type = await error(CALLEE.throws());
  assert_true(type instanceof TypeError);
  assert_equals(type.message, 'wrong type');
  assert_true(type.remote);
  const custom = await error(CALLEE.throws('custom'));
  assert_equals(custom.name, 'SpecialError');
  assert_equals(custom.message, 'special');
  assert_equals(custom.code, 42);
  assert_equals((await error(CALLEE.throws('cause'))).cause.message, 'inner');
  const dom = await error(CALLEE.throws('dom'));
  assert_true(dom instanceof DOMException);
  assert_equals(dom.name, 'AbortError');
}, 'an exception arrives with its name and message');

promise_test(async () => {
  const response = await CALLEE.respond('hello');
  assert_equals(response.status, 201);
  assert_equals(response.headers.get('x-a'), 'b');
  response.headers.set('x-c', 'd');
  assert_equals(await response.text(), 'hello');
  const request = new Request('http://x/y', { method: 'POST', body: 'text', headers: { 'x-a': 'z' } });
  assert_equals(await CALLEE.read(request), 'POST http://x/y z text');
  assert_equals((await CALLEE.header(new Headers({ a: 'b' }))).get('x-there'), 'yes');
}, 'requests, responses and headers are passed');

promise_test(async () => {
  assert_equals(await new Response(await CALLEE.stream()).text(), 'one two three');
  assert_equals(await CALLEE.readStream(await CALLEE.stream()), 'one two three');
  const own = new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      controller.enqueue(new TextEncoder().encode('slow'));
      controller.close();
    },
  });
  assert_equals(await CALLEE.readStream(own), 'slow');
  assert_true(own.locked);
  assert_equals(await CALLEE.readStream(new Response('a body').body), 'a body');
}, 'readable streams are passed by reference');

promise_test(async () => {
  const chunks = [];
  let closed = false;
  await CALLEE.write(new WritableStream({
    write(chunk) { chunks.push(new TextDecoder().decode(chunk)); },
    close() { closed = true; },
  }));
  assert_equals(chunks.join(''), 'written there');
  assert_true(closed);
}, 'writable streams are written to from there');

promise_test(async () => {
  assert_equals(await CALLEE.blob(new Blob(['abc'], { type: 'text/plain' })), 'text/plain undefined abc');
  assert_equals(await CALLEE.blob(new File(['abc'], 'a.txt')), ' a.txt abc');
}, 'blobs and files are passed');

promise_test(async () => {
  assert_equals(await CALLEE.size('x'.repeat(1 << 20)), 1 << 20);
  const e = await error(CALLEE.size('x'.repeat(33 << 20)));
  assert_true(e.message.includes('skerry.limits.rpc-message'), e.message);
  assert_true((await error(CALLEE.big(33 << 20))).message.includes('skerry.limits.rpc-message'));
}, 'a message is at most 32 MiB');

promise_test(async () => {
  const text = await error(CALLEE.throws('text'));
  assert_true(text instanceof Error && text.remote);
  assert_equals(text.message, 'just text');
  assert_equals((await error(CALLEE.throws('nothing'))).message, 'undefined');
  const details = await error(CALLEE.throws('details'));
  assert_equals(details.status, 404);
  assert_equals(JSON.stringify(details.details), '{"deep":[1]}');
  assert_true(Object.keys(details).includes('remote'));
  const errors = await error(CALLEE.throws('errors'));
  assert_true(errors instanceof AggregateError && errors.errors[0] instanceof RangeError);
  const both = await error(CALLEE.throws('suppressed'));
  assert_true(both instanceof SuppressedError && both.error instanceof RangeError);
  assert_equals(both.suppressed.message, 'two');
  const unsendable = await error(CALLEE.throws('unsendable'));
  assert_true(unsendable instanceof RangeError);
  assert_equals(unsendable.message, 'kept');
}, 'what is thrown arrives as an error, with its properties');

promise_test(async () => {
  assert_equals(await new Response(await CALLEE.textStream()).text(), 'tëxt');
  const words = new ReadableStream({
    start(controller) {
      controller.enqueue('wörds');
      controller.close();
    },
  });
  assert_equals(await CALLEE.readStream(words), 'wörds');
  const used = new Response('x').body;
  await CALLEE.readStream(used);
  assert_equals((await error(CALLEE.readStream(used))).message, 'The ReadableStream has been locked to a reader.');
}, 'streams of text go as UTF-8');
