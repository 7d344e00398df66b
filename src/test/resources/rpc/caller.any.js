import { RpcStub } from 'cloudflare:workers';

const { CALLEE, NAMED, NAMED_PROPS, OBJECT, STAGING, PLAIN, MISSING } = env;

const error = async (promise) => {
  try {
    await promise;
  } catch (e) {
    return e;
  }
  throw new Error('it did not fail');
};

promise_test(async () => {
  assert_equals(await CALLEE.add(1, 2), 3);
  assert_equals(await CALLEE.add('a', 'b'), 'ab');
  assert_equals(await CALLEE.nothing(), undefined);
  assert_equals(await CALLEE.later('x'), 'x');
}, 'a method of the entrypoint is called with its arguments');

promise_test(async () => {
  assert_equals(await (await CALLEE.fetch('http://x/path')).text(), 'fetched /path');
}, 'fetch is a request as before');

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
  for (const name of ['instanceProperty', 'arrow', 'hasOwnProperties', 'nowhere', '__proto__x', 'isPrototypeOf_']) {
    const e = await error(CALLEE[name]());
    assert_true(e instanceof TypeError, name);
    assert_true(e.message.includes(name), e.message);
  }
  for (const name of ['alarm', 'connect', 'webSocketMessage', 'webSocketClose', 'webSocketError', 'dup']) {
    assert_true((await error(CALLEE[name]())).message.includes('reserved'), name);
  }
  assert_equals(CALLEE.then, undefined);
  assert_equals(`${CALLEE}`, '[object Fetcher]');
  assert_true((await error(PLAIN.method())).message.includes('WorkerEntrypoint'));
  assert_true((await error(MISSING.method())).message.includes('no such entrypoint'));
  assert_equals(CALLEE.property.constructor.name, 'RpcProperty');
}, 'only methods of the prototypes can be reached');

promise_test(async () => {
  assert_equals((await CALLEE.property).nested.text, 'deep');
  assert_equals(await CALLEE.property.nested.text, 'deep');
  assert_equals(await CALLEE.property.nested.say('hi'), 'said hi');
  assert_equals((await error(Promise.resolve(CALLEE.failing))).message, 'no property');
}, 'getters are properties, and paths go through them');

promise_test(async () => {
  const context = await CALLEE.context();
  assert_equals(JSON.stringify(context), '{"props":{},"env":"production","imported":"production","wait":"function"}');
  assert_equals((await STAGING.context()).env, 'staging');
  assert_equals(await NAMED.who(), 'named without props');
  assert_equals(await NAMED_PROPS.who(), 'named 7');
}, 'named entrypoints, props and environments');

promise_test(async () => {
  assert_equals(JSON.stringify(await OBJECT.double(4)), '[8,"production","function"]');
  assert_true((await error(OBJECT.double(1, 2))).message.includes('one argument'));
}, 'a function of an exported object gets env and ctx after its argument');

promise_test(async () => {
  const counter = await CALLEE.counter(5);
  assert_equals(await counter.count, 5);
  assert_equals(await counter.increment(), 6);
  assert_equals(await counter.increment(10), 16);
  assert_equals(await counter.count, 16);
  assert_true((await error(counter.secret)).message.includes('secret'));
  assert_true((await error(counter.hidden())) instanceof TypeError);
  assert_equals(await (await counter.child()).count, 100);
}, 'a target is called through its stub');

promise_test(async () => {
  const increase = await CALLEE.increaser();
  assert_equals(await increase(), 1);
  assert_equals(await increase(), 2);
  assert_equals(typeof increase, 'function');
}, 'a function is called through its stub');

promise_test(async () => {
  const object = await CALLEE.object();
  assert_equals(object.name, 'object');
  assert_equals(await object.counter.increment(), 8);
  assert_equals(await object.twice(21), 42);
  assert_equals(await object.items[0].count, 1);
}, 'stubs stand in plain data');

promise_test(async () => {
  assert_equals(await CALLEE.counter(1).increment(2), 3);
  assert_equals(await CALLEE.slowCounter(1).increment(2), 3);
  assert_equals(await CALLEE.slowCounter(1).count, 1);
  assert_equals(await CALLEE.counter(1).child().child().increment(), 101);
  assert_equals(await CALLEE.object().counter.child().count, 100);
  assert_equals(await CALLEE.object().items[0].increment(), 2);
  assert_equals(await CALLEE.increaser()(), 1);
  assert_equals(await CALLEE.echo({ a: { b: 'plain' } }).a.b, 'plain');
  assert_equals(await CALLEE.later([1, 2]).length, 2);
  const promise = CALLEE.slowCounter(3);
  const first = promise.increment(), second = promise.increment();
  assert_equals(await first, 4);
  assert_equals(await second, 5);
  await promise;
  assert_equals(await promise.increment(), 6);
}, 'calls are made on results that are not there yet');

promise_test(async () => {
  assert_equals((await error(CALLEE.throws().x.y())).message, 'wrong type');
  assert_true((await error(CALLEE.add(1, 2).foo())) instanceof TypeError);
  assert_true((await error(CALLEE.counter(1).nope())).message.includes('nope'));
}, 'a call on a result that failed fails with it');

