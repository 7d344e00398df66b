// The caller's side: what a name on a service binding or a stub reaches, and what a call gives before it is answered.
// https://developers.cloudflare.com/workers/runtime-apis/rpc/ and /rpc/lifecycle/
//
// A stub, a property and the promise of a call are proxies of functions, since each may be called and any name is a property of what is on the
// other side. Behind each is a handler with `send(path, args)`: it calls what the path leads to, or without args reads it.

import { holdFor } from './invocation.js';
import { when } from './ops.js';
import { argumentsMessage, markRemote, readResult } from './rpc/message.js';
import { rpc } from './rpc/host.js';
import { enter, isTarget, member, missing } from './rpc/targets.js';
import { noop, rejected, then, withResolvers } from './streams/promises.js';

const { apply } = Reflect;
const { defineProperty, getPrototypeOf } = Object;
const NativeProxy = Proxy, NativePromise = Promise;
const PLAIN = Object.prototype;
const { call } = Function.prototype;
const split = call.bind(String.prototype.split);
const includes = call.bind(String.prototype.includes);

// What stands for any name between two isolates: no name has it.
const NUL = '\0';

// The target of every proxy; nothing of it shows. Bound, it has no `prototype` and can be constructed, which is answered below.
const callable = function () {}.bind();

const handlers = new WeakMap();
const handlerOf = handlers.get.bind(handlers), setHandler = handlers.set.bind(handlers);

// Java's half of a stub, undefined for anything else.
export function stubOf(value) {
  return handlerOf(value)?.stub;
}

// Whether a function is the promise of a call or of a property, which cannot be sent.
export function isPending(value) {
  const prototype = getPrototypeOf(value);
  return prototype === RpcPromise.prototype || prototype === RpcProperty.prototype;
}

const disposeNothing = { value: () => {}, writable: true, enumerable: false, configurable: true };

// Lets `using` dispose of the stubs in a result.
function disposable(value, message) {
  if (typeof value !== 'object' || value === null || Symbol.dispose in value) return value;
  const disposal = message.hasStubs()
    ? { value: () => { message.release(); }, writable: true, enumerable: false, configurable: true }
    : disposeNothing;
  return defineProperty(value, Symbol.dispose, disposal);
}

// Calls `start(message)`, which begins an RpcCall, with the arguments as a message or null; gives the promise of its result.
export function request(start, args) {
  let begun, message = null;
  try {
    if (args !== undefined) message = argumentsMessage(args, holdFor);
    begun = start(message);
  } catch (error) {
    message?.release();
    return new NativeProxy(callable, new PromiseHandler(null, rejected(error)));
  }
  return answerTo(begun);
}

function answerTo(begun) {
  const { promise, resolve, reject } = withResolvers();
  const handler = new PromiseHandler(begun, promise);
  when(begun.id(), (answer) => {
    handler.call = null;
    try {
      resolve(disposable(readResult(answer), answer));
    } catch (error) {
      reject(markRemote(error));
    }
  }, (error) => {
    handler.call = null;
    reject(error);
  });
  return new NativeProxy(callable, handler);
}

// Follows a path within a value that is here as it would be followed on the other side.
function follow(value, path, args) {
  const names = path === '' ? [] : split(path, NUL);
  let parent = undefined;
  for (let i = 0; i < names.length; i++) {
    parent = value;
    value = handlerOf(value) === undefined ? memberOrNone(value, names[i]) : value[names[i]];
  }
  if (args === undefined) return value;
  if (typeof value !== 'function') throw notCallable(names.at(-1));
  return apply(value, parent, args);
}

function memberOrNone(value, name) {
  if (typeof value === 'object' && value !== null && isTarget(value)) throw missing(name);
  return member(value, name);
}

// What a call of something else comes to; without a name, of the receiver itself.
export const notCallable = (name = '(this)') => new TypeError(`"${name}" is not a function.`);

// What the proxies have in common. Each handler has `prototype`, its class's, and send(path, args).
class Handler {
  apply(_, self, args) {
    return this.send('', args);
  }

  // A property of what is on the other side; undefined for what is not to be asked there.
  property(name) {
    if (typeof name === 'symbol' || includes(name, NUL)) return name === Symbol.toStringTag ? this.prototype[name] : undefined;
    if (name === 'constructor' || name in PLAIN) return this.prototype[name];
    if (name === 'toJSON') return undefined;
    return new NativeProxy(callable, new PropertyHandler(this, name));
  }

