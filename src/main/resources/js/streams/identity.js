// Workers' IdentityTransformStream and FixedLengthStream: bytes (or strings, as UTF-8) in, the same bytes out of a byte stream, nothing kept between them.

import { exposed, require } from './webidl.js';
import { encode } from './body/content.js';
import { sizeOf, slice, sourceExtent } from './buffers.js';
import { ByteSource } from './streams/byte-source.js';
import { rejected, resolved, then, withResolvers } from './streams/promises.js';
import { wrap as wrapReadable } from './streams/readable.js';
import { Sink, Writable } from './streams/sink.js';
import { Readable } from './streams/source.js';
import { TransformStream } from './streams/transform.js';
import { highWaterMark, readStrategy } from './streams/strategies.js';
import { wrap as wrapWritable } from './streams/writable.js';

const { setPrototypeOf } = Object;

class Identity {
  readable = new Readable();
  writable = new Writable();
  // Resolved when the reader wants bytes; `given` is what its pull waits for.
  wanted = withResolvers();
  given = undefined;

  constructor(mark, remaining = undefined) {
    this.remaining = remaining;
    this.readable.expectedLength = remaining;
    this.source = new ByteSource(this.readable, () => this.#pull(), (reason) => this.#cancel(reason));
    this.sink = new Sink(this.writable, (chunk) => this.#write(chunk), () => this.#close(), (reason) => this.#abort(reason), mark);
    this.sink.unblock = () => this.wanted.resolve(undefined);
    this.source.start(undefined);
    this.sink.start(undefined);
  }

  #pull() {
    this.given = withResolvers();
    this.wanted.resolve(undefined);
    return this.given.promise;
  }

  #write(chunk) {
    try {
      const extent = bytesOf(chunk);
      if (extent.length === 0) return resolved(undefined);
      if (this.remaining !== undefined) {
        if (extent.length > this.remaining) throw new TypeError('Attempt to write too many bytes through a FixedLengthStream.');
        this.remaining -= extent.length;
      }
      return then(this.wanted.promise, () => {
        if (this.writable.state !== 'writable') throw this.writable.storedError;
        this.wanted = withResolvers();
        this.source.enqueueOwned(slice(extent.buffer, extent.offset, extent.length), 0, extent.length);
        this.given.resolve(undefined);
      });
    } catch (error) {
      this.source.error(error);
      return rejected(error);
    }
  }

  #close() {
    if (this.remaining > 0) {
      const error = new TypeError('FixedLengthStream did not see all expected bytes before close().');
      this.source.error(error);
      return rejected(error);
    }
    this.source.finish();
    this.given?.resolve(undefined);
    return resolved(undefined);
  }

  #abort(reason) {
    this.source.error(reason);
    this.given?.resolve(undefined);
    return resolved(undefined);
  }

  #cancel(reason) {
    this.sink.errorIfNeeded(reason);
    this.wanted.resolve(undefined);
    return resolved(undefined);
  }
}

function bytesOf(chunk) {
  const extent = sourceExtent(chunk);
  if (extent !== undefined) return extent;
  if (typeof chunk === 'string') {
    const buffer = encode(chunk.toWellFormed());
    return { buffer, offset: 0, length: sizeOf(buffer) };
  }
  throw new TypeError('This TransformStream is being used as a byte stream, but received an object of non-ArrayBuffer/ArrayBufferView type on its writable side.');
}

export class IdentityTransformStream {
  #inside;

  constructor(strategy = undefined) {
    this.#inside = new Identity(highWaterMark(readStrategy(strategy), 1));
  }

  get readable() { return wrapReadable(this.#inside.readable); }
  get writable() { return wrapWritable(this.#inside.writable); }
}
exposed(IdentityTransformStream);

export class FixedLengthStream {
  #inside;

  constructor(expectedLength, strategy = undefined) {
    require(arguments.length, 1, 'FixedLengthStream constructor');
    const length = typeof expectedLength === 'bigint' ? Number(expectedLength) : Math.trunc(expectedLength);
    if (!(length >= 0 && length <= Number.MAX_SAFE_INTEGER)) {
      throw new TypeError('FixedLengthStream constructor: expectedLength is not an integer between 0 and 2^53 - 1.');
    }
    this.#inside = new Identity(highWaterMark(readStrategy(strategy), 1), length);
  }

  get readable() { return wrapReadable(this.#inside.readable); }
  get writable() { return wrapWritable(this.#inside.writable); }
}
exposed(FixedLengthStream);

// They are of one family, and each has insides of its own.
for (const [type, parent] of [[IdentityTransformStream, TransformStream], [FixedLengthStream, IdentityTransformStream]]) {
  setPrototypeOf(type, parent);
  setPrototypeOf(type.prototype, parent.prototype);
}
