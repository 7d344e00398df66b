// WritableStream, its writer and its controller: https://streams.spec.whatwg.org/#ws

import { exposed, require } from './webidl.js';
import { promiseCall, rejected, withResolvers } from './streams/promises.js';
import { Sink, Writable } from './streams/sink.js';
import { highWaterMark, method, readStrategy } from './streams/strategies.js';
import { released, Writer } from './streams/writer.js';

const { apply } = Reflect;
const INTERNAL = Symbol();
const lockedError = () => new TypeError('This WritableStream is currently locked to a writer.');
const closingError = () => new TypeError('This WritableStream is closing or closed.');

// The inside of a WritableStream; undefined for anything else.
export let insideOf;

// https://streams.spec.whatwg.org/#ws-class
export class WritableStream {
  #inside;

  static {
    insideOf = (value) => typeof value === 'object' && value !== null && #inside in value ? value.#inside : undefined;
  }

  constructor(underlyingSink = undefined, strategy = undefined) {
    if (underlyingSink === INTERNAL) {
      this.#inside = strategy;
      strategy.wrapper = this;
      return;
    }
    const sink = underlyingSink, queuing = readStrategy(strategy);
    if (sink !== undefined && (sink === null || typeof sink !== 'object' && typeof sink !== 'function')) {
      throw new TypeError('WritableStream constructor: the underlying sink is not an object.');
    }
    const members = readSink(sink), inside = new Writable();
    this.#inside = inside;
    inside.wrapper = this;
    setUpSink(inside, sink, members, highWaterMark(queuing, 1), queuing.size);
  }

  get locked() { return this.#inside.writer !== undefined; }

  abort(reason = undefined) {
    try {
      const inside = this.#inside;
      if (inside.writer !== undefined) throw lockedError();
      return inside.abort(reason);
    } catch (error) {
      return rejected(error);
    }
  }

  close() {
    try {
      const inside = this.#inside;
      if (inside.writer !== undefined) throw lockedError();
      if (inside.closing) throw closingError();
      return inside.close();
    } catch (error) {
      return rejected(error);
    }
  }

  getWriter() {
    this.#inside;
    return new WritableStreamDefaultWriter(this);
  }
}
exposed(WritableStream);

// The WritableStream of an inside.
export function wrap(inside) {
  return inside.wrapper ?? new WritableStream(INTERNAL, inside);
}

// https://streams.spec.whatwg.org/#default-writer-class
export class WritableStreamDefaultWriter {
  #writer;

  constructor(stream) {
    require(arguments.length, 1, 'WritableStreamDefaultWriter constructor');
    const inside = insideOf(stream);
    if (inside === undefined) throw new TypeError('WritableStreamDefaultWriter constructor: the argument is not a WritableStream.');
    this.#writer = new Writer(inside);
  }

  get closed() {
    try {
      return this.#writer.closed.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  get desiredSize() {
    const writer = this.#writer;
    if (writer.stream === undefined) throw released();
    return writer.desiredSize;
  }

  get ready() {
    try {
      return this.#writer.ready.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  abort(reason = undefined) {
    try {
      const { stream } = this.#writer;
      if (stream === undefined) throw released();
      return stream.abort(reason);
    } catch (error) {
      return rejected(error);
    }
  }

  close() {
    try {
      const { stream } = this.#writer;
      if (stream === undefined) throw released();
      if (stream.closing) throw closingError();
      return stream.close();
    } catch (error) {
      return rejected(error);
    }
  }

  releaseLock() { this.#writer.release(); }

  write(chunk = undefined) {
    try {
      const writer = this.#writer, request = withResolvers();
      writer.write(chunk, request);
      return request.promise;
    } catch (error) {
      return rejected(error);
    }
  }
}
exposed(WritableStreamDefaultWriter);

// https://streams.spec.whatwg.org/#ws-default-controller-class
export class WritableStreamDefaultController {
  #sink;

  constructor() {
    if (arguments[0] !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#sink = arguments[1];
  }

  get signal() { return this.#sink.signal; }

  error(reason = undefined) {
    this.#sink.errorIfNeeded(reason);
  }
}
exposed(WritableStreamDefaultController);

// https://streams.spec.whatwg.org/#dictdef-underlyingsink, its members in the order of Web IDL
function readSink(sink) {
  if (sink === undefined) return {};
  const abort = method(sink, 'abort'), close = method(sink, 'close'), start = method(sink, 'start');
  if (sink.type !== undefined) throw new RangeError('An underlying sink cannot have a type.');
  return { abort, close, start, write: method(sink, 'write') };
}

function setUpSink(stream, underlying, { abort, close, start, write }, mark, size) {
  const sink = new Sink(stream, undefined, undefined, undefined, mark, size);
  const controller = new WritableStreamDefaultController(INTERNAL, sink);
  if (write !== undefined) sink.writeChunk = (chunk) => promiseCall(write, underlying, [chunk, controller]);
  if (close !== undefined) sink.closeSink = () => promiseCall(close, underlying, []);
  if (abort !== undefined) sink.abortSink = (reason) => promiseCall(abort, underlying, [reason]);
  sink.start(start === undefined ? undefined : apply(start, underlying, [controller]));
}