  getPrototypeOf() {
    return this.prototype;
  }

  has(_, name) {
    return typeof name === 'string' || name in this.prototype;
  }

  ownKeys() {
    return [];
  }

  getOwnPropertyDescriptor() {
    return undefined;
  }

  construct() {
    throw notCallable();
  }

  set() {
    return false;
  }

  defineProperty() {
    return false;
  }

  deleteProperty() {
    return false;
  }

  setPrototypeOf() {
    return false;
  }

  preventExtensions() {
    return false;
  }
}

class StubHandler extends Handler {
  constructor(stub) {
    super();
    this.stub = stub;
  }

  get prototype() {
    return RpcStub.prototype;
  }

  send(path, args) {
    return request((message) => rpc.call(this.stub, path, message), args);
  }

  get(_, name) {
    switch (name) {
      case 'dup': return () => this.dup();
      case Symbol.dispose: return () => { rpc.release(this.stub); };
      case 'then': return undefined;
      default: return this.property(name);
    }
  }

  dup() {
    return stub(rpc.dup(this.stub));
  }
}

class PropertyHandler extends Handler {
  constructor(root, path) {
    super();
    this.root = root;
    this.path = path;
  }

  get prototype() {
    return RpcProperty.prototype;
  }

  apply(_, self, args) {
    return this.root.send(this.path, args);
  }

  send(path, args) {
    return this.root.send(path === '' ? this.path : this.path + NUL + path, args);
  }

  // The promise of its value, which is asked for when somebody waits for it.
  get promise() {
    return handlerPromise(this.root.send(this.path, undefined));
  }

  get(_, name) {
    return thenable(this, name) ?? this.property(name);
  }
}

class PromiseHandler extends Handler {
  // The RpcCall until it is answered, then null.
  constructor(call, promise) {
    super();
    this.call = call;
    this.promise = promise;
  }

  get prototype() {
    return RpcPromise.prototype;
  }

  send(path, args) {
    if (this.call !== null) {
      let begun = null, failed;
      const promise = request((message) => {
        begun = rpc.pipeline(this.call, path, message);
        if (begun === null) throw failed = new Error();
        return begun;
      }, args);
      if (failed === undefined) return promise;
      then(handlerPromise(promise), undefined, noop);
    }
    return new NativeProxy(callable, new PromiseHandler(null, then(this.promise, (value) => follow(value, path, args))));
  }

  get(_, name) {
    if (name === Symbol.dispose) return () => { then(this.promise, dispose, noop); };
    return thenable(this, name) ?? this.property(name);
  }
}

function dispose(value) {
  if (value !== null && (typeof value === 'object' || typeof value === 'function')) value[Symbol.dispose]?.();
}

// The native promise of a thenable of ours.
const handlerPromise = (proxy) => new NativePromise((resolve, reject) => proxy.then(resolve, reject));

function thenable(handler, name) {
  switch (name) {
    case 'then': return (fulfilled, failed) => then(handler.promise, fulfilled, failed);
    case 'catch': return (failed) => then(handler.promise, undefined, failed);
    case 'finally': return (action) => handler.promise.finally(action);
    default: return undefined;
  }
}

// The stub that a worker sees of Java's half.
export function stub(half) {
  const handler = new StubHandler(half), proxy = new NativeProxy(callable, handler);
  setHandler(proxy, handler);
  return proxy;
}

export class RpcStub {
  constructor(target) {
    const isObject = typeof target === 'object' && target !== null;
    if (typeof target !== 'function' && !isObject) throw new TypeError("Failed to construct 'JsRpcStub': constructor parameter 1 is not of type 'Object'.");
    if (isObject && !isTarget(target) && getPrototypeOf(target) !== PLAIN) {
      throw new TypeError('RpcStubs can only wrap plain objects, functions, and RpcTarget derivatives.');
    }
    return stub(rpc.local(enter(target)));
  }
}

export class RpcPromise {
  constructor() {
    throw new TypeError('Illegal constructor');
  }
}

export class RpcProperty {
  constructor() {
    throw new TypeError('Illegal constructor');
  }
}
for (const type of [RpcStub, RpcPromise, RpcProperty]) {
  defineProperty(type.prototype, Symbol.toStringTag, { value: `Js${type.name}`, configurable: true });
}

// A property of a service binding: `start(path, message)` begins a call of it.
export function property(start, name) {
  const root = { send: (path, args) => request((message) => start(path, message), args) };
  return new NativeProxy(callable, new PropertyHandler(root, name));
}
