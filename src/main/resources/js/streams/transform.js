// TransformStream and its controller: https://streams.spec.whatwg.org/#ts

import { exposed } from './webidl.js';
import { DefaultSource } from './streams/default-source.js';
import { promiseCall, resolved, then, withResolvers } from './streams/promises.js';
import { wrap as wrapReadable } from './streams/readable.js';
import { Sink, Writable } from './streams/sink.js';
import { Readable } from './streams/source.js';
import { highWaterMark, method, readStrategy } from './streams/strategies.js';
import { wrap as wrapWritable } from './streams/writable.js';

const { apply } = Reflect;
const INTERNAL = Symbol();
const NOTHING = () => resolved(undefined);

// What a TransformStream and its controller are within. `transform`, `flush` and `cancel` return promises.
class Transform {
  readable = new Readable();
  writable = new Writable();
  transform = NOTHING;
  flush = NOTHING;
  cancel = NOTHING;
  backpressure = true;
  backpressureChange = withResolvers();
  finishing = undefined;

  constructor(writableMark = 1, writableSize = undefined, readableMark = 0, readableSize = undefined) {
    this.sink = new Sink(this.writable, (chunk) => this.#write(chunk), () => this.#close(), (reason) => this.#abort(reason),
      writableMark, writableSize);
    this.source = new DefaultSource(this.readable, () => this.#pull(), (reason) => this.#cancel(reason), readableMark, readableSize);
  }

  // `result` is what the start algorithm returned, or a promise of it.
  start(result) {
    this.sink.start(result);
    this.source.start(result);
  }

  enqueue(chunk) {
    const { source } = this;
    if (!source.canCloseOrEnqueue) throw new TypeError('The readable side is not in a state that permits enqueue');
    try {
      source.enqueue(chunk);
    } catch (error) {
      this.#errorWritable(error);
      throw this.readable.storedError;
    }
    const backpressure = !source.shouldPull;
    if (backpressure !== this.backpressure) this.#setBackpressure(backpressure);
  }

  error(reason) {
    this.source.error(reason);
    this.#errorWritable(reason);
  }

  terminate() {
    this.source.close();
    this.#errorWritable(new TypeError('The TransformStream has been terminated.'));
  }

  #setBackpressure(backpressure) {
    this.backpressureChange.resolve(undefined);
    this.backpressureChange = withResolvers();
    this.backpressure = backpressure;
  }

  #errorWritable(reason) {
    this.#clearAlgorithms();
    this.sink.errorIfNeeded(reason);
    this.unblock();
  }

  unblock() {
    if (this.backpressure) this.#setBackpressure(false);
  }

  // Undefined when there is no back-pressure, else a promise of its end: of whether anybody reads. Rejected if the stream fails meanwhile.
  wanted() {
    if (!this.backpressure) return undefined;
    return then(this.backpressureChange.promise, () => {
      if (this.writable.state === 'erroring') throw this.writable.storedError;
      return this.readable.state === 'readable';
    });
  }

  #clearAlgorithms() {
    this.transform = this.flush = this.cancel = NOTHING;
  }

  #write(chunk) {
    const wanted = this.wanted();
    return wanted === undefined ? this.#perform(chunk) : then(wanted, () => this.#perform(chunk));
  }

  #perform(chunk) {
    return then(this.transform(chunk), undefined, this.onFailed ??= (reason) => {
      this.error(reason);
      throw reason;
    });
  }

  // Ends the stream once, by whichever side comes first: `begin` runs the worker's function, `finish` or `fail` what follows it.
  #finish(begin, finish, fail) {
    if (this.finishing !== undefined) return this.finishing.promise;
    this.finishing = withResolvers();
    const { promise, resolve, reject } = this.finishing;
    const ended = begin();
    this.#clearAlgorithms();
    then(ended, () => {
      try {
        finish();
        resolve(undefined);
      } catch (error) {
        reject(error);
      }
    }, (reason) => {
      fail(reason);
      reject(reason);
    });
    return promise;
  }

  #abort(reason) {
    return this.#finish(() => this.cancel(reason), () => {
      if (this.readable.state === 'errored') throw this.readable.storedError;
      this.source.error(reason);
    }, (error) => this.source.error(error));
  }

  #close() {
    return this.#finish(() => this.flush(), () => {
      if (this.readable.state === 'errored') throw this.readable.storedError;
      this.source.close();
    }, (error) => this.source.error(error));
  }

  #cancel(reason) {
    if (this.finishing !== undefined) this.unblock();
    return this.#finish(() => this.cancel(reason), () => {
      if (this.writable.state === 'errored') throw this.writable.storedError;
      this.sink.errorIfNeeded(reason);
      this.unblock();
    }, (error) => {
      this.sink.errorIfNeeded(error);
      this.unblock();
    });
  }

  #pull() {
    this.#setBackpressure(false);
    return this.backpressureChange.promise;
  }
}

