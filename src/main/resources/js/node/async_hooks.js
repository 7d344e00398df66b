// `node:async_hooks`: https://nodejs.org/api/async_context.html

import { Snapshot, Variable, enter } from './context.js';
import { currentEvent } from './worker.js';
import { requireFunction, requireString } from './nodejs/errors.js';

const { apply } = Reflect;
let ids = 1;

// What a variable has where no run() and no enterWith() gave it a value.
const NONE = {};

class AsyncLocalStorage {
  #variable = new Variable({ defaultValue: NONE });
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
    return this.#variable.run(store, callback, ...args);
  }

  exit(callback, ...args) {
    return this.#variable.run(undefined, callback, ...args);
  }

  getStore() {
    if (this.#disabled) return undefined;
    const store = this.#variable.get();
    return store === NONE ? this.#defaultValue : store;
  }

  // In global scope, for all events that come.
  enterWith(store) {
    this.#disabled = false;
    if (currentEvent() === undefined) this.#defaultValue = store;
    else enter(this.#variable, store);
  }

  disable() {
    this.#disabled = true;
  }
}

// https://nodejs.org/api/async_context.html#class-asyncresource
class AsyncResource {
  #snapshot = new Snapshot();
  #id = ++ids;

  constructor(type) {
    requireString(type, 'type');
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
