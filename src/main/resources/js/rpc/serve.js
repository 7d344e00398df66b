// The callee's side: method calls as they arrive, and their answers. Java calls the exported functions.

import { failureMessage, readArguments, resultMessage } from './rpc/message.js';
import { rpc } from './rpc/host.js';
import { notCallable, stubOf } from './rpc/stubs.js';
import { entered, isEntrypoint, member } from './rpc/targets.js';
import { handled, rejected, resolved, then } from './streams/promises.js';
import { withTicks } from './ticks.js';
import { Event, current, entrypointOf } from './worker.js';

const { apply } = Reflect;
const { call } = Function.prototype;
const NativePromise = Promise;
const split = call.bind(String.prototype.split);
const RESERVED = {
  __proto__: null, fetch: true, connect: true, alarm: true, webSocketMessage: true, webSocketClose: true, webSocketError: true, dup: true,
  constructor: true,
};

// The calls whose results others may still call something on, by number.
const results = new Map();
const get = results.get.bind(results), set = results.set.bind(results), remove = results.delete.bind(results);

// A call that runs, or whose result is still to be called: it has ended when it is answered and so are all calls on its result. How many these are is
// known, and final, when the result has been sent.
class Serving {
  #served = 0;
  #announced = -1;
  #arrived = 0;
  result = undefined;

  constructor(event, number, done) {
    this.event = event;
    this.number = number;
    this.done = done;
    set(number, this);
  }

  answered(announced, failed, error) {
    this.#announced = announced;
    this.failed = failed;
    this.error = error;
    this.#forget();
    this.#end();
  }

  // A call on the result is here.
  arrived() {
    this.#arrived++;
    this.#forget();
  }

  // It has ended.
  served() {
    this.#served++;
    this.#end();
  }

  #forget() {
    if (this.#announced >= 0 && this.#arrived >= this.#announced) remove(this.number);
  }

  #end() {
    if (this.#announced < 0 || this.#served < this.#announced) return;
    disposeOf(this.result);
    this.done(this.failed, this.error);
  }
}

// Runs a call and answers it; `done(failed, error)` hears how it went.
function serve(event, invocationCall, number, run, done) {
  const serving = new Serving(event, number, done);
  const failed = (error) => serving.answered(fail(event, invocationCall, error), true, error);
  try {
    serving.promise = resolved(current.run(event, withTicks, run));
  } catch (error) {
    serving.promise = handled(rejected(error));
    failed(error);
    return;
  }
  then(serving.promise, (value) => {
    let message;
    try {
      message = resultMessage(invocationCall, value, (pumped) => event.hold(pumped));
    } catch (error) {
      failed(error);
      return;
    }
    const announced = rpc.answer(invocationCall, message);
    serving.result = value;
    serving.answered(announced, false);
  }, failed);
}

// A stub that was returned goes to the caller.
function disposeOf(value) {
  const stub = typeof value === 'function' ? stubOf(value) : undefined;
  if (stub !== undefined) rpc.release(stub);
}

function fail(event, invocationCall, error) {
  return rpc.answer(invocationCall, failureMessage(invocationCall, error, (pumped) => event.hold(pumped)));
}

// Goes from a value along the names from `at` on, and calls what it finds there or gives it.
function walk(value, names, at, args) {
  for (let i = at; i < names.length; i++) {
    if (value instanceof NativePromise) return then(value, (arrived) => walk(arrived, names, i, args));
    if (typeof value === 'function' && stubOf(value) !== undefined) {
      for (let rest = i; rest < names.length; rest++) value = value[names[rest]];
      return args === null ? value : apply(value, undefined, readArguments(args));
    }
    const found = member(value, names[i]);
    if (args !== null && i === names.length - 1) {
      if (typeof found !== 'function') throw notCallable(names[i]);
      return apply(found, value, readArguments(args));
    }
    value = found;
  }
  if (args === null) return value;
  if (value instanceof NativePromise) return then(value, (arrived) => walk(arrived, names, names.length, args));
  if (typeof value !== 'function') throw notCallable();
  return apply(value, undefined, readArguments(args));
}

const namesOf = (path) => (path === '' ? [] : split(path, '\0'));

// The first step from an entrypoint: a class's methods are on its prototypes; those of an object are given the environment and the context as well.
function enter({ target, ctx }, path, args) {
  const names = namesOf(path), [first] = names;
  if (first in RESERVED) throw new TypeError(`'${first}' is a reserved method and cannot be called over RPC.`);
  if (ctx === undefined) {
    if (!isEntrypoint(target)) {
      throw new TypeError('The receiver does not support RPC: its class does not extend WorkerEntrypoint of cloudflare:workers.');
    }
    return walk(target, names, 0, args);
  }
  const found = member(target, first);
  if (names.length > 1) return walk(found, names, 1, args);
  if (args === null) return found;
  if (typeof found !== 'function') throw notCallable(first);
  const given = readArguments(args);
  if (given.length !== 1) {
    throw new TypeError(`Attempted to call RPC function "${first}" with the wrong number of arguments. When calling a top-level handler function that is ` +
      'not declared as part of a class, you must always send exactly one argument. In order to support variable numbers of arguments, the server must ' +
      'use class-based syntax (extending WorkerEntrypoint) instead.');
  }
  return apply(found, target, [given[0], load('worker').environment(), ctx]);
}

// A call that is an event of its own.
export function rpcEvent(invocation, entrypoint, props, invocationCall, number, path, args) {
  const event = new Event(invocation);
  serve(event, invocationCall, number, () => {
    const found = entrypointOf(entrypoint, event, props);
    if (found === undefined) {
      throw new TypeError(entrypoint === null ? 'The worker has no default export to call.' : `Worker has no such entrypoint: ${entrypoint}`);
    }
    return enter(found, path, args);
  }, (failed, error) => {
    if (failed) event.threw(error);
    else event.handled();
  });
}

// A call of something that an event gave, or on the result of another call.
export function rpcCall(invocationCall, number, target, onResult, path, args) {
  const names = namesOf(path);
  if (onResult) {
    const serving = get(target);
    if (serving === undefined) {
      fail(undefined, invocationCall, new Error('The result of the call is gone.'));
      return;
    }
    serving.arrived();
    serve(serving.event, invocationCall, number, () => then(serving.promise, (value) => walk(value, names, 0, args)), () => serving.served());
    return;
  }
  const entry = entered(target);
  if (entry === undefined) {
    fail(undefined, invocationCall, new Error('RPC stub used after being disposed.'));
    return;
  }
  serve(entry.event, invocationCall, number, () => walk(entry.value, names, 0, args), ended);
}

function ended() {}

export function rpcForget(number) {
  remove(number);
}
