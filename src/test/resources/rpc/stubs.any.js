// Stubs of targets, of functions and of results, and how long they live.

import { RpcStub } from 'cloudflare:workers';

const { CALLEE, NAMED } = env;

const error = async (promise) => {
  try {
    await promise;
  } catch (e) {
    return e;
  }
  throw new Error('it did not fail');
};

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
  assert_throws_js(TypeError, () => { 'use strict'; CALLEE.add.x = 1; });
  assert_throws_js(TypeError, () => Object.defineProperty(CALLEE.add, 'y', { value: 1 }));
  assert_throws_js(TypeError, () => Object.freeze(CALLEE.add));
  assert_throws_js(TypeError, () => new CALLEE.add());
  assert_throws_js(TypeError, () => new CALLEE.constructor({ call() {} }));
  assert_equals(Object.keys(CALLEE).length, 0);
  assert_equals(JSON.stringify({ CALLEE }), '{"CALLEE":{}}');
}, 'nothing of the machinery shows');
