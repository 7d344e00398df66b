// Streams and asynchronous iteration, both ways: https://streams.spec.whatwg.org/#rs-asynciterator and #rs-from

import { exposed } from './webidl.js';
import { promiseCall, rejected, resolved, then, withResolvers } from './streams/promises.js';
import { DefaultSource } from './streams/default-source.js';
import { Readable, Reader } from './streams/source.js';

const { apply } = Reflect;
const { getPrototypeOf, setPrototypeOf } = Object;

class AsyncIterator {
  #reader;
  #preventCancel;
  #ongoing = undefined;
  #queued = 0;
  #finished = false;

  constructor(reader, preventCancel) {
    this.#reader = reader;
    this.#preventCancel = preventCancel;
  }

  next() {
    try {
      return this.#after(() => this.#next());
    } catch (error) {
      return rejected(error);
    }
  }

  return(value = undefined) {
    try {
      return then(this.#after(() => this.#return(value)), () => ({ value, done: true }));
    } catch (error) {
      return rejected(error);
    }
  }

  // One step at a time, in the order in which they were asked for.
  #after(step) {
    if (this.#ongoing === undefined) return this.#ongoing = step();
    this.#queued++;
    const next = () => {
      this.#queued--;
      return step();
    };
    return this.#ongoing = then(this.#ongoing, next, next);
  }

  #next() {
    if (this.#finished) return resolved({ value: undefined, done: true });
    const { promise, resolve, reject } = withResolvers();
    this.#reader.stream.read({
      chunk: (value) => {
        if (this.#queued === 0) this.#ongoing = undefined;
        resolve({ value, done: false });
      },
      close: () => {
        this.#finish();
        resolve({ value: undefined, done: true });
      },
      error: (reason) => {
        this.#finish();
        reject(reason);
      },
    });
    return promise;
  }

  #return(value) {
    if (this.#finished) return resolved(undefined);
    const { stream } = this.#reader;
    const result = this.#preventCancel ? resolved(undefined) : stream.cancel(value);
    this.#finish();
    return result;
  }

  #finish() {
    this.#finished = true;
    this.#reader.release();
  }
}
delete AsyncIterator.prototype.constructor;
setPrototypeOf(AsyncIterator.prototype, getPrototypeOf(getPrototypeOf(async function* () {}.prototype)));
exposed(AsyncIterator, 'ReadableStream AsyncIterator');

export function iterate(stream, preventCancel) {
  return new AsyncIterator(new Reader(stream), preventCancel);
}

const object = (value, what) => {
  if (typeof value !== 'object' && typeof value !== 'function' || value === null) throw new TypeError(`${what} is not an object.`);
  return value;
};

// The stream of what an iterable gives, as far as it was pulled.
export function fromIterable(iterable) {
  const asynchronous = iterable[Symbol.asyncIterator] ?? undefined;
  const open = asynchronous ?? iterable[Symbol.iterator];
  if (typeof open !== 'function') throw new TypeError('ReadableStream.from: the argument is not iterable.');
  const iterator = object(apply(open, iterable, []), 'The iterator');
  const { next } = iterator;
  const stream = new Readable();

  const pull = () => then(promiseCall(next, iterator, []), (result) => {
    const done = object(result, 'The result of the iterator')?.done;
    if (done) {
      source.close();
      return undefined;
    }
    const { value } = result;
    if (asynchronous !== undefined) return source.enqueue(value);
    return then(resolved(value), (settled) => source.enqueue(settled));
  });
  const cancel = (reason) => {
    let close;
    try {
      close = iterator.return;
    } catch (error) {
      return rejected(error);
    }
    if (close === undefined || close === null) return resolved(undefined);
    return then(promiseCall(close, iterator, [reason]), (result) => {
      object(result, 'The result of the iterator\'s return method');
    });
  };
  const source = new DefaultSource(stream, pull, cancel, 0);
  source.start(undefined);
  return stream;
}
