// `node:async_hooks`: https://nodejs.org/api/async_context.html

import { Snapshot, Variable } from './context.js';
import { currentEvent } from './worker.js';
import { requireFunction } from './nodejs/errors.js';

const { apply } = Reflect;
let ids = 1;

// What a storage holds for the code that one run() began. enterWith() changes it in place: the engine lets a context be entered by a call alone, so
// code that awaits within the same run() sees the change also where it began before.
class Frame {
  constructor(store) {
    this.store = store;
  }
}

class AsyncLocalStorage {
  #variable = new Variable();
  // Of enterWith() outside of any run(): by event.
  #entered = new WeakMap();
  #disabled = false;
  #defaultValue;

  constructor({ defaultValue, name = '' } = {}) {
    this.#defaultValue = defaultValue;
    Object.defineProperty(this, 'name', { value: `${name}`, configurable: true });
  }

  static bind(callback) {
    requireFunction(callback, 'fn');
    const snapshot = new Snapshot();
    return function (...args) {
      return snapshot.run(() => apply(callback, this, args));
    };
  }

  static snapshot() {
    const snapshot = new Snapshot();
    return (callback, ...args) => snapshot.run(callback, ...args);
  }

  run(store, callback, ...args) {
    this.#disabled = false;
    return this.#variable.run(new Frame(store), callback, ...args);
  }

  exit(callback, ...args) {
    return this.#variable.run(new Frame(undefined), callback, ...args);
  }

  getStore() {
    if (this.#disabled) return undefined;
    const frame = this.#frame();
    return frame === undefined ? this.#defaultValue : frame.store;
  }

  enterWith(store) {
    this.#disabled = false;
    const frame = this.#frame(), event = currentEvent();
    if (frame !== undefined) frame.store = store;
    else if (event !== undefined) this.#entered.set(event, new Frame(store));
    else this.#defaultValue = store;
  }

  disable() {
    this.#disabled = true;
  }

  #frame() {
    const frame = this.#variable.get();
    if (frame !== undefined) return frame;
    const event = currentEvent();
    return event === undefined ? undefined : this.#entered.get(event);
  }
}

// https://nodejs.org/api/async_context.html#class-asyncresource
class AsyncResource {
  #snapshot = new Snapshot();
  #id = ++ids;

  constructor(type) {
    if (typeof type !== 'string') throw new TypeError('The "type" argument must be of type string.');
    this.type = type;
  }

  static bind(callback, type = callback.name || 'bound-anonymous-fn', thisArg = undefined) {
    return new AsyncResource(type).bind(callback, thisArg);
  }

  bind(callback, thisArg = undefined) {
    requireFunction(callback, 'fn');
    const resource = this;
    const bound = function (...args) {
      return resource.runInAsyncScope(callback, thisArg === undefined ? this : thisArg, ...args);
    };
    Object.defineProperty(bound, 'length', { value: callback.length, configurable: true });
    return bound;
  }

  runInAsyncScope(callback, thisArg = undefined, ...args) {
    return this.#snapshot.run(() => apply(callback, thisArg, args));
  }

  asyncId() {
    return this.#id;
  }

  triggerAsyncId() {
    return 0;
  }

  emitDestroy() {
    return this;
  }
}

const executionAsyncId = () => 0;
const triggerAsyncId = () => 0;
const executionAsyncResource = () => Object.create(null);
const asyncWrapProviders = Object.freeze({ __proto__: null, NONE: 0 });

// Hooks are told of nothing: there is no way to see promises being made.
function createHook() {
  return { enable() { return this; }, disable() { return this; } };
}

const module = { AsyncLocalStorage, AsyncResource, asyncWrapProviders, createHook, executionAsyncId, executionAsyncResource, triggerAsyncId };

export { AsyncLocalStorage, AsyncResource, asyncWrapProviders, createHook, executionAsyncId, executionAsyncResource, triggerAsyncId, module as default };