// https://streams.spec.whatwg.org/#ts-default-controller-class
export class TransformStreamDefaultController {
  #transform;

  constructor() {
    if (arguments[0] !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#transform = arguments[1];
  }

  get desiredSize() { return this.#transform.source.desiredSize; }

  enqueue(chunk = undefined) {
    this.#transform.enqueue(chunk);
  }

  error(reason = undefined) {
    this.#transform.error(reason);
  }

  terminate() {
    this.#transform.terminate();
  }
}
exposed(TransformStreamDefaultController);

// The two sides of a TransformStream; undefined for anything else.
export let sidesOf;

// https://streams.spec.whatwg.org/#ts-class
export class TransformStream {
  #transform;

  static {
    sidesOf = (value) => typeof value === 'object' && value !== null && #transform in value
      ? { readable: wrapReadable(value.#transform.readable), writable: wrapWritable(value.#transform.writable) }
      : undefined;
  }

  constructor(transformer = undefined, writableStrategy = undefined, readableStrategy = undefined) {
    if (transformer === INTERNAL) {
      this.#transform = writableStrategy;
      return;
    }
    const forWritable = readStrategy(writableStrategy), forReadable = readStrategy(readableStrategy);
    if (transformer !== undefined && (transformer === null || typeof transformer !== 'object' && typeof transformer !== 'function')) {
      throw new TypeError('TransformStream constructor: the transformer is not an object.');
    }
    const { cancel, flush, start, transform } = readTransformer(transformer);
    const readableMark = highWaterMark(forReadable, 0), writableMark = highWaterMark(forWritable, 1);
    const inside = this.#transform = new Transform(writableMark, forWritable.size, readableMark, forReadable.size);
    const controller = new TransformStreamDefaultController(INTERNAL, inside);
    if (transform !== undefined) inside.transform = (chunk) => promiseCall(transform, transformer, [chunk, controller]);
    else inside.transform = (chunk) => promiseCall(inside.enqueue, inside, [chunk]);
    if (flush !== undefined) inside.flush = () => promiseCall(flush, transformer, [controller]);
    if (cancel !== undefined) inside.cancel = (reason) => promiseCall(cancel, transformer, [reason]);
    const started = withResolvers();
    inside.start(started.promise);
    started.resolve(start === undefined ? undefined : apply(start, transformer, [controller]));
  }

  get readable() { return wrapReadable(this.#transform.readable); }
  get writable() { return wrapWritable(this.#transform.writable); }
}
exposed(TransformStream);

// A TransformStream of the insides of two streams.
export function joined(readable, writable) {
  return new TransformStream(INTERNAL, { readable, writable });
}

// https://streams.spec.whatwg.org/#dictdef-transformer, its members in the order of Web IDL
function readTransformer(transformer) {
  if (transformer === undefined) return {};
  const cancel = method(transformer, 'cancel'), flush = method(transformer, 'flush');
  if (transformer.readableType !== undefined) throw new RangeError('A transformer cannot have a readableType.');
  const start = method(transformer, 'start'), transform = method(transformer, 'transform');
  if (transformer.writableType !== undefined) throw new RangeError('A transformer cannot have a writableType.');
  return { cancel, flush, start, transform };
}

// The transform of a platform stream (https://streams.spec.whatwg.org/#other-specs-ts): `transform(chunk, output)` and `flush(output)` may
// throw or return a promise; `cancel(reason)` is for cleaning up, and is called unless `flush` was. Returns { readable, writable }.
// `output.enqueue(chunk)` gives a chunk; `output.wanted()` is undefined when the reader wants more, else a promise that
// waits for that, of false if there will be no reader.
export function platformTransform({ transform, flush = NOTHING, cancel = NOTHING }) {
  const inside = new Transform(), output = { enqueue: (chunk) => inside.enqueue(chunk), wanted: () => inside.wanted() };
  inside.sink.unblock = () => inside.unblock();
  inside.transform = (chunk) => promiseCall(transform, undefined, [chunk, output]);
  inside.flush = () => promiseCall(flush, undefined, [output]);
  inside.cancel = (reason) => promiseCall(cancel, undefined, [reason]);
  inside.start(undefined);
  return { readable: wrapReadable(inside.readable), writable: wrapWritable(inside.writable) };
}