promise_test(async () => {
  assert_equals(await CALLEE.callBack((a, b) => a * b, 6, 7), 'called back: 42');
  assert_equals(await CALLEE.callBack(async () => 'async'), 'called back: async');
  const e = await error(CALLEE.callBack(() => { throw new RangeError('from the caller'); }));
  assert_true(e instanceof RangeError);
  assert_equals(e.message, 'from the caller');
}, 'functions of the caller are called back');

promise_test(async () => {
  const { RpcTarget } = await import('cloudflare:workers');
  class Mine extends RpcTarget {
    n = 0;
    get count() { return 11; }
    increment(by) { return this.n += by; }
  }
  assert_equals((await CALLEE.useTarget(new Mine())).join(), '11,5');
}, 'targets of the caller are called back');

promise_test(async () => {
  const f = () => 'mine';
  const back = await CALLEE.giveBack(f);
  assert_equals(await back(), 'mine');
}, 'a stub that is given back calls home');

promise_test(async () => {
  assert_equals(await CALLEE.callBackLater(() => 'too late'), 'early');
  await new Promise((resolve) => setTimeout(resolve, 60));
  const [message] = await CALLEE.ended();
  assert_true(message === undefined || message.includes('disposed'), message);
}, 'stubs among the arguments end with the call');

promise_test(async () => {
  let calls = 0;
  await CALLEE.keep(() => ++calls);
  // The event of the call ends, and what it held with it.
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert_true((await error(CALLEE.useKept())) instanceof Error);
}, 'a stub does not outlive the event that holds it');

promise_test(async () => {
  const { RpcStub } = await import('cloudflare:workers');
  const before = await CALLEE.disposed();
  const counter = await CALLEE.counter(1), other = counter.dup();
  assert_true(counter instanceof RpcStub);
  counter[Symbol.dispose]();
  assert_true((await error(counter.increment())).message.includes('disposed'));
  assert_equals(await other.increment(), 2);
  assert_equals(await CALLEE.disposed(), before);
  other[Symbol.dispose]();
  assert_equals(await CALLEE.disposed(), before + 1);
}, 'the last stub disposes of its target');

promise_test(async () => {
  const before = await CALLEE.disposed();
  const object = await CALLEE.object();
  assert_equals(typeof object[Symbol.dispose], 'function');
  assert_equals(Object.keys(object).join(), 'name,counter,twice,items');
  object[Symbol.dispose]();
  assert_equals(await CALLEE.disposed(), before + 2);
  (await CALLEE.echo({}))[Symbol.dispose]();
}, 'a result disposes of the stubs in it');

promise_test(async () => {
  const { RpcStub, RpcTarget } = await import('cloudflare:workers');
  class Local extends RpcTarget {
    hi() { return 'local'; }
  }
  const stub = new RpcStub(new Local());
  assert_equals(await stub.hi(), 'local');
  assert_equals(await CALLEE.callBack(new RpcStub((x) => x + 1), 1), 'called back: 2');
  assert_equals(await (await CALLEE.localStub()).count, 3);
  assert_throws_js(TypeError, () => new RpcStub(new Date()));
}, 'RpcStub makes a stub of what is here');

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
  assert_equals(await CALLEE.deeper(20), 'bottom');
  const e = await error(CALLEE.endless());
  assert_true(e.message.includes('32'), e.message);
}, 'calls are at most 32 deep');

promise_test(async () => {
  assert_equals(await (await CALLEE.itself()).add(1, 2), 3);
  assert_equals(await CALLEE.fetchFrom(CALLEE), 42);
  assert_equals(await (await (await CALLEE.giveBack({ inside: NAMED })).inside.who()), 'named without props');
}, 'service bindings are passed on');

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
  const unsendable = await error(CALLEE.throws('unsendable'));
  assert_true(unsendable instanceof RangeError);
  assert_equals(unsendable.message, 'kept');
}, 'what is thrown arrives as an error, with its properties');

promise_test(async () => {
  const f = () => 1, stub = await CALLEE.counter(1);
  assert_true(await CALLEE.same(f, f));
  assert_true(await CALLEE.same(stub, stub));
  assert_false(await CALLEE.same(f, () => 1));
  const named = await CALLEE.named((x) => x + 1);
  assert_equals(await named(1), 2);
  assert_equals(await named.extra, 'extra');
}, 'a function is itself within a message and has its properties');

promise_test(async () => {
  const plain = new RpcStub({ a: 1, f: (x) => x + 1 });
  assert_equals(await plain.a, 1);
  assert_equals(await plain.f(2), 3);
  assert_throws_js(TypeError, () => new RpcStub(new Map()));
  assert_throws_js(TypeError, () => new RpcStub(5));
  assert_equals(`${plain}`, '[object JsRpcStub]');
  assert_true('anything' in plain);
  const stub = await CALLEE.counter(1);
  assert_equals(stub[Symbol.dispose](), undefined);
  assert_throws_js(TypeError, () => new stub());
}, 'stubs stand for plain objects, too');

