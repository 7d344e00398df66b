// ReadableStreamDefaultReader and ReadableStreamBYOBReader: https://streams.spec.whatwg.org/#readers

import { extentOf, isDetached, isView, kindOf, sizeOf } from './buffers.js';
import { checkOwner } from './invocation.js';
import { exposed, require } from './webidl.js';
import { rejected, withResolvers } from './streams/promises.js';
import { Reader } from './streams/source.js';
import { dictionary, integer } from './streams/strategies.js';

const gone = () => new TypeError('This ReadableStream reader has been released.');

// A request whose promise gives { value, done }.
class PromiseRequest {
  constructor() {
    const { promise, resolve, reject } = withResolvers();
    this.promise = promise;
    this.resolve = resolve;
    this.error = reject;
  }

  chunk(value) {
    this.resolve({ value, done: false });
  }

  close(value) {
    this.resolve({ value, done: true });
  }
}

function open(stream, byob, name) {
  const inside = load('streams/readable').insideOf(stream);
  if (inside === undefined) throw new TypeError(`${name} constructor: the argument is not a ReadableStream.`);
  return new Reader(inside, byob);
}

function cancel(reader, reason) {
  return reader.stream === undefined ? rejected(gone()) : reader.stream.cancel(reason);
}

// https://streams.spec.whatwg.org/#default-reader-class
export class ReadableStreamDefaultReader {
  #reader;

  constructor(stream) {
    require(arguments.length, 1, 'ReadableStreamDefaultReader constructor');
    this.#reader = open(stream, false, 'ReadableStreamDefaultReader');
  }

  get closed() {
    try {
      return this.#reader.closed.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  cancel(reason = undefined) {
    try {
      return cancel(this.#reader, reason);
    } catch (error) {
      return rejected(error);
    }
  }

  read() {
    try {
      const reader = this.#reader;
      if (reader.stream === undefined) throw gone();
      checkOwner(reader.stream.owner);
      const request = new PromiseRequest();
      reader.stream.read(request);
      return request.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  releaseLock() { this.#reader.release(); }
}
exposed(ReadableStreamDefaultReader);

// https://streams.spec.whatwg.org/#byob-reader-class
export class ReadableStreamBYOBReader {
  #reader;

  constructor(stream) {
    require(arguments.length, 1, 'ReadableStreamBYOBReader constructor');
    this.#reader = open(stream, true, 'ReadableStreamBYOBReader');
  }

  get closed() {
    try {
      return this.#reader.closed.promise;
    } catch (error) {
      return rejected(error);
    }
  }

  cancel(reason = undefined) {
    try {
      return cancel(this.#reader, reason);
    } catch (error) {
      return rejected(error);
    }
  }

  read(view, options = undefined) {
    try {
      const reader = this.#reader;
      require(arguments.length, 1, 'ReadableStreamBYOBReader.read');
      if (!isView(view)) throw new TypeError('The argument is not an ArrayBufferView.');
      const given = dictionary(options, 'The second argument')?.min;
      return readInto(reader, view, given === undefined ? 1 : integer(given, 'min'));
    } catch (error) {
      return rejected(error);
    }
  }

  // The same as read(view, { min }), under the name that Workers had before the specification.
  readAtLeast(minElements, view) {
    try {
      const reader = this.#reader;
      require(arguments.length, 2, 'ReadableStreamBYOBReader.readAtLeast');
      if (!isView(view)) throw new TypeError('The argument is not an ArrayBufferView.');
      return readInto(reader, view, integer(minElements, 'minElements'));
    } catch (error) {
      return rejected(error);
    }
  }

  releaseLock() { this.#reader.release(); }
}
exposed(ReadableStreamBYOBReader);

function readInto(reader, view, min) {
  const { buffer, length } = extentOf(view);
  if (length === 0) throw new TypeError('The view is empty.');
  if (sizeOf(buffer) === 0) throw new TypeError('The view\'s buffer is empty.');
  if (isDetached(buffer)) throw new TypeError('The view\'s buffer is detached.');
  if (min === 0) throw new TypeError('min must be more than 0.');
  if (min * kindOf(view).size > length) throw new RangeError('min is more than the view holds.');
  if (reader.stream === undefined) throw gone();
  checkOwner(reader.stream.owner);
  const request = new PromiseRequest();
  reader.stream.readInto(view, min, request);
  return request.promise;
}
