// DisposableStack, AsyncDisposableStack and SuppressedError: https://tc39.es/proposal-explicit-resource-management/

import { rejected, resolved } from './streams/promises.js';

const { apply } = Reflect;
const { defineProperty } = Object;
const { dispose: DISPOSE, asyncDispose: ASYNC_DISPOSE } = Symbol;
const NativeError = Error, NativePromise = Promise;

const hidden = (value) => ({ value, writable: true, enumerable: false, configurable: true });

// https://tc39.es/proposal-explicit-resource-management/#sec-suppressederror-constructor
export function SuppressedError(error, suppressed, message) {
  const made = Reflect.construct(NativeError, message === undefined ? [] : [message], new.target ?? SuppressedError);
  defineProperty(made, 'error', hidden(error));
  defineProperty(made, 'suppressed', hidden(suppressed));
  return made;
}
Object.setPrototypeOf(SuppressedError, NativeError);
SuppressedError.prototype = Object.create(NativeError.prototype, {
  constructor: hidden(SuppressedError), message: hidden(''), name: hidden('SuppressedError'),
});
defineProperty(SuppressedError, 'prototype', { writable: false });

export { ASYNC_DISPOSE, DISPOSE };

// What a value's disposer is, undefined for null and undefined, which need none.
export function disposerOf(value, symbol, instead) {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object' && typeof value !== 'function') throw new TypeError(`${String(value)} is not an object, which could be disposed of.`);
  let method = value[symbol];
  if (method === undefined && instead !== undefined) {
    const plain = value[instead];
    // What it returns is not waited for.
    if (plain !== undefined) method = typeof plain === 'function' ? function () { apply(plain, this, []); } : plain;
  }
  if (typeof method !== 'function') throw new TypeError(`The value has no method ${String(symbol)}.`);
  return () => apply(method, value, []);
}

export const suppress = (failure, error) => (failure === undefined ? { error } : { error: new SuppressedError(error, failure.error, 'An error was suppressed during disposal') });

// What both stacks have: a list of what is to be called, last first, or undefined when that was done.
class Stack {
  #kind;
  #disposers = [];

  constructor(kind) {
    this.#kind = kind;
  }

  get disposed() {
    return this.#disposers === undefined;
  }

  add(method, disposer) {
    this.#check(method);
    this.#disposers[this.#disposers.length] = disposer;
  }

  #check(method) {
    if (this.#disposers === undefined) throw new ReferenceError(`Cannot call ${this.#kind}.prototype.${method} on an already-disposed ${this.#kind}`);
  }

  take(method = undefined) {
    if (method !== undefined) this.#check(method);
    const disposers = this.#disposers;
    this.#disposers = undefined;
    return disposers;
  }

  put(disposers) {
    this.#disposers = disposers;
  }
}

function checkFunction(value, method) {
  if (typeof value !== 'function') throw new TypeError(`${method}: the argument is not a function.`);
}

export class DisposableStack {
  #stack = new Stack('DisposableStack');

  get disposed() {
    return this.#stack.disposed;
  }

  dispose() {
    const disposers = this.#stack.take();
    let failure;
    for (let i = (disposers?.length ?? 0) - 1; i >= 0; i--) {
      try {
        disposers[i]();
      } catch (error) {
        failure = suppress(failure, error);
      }
    }
    if (failure !== undefined) throw failure.error;
  }

  use(value) {
    if (this.#stack.disposed) this.#stack.add('use');
    const disposer = disposerOf(value, DISPOSE);
    if (disposer !== undefined) this.#stack.add('use', disposer);
    return value;
  }

  adopt(value, onDispose) {
    if (this.#stack.disposed) this.#stack.add('adopt');
    checkFunction(onDispose, 'DisposableStack.adopt');
    this.#stack.add('adopt', () => { apply(onDispose, undefined, [value]); });
    return value;
  }

  defer(onDispose) {
    if (this.#stack.disposed) this.#stack.add('defer');
    checkFunction(onDispose, 'DisposableStack.defer');
    this.#stack.add('defer', () => { apply(onDispose, undefined, []); });
  }

  move() {
    const moved = new DisposableStack();
    moved.#stack.put(this.#stack.take('move'));
    return moved;
  }
}

export class AsyncDisposableStack {
  #stack = new Stack('AsyncDisposableStack');

  get disposed() {
    return this.#stack.disposed;
  }

  disposeAsync() {
    let disposers;
    try {
      disposers = this.#stack.take();
    } catch (error) {
      return rejected(error);
    }
    return disposers === undefined ? resolved(undefined) : disposeEach(disposers);
  }

  use(value) {
    if (this.#stack.disposed) this.#stack.add('use');
    const disposer = disposerOf(value, ASYNC_DISPOSE, DISPOSE);
    // Of nothing, disposing is waited for all the same.
    this.#stack.add('use', disposer ?? (() => undefined));
    return value;
  }

  adopt(value, onDispose) {
    if (this.#stack.disposed) this.#stack.add('adopt');
    checkFunction(onDispose, 'AsyncDisposableStack.adopt');
    this.#stack.add('adopt', () => apply(onDispose, undefined, [value]));
    return value;
  }

  defer(onDispose) {
    if (this.#stack.disposed) this.#stack.add('defer');
    checkFunction(onDispose, 'AsyncDisposableStack.defer');
    this.#stack.add('defer', () => apply(onDispose, undefined, []));
  }

  move() {
    const moved = new AsyncDisposableStack();
    moved.#stack.put(this.#stack.take('move'));
    return moved;
  }
}

async function disposeEach(disposers) {
  let failure;
  for (let i = disposers.length - 1; i >= 0; i--) {
    try {
      await disposers[i]();
    } catch (error) {
      failure = suppress(failure, error);
    }
  }
  if (failure !== undefined) throw failure.error;
}

for (const [type, symbol, method] of [[DisposableStack, DISPOSE, 'dispose'], [AsyncDisposableStack, ASYNC_DISPOSE, 'disposeAsync']]) {
  defineProperty(type.prototype, symbol, hidden(type.prototype[method]));
  defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
}