promise_test(async () => {
  for (const pending of [CALLEE.echo(1), CALLEE.property]) {
    const e = await error(CALLEE.echo(pending));
    assert_equals(e.name, 'DataCloneError');
  }
  assert_equals((await error(CALLEE.echo(Promise.resolve(1)))).message, '#<Promise> could not be cloned.');
  assert_equals((await error(CALLEE.echo(Symbol('s')))).message, 'Symbol(s) could not be cloned.');
  assert_equals((await error(CALLEE.socketResponse())).name, 'DataCloneError');
}, 'what is still to come cannot be sent, nor a WebSocket');

promise_test(async () => {
  assert_equals((await error(CALLEE.nothing().x)).message, 'The RPC receiver does not implement the method "x".');
  const settled = CALLEE.echo({ a: { b: 1 } });
  await settled;
  assert_equals(await settled.a.b, 1);
  assert_equals((await error(settled.c)).message, 'The RPC receiver does not implement the method "c".');
  assert_equals((await error(settled.a())).message, '"a" is not a function.');
}, 'a result is followed alike before it is here and after');

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

promise_test(async () => {
  assert_equals(JSON.stringify(await CALLEE.exported()), '[["Named","Plain","default","object"],"named without props","named 3"]');
  assert_equals(JSON.stringify(await CALLEE.contextShape()), '["[object ExecutionContext]",{"props":{}}]');
}, 'ctx.exports has every entrypoint');

promise_test(async () => {
  const response = await CALLEE.fetch('http://user:secret@x/echo#part');
  assert_equals(response.url, 'http://x/echo');
  assert_equals(response.statusText, 'OK');
  assert_equals((await response.json()).url, 'http://x/echo');
  assert_equals(await (await CALLEE.fetch('http://x/echo', { method: 'HEAD' })).text(), '');
  assert_equals(await (await CALLEE.fetch('http://x/arguments')).text(), '[3,true,true]');
  assert_equals((await CALLEE.fetch(new Request('http://x/none'))).redirected, false);
  const e = await error(CALLEE.fetch('ftp://x/echo'));
  assert_true(e instanceof TypeError);
  assert_equals(e.message, 'Fetch API cannot load: ftp://x/echo');
}, 'a fetch through the binding shows its URL and reason, and no credentials');

promise_test(async () => {
  const cf = async (path, init) => (await CALLEE.fetch(`http://x${path}`, init)).text();
  assert_equals(await cf('/cf'), '[{},{}]');
  assert_equals(await cf('/cf', { cf: { country: 'NZ' } }), '[{"country":"NZ"},{"country":"NZ"}]');
  assert_equals(await cf('/again/cf', { cf: { a: [1] } }), '[{"a":[1]},{"a":[1]}]');
}, 'the cf of a request goes along');

promise_test(async () => {
  const followed = await CALLEE.fetch('http://x/found', { method: 'POST', body: 'b' });
  assert_true(followed.redirected);
  assert_equals(followed.url, 'http://x/echo');
  const seen = await followed.json();
  assert_equals(`${seen.method} ${seen.redirect} ${seen.body}`, 'GET manual ');
  const again = await (await CALLEE.fetch('http://x/again', { method: 'POST', body: 'b' })).json();
  assert_equals(`${again.method} ${again.body}`, 'POST b');
  assert_equals((await CALLEE.fetch('http://x/found', { redirect: 'manual' })).status, 302);
  assert_true((await error(CALLEE.fetch('http://x/round'))).message.startsWith('Too many redirects.'));
}, 'a fetch through the binding follows redirects as it is told');

promise_test(async () => {
  assert_equals(await error(CALLEE.fetch('http://x/echo', { signal: AbortSignal.abort('early') })), 'early');
  const controller = new AbortController(), started = Date.now();
  setTimeout(() => controller.abort(new RangeError('enough')), 20);
  const e = await error(CALLEE.fetch('http://x/slow', { signal: controller.signal }));
  assert_true(e instanceof RangeError);
  assert_true(Date.now() - started < 900);
  assert_equals((await error(CALLEE.fetch('http://x/slow', { signal: AbortSignal.timeout(20) }))).name, 'TimeoutError');
}, 'a fetch through the binding is aborted by its signal');

promise_test(async () => {
  const e = await error(CALLEE.fetch('http://x/socket'));
  assert_true(e.message.includes('Upgrade: websocket'), e.message);
  assert_equals((await CALLEE.fetch('http://x/socket', { headers: { upgrade: 'websocket' } })).status, 101);
}, 'a WebSocket is answered only to who asked for one');

promise_test(async () => {
  assert_throws_js(TypeError, () => { 'use strict'; CALLEE.add.x = 1; });
  assert_throws_js(TypeError, () => Object.defineProperty(CALLEE.add, 'y', { value: 1 }));
  assert_throws_js(TypeError, () => Object.freeze(CALLEE.add));
  assert_throws_js(TypeError, () => new CALLEE.add());
  assert_throws_js(TypeError, () => new CALLEE.constructor({ call() {} }));
  assert_equals(Object.keys(CALLEE).length, 0);
  assert_equals(JSON.stringify({ CALLEE }), '{"CALLEE":{}}');
}, 'nothing of the machinery shows');
