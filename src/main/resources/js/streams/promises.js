// Promises for the algorithms of streams, out of the reach of workers that patch Promise.

const { apply } = Reflect;
const { call } = Function.prototype;
const NativePromise = Promise;

export const then = call.bind(Promise.prototype.then);
// https://webidl.spec.whatwg.org/#a-promise-rejected-with
export const rejected = Promise.reject.bind(Promise);
// What a callback of type Promise<T> returns: a native promise as it is, anything else wrapped.
export const resolved = Promise.resolve.bind(Promise);
export const withResolvers = Promise.withResolvers.bind(Promise);
const NOTHING = resolved(undefined);

export function noop() {}

// https://webidl.spec.whatwg.org/#a-promise-resolved-with: a new promise, a microtask later than `resolved` when given a promise.
export function resolvedWith(value) {
  return new NativePromise((resolve) => resolve(value));
}

// A promise whose rejection nobody need handle.
export function handled(promise) {
  then(promise, undefined, noop);
  return promise;
}

export function microtask(step) {
  then(NOTHING, step);
}

// Calls a worker's function that may return a promise. Never throws.
export function promiseCall(callback, self, args) {
  try {
    return resolved(apply(callback, self, args));
  } catch (error) {
    return rejected(error);
  }
}

// A promise that exists only once somebody asks for it. Its rejection counts as handled.
export class Latch {
  pending = true;
  error = undefined;
  failed = false;
  #promise = undefined;
  #resolvers = undefined;

  static resolved() {
    const latch = new Latch();
    latch.pending = false;
    return latch;
  }

  static rejected(error) {
    const latch = new Latch();
    latch.reject(error);
    return latch;
  }

  get promise() {
    if (this.#promise !== undefined) return this.#promise;
    if (this.pending) {
      this.#resolvers = withResolvers();
      this.#promise = handled(this.#resolvers.promise);
    } else {
      this.#promise = this.failed ? handled(rejected(this.error)) : resolved(undefined);
    }
    return this.#promise;
  }

  resolve() {
    if (!this.pending) return;
    this.pending = false;
    this.#resolvers?.resolve(undefined);
  }

  reject(error) {
    if (!this.pending) return;
    this.pending = false;
    this.failed = true;
    this.error = error;
    this.#resolvers?.reject(error);
  }
}
