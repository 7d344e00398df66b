// What the other modules of the platform need of https://streams.spec.whatwg.org/. None of it calls a function that a worker could have patched.
//
// The globals come from the modules under streams/, each evaluated when it is first needed. From below: promises, queue, pull-into, strategies; source and
// sink (what a ReadableStream and a WritableStream are within); default-source and byte-source (what controllers are within);
// byte-controller, readers; iteration, tee, byte-tee, pipe; readable, writable, transform; identity.

import { bytesIn, concat, extentOf } from './buffers.js';
import { ByteSource } from './streams/byte-source.js';
import { handled, promiseCall, resolved, then, withResolvers } from './streams/promises.js';
import { insideOf, wrap } from './streams/readable.js';
import { Readable, Reader } from './streams/source.js';

const NOTHING = () => resolved(undefined);

// A byte source whose pull() answers with the chunk itself.
class HostSource extends ByteSource {
  started = true;

  // Whether a chunk can go to its reader as it came: the common case.
  get canPass() {
    return this.open && this.pullIntos.length === 0 && this.queue.length === 0 && this.stream.waiting(false) > 0;
  }

  pulled(chunk) {
    if (chunk === null || chunk === undefined) {
      this.finish();
    } else {
      const { buffer, offset, length } = extentOf(chunk);
      if (length === 0) this.pullAgain = true;
      else if (this.canPass) this.stream.reader.requests.take().chunk(chunk);
      else this.enqueueOwned(buffer, offset, length);
    }
    super.pulled();
  }
}

// A byte ReadableStream of the host's bytes. `pull()` returns a promise of the next Uint8Array, whose buffer the stream may keep, or of
// null at the end; it is called when a reader waits, once at a time. `cancel(reason)` may return a promise. `length` is the number of
// bytes in all, where it is known.
export function hostReadable({ pull, cancel = NOTHING, length = undefined, owner = undefined }) {
  const stream = new Readable();
  stream.expectedLength = length;
  stream.owner = owner;
  new HostSource(stream, () => promiseCall(pull, undefined, []), (reason) => promiseCall(cancel, undefined, [reason]));
  return wrap(stream);
}

// A WritableStream into the host. Each function may return a promise: write(chunk), close(), abort(reason).
export function hostWritable({ write, close = NOTHING, abort = NOTHING, highWaterMark = 1, size = undefined }) {
  const { Sink, Writable } = load('streams/sink'), stream = new Writable();
  const sink = new Sink(stream, (chunk) => promiseCall(write, undefined, [chunk]), () => promiseCall(close, undefined, []),
    (reason) => promiseCall(abort, undefined, [reason]), highWaterMark, size);
  sink.start(undefined);
  return load('streams/writable').wrap(stream);
}

export function isReadableStream(value) {
  return insideOf(value) !== undefined;
}

export function isWritableStream(value) {
  return load('streams/writable').insideOf(value) !== undefined;
}

// https://streams.spec.whatwg.org/#is-readable-stream-disturbed
export function isDisturbed(stream) {
  return insideOf(stream).disturbed;
}

export function isLocked(stream) {
  return insideOf(stream).locked;
}

// The stream of what an iterable gives.
export function streamFrom(iterable) {
  return wrap(load('streams/iteration').fromIterable(iterable));
}

// The number of bytes that the stream gives in all, or undefined.
export function lengthOf(stream) {
  return insideOf(stream).expectedLength;
}

// The event that alone may read the stream, or undefined.
export function ownerOf(stream) {
  return insideOf(stream).owner;
}

// Two streams of one. Of a stream that is not of bytes, the second gets `clone(chunk)` where that is given.
export function teeStream(stream, clone = undefined) {
  const inside = insideOf(stream), [first, second] = load('streams/tee').tee(inside, clone);
  first.expectedLength = second.expectedLength = inside.expectedLength;
  return [wrap(first), wrap(second)];
}

export function cancelStream(stream, reason) {
  return insideOf(stream).cancel(reason);
}

// Leaves a stream, not locked, as one that was read to its end by a reader that still holds it.
export function exhaust(stream) {
  const inside = insideOf(stream);
  new Reader(inside);
  handled(inside.cancel(undefined));
}

// Reads a stream, not locked, to its end: chunk(Uint8Array), then close() or error(reason). The next chunk is read when the promise that
// chunk() returned is fulfilled, at once if it returned undefined. A chunk that is no BufferSource is an error; `bytesOf(chunk)` may make it one before.
export function readEach(stream, { chunk, close, error, bytesOf }) {
  const inside = insideOf(stream), reader = new Reader(inside);
  let reading = false, again = false;
  const fail = (reason) => {
    handled(inside.cancel(reason));
    reader.release();
    error(reason);
  };
  const request = {
    chunk(given) {
      const value = bytesIn(bytesOf === undefined ? given : bytesOf(given));
      if (value === undefined) return fail(new TypeError('This ReadableStream did not return bytes.'));
      const pause = chunk(value);
      if (pause !== undefined) then(pause, pump, fail);
      else if (reading) again = true;
      else pump();
    },
    close,
    error,
  };
  const pump = () => {
    do {
      again = false;
      reading = true;
      inside.read(request);
      reading = false;
    } while (again);
  };
  pump();
}

// A promise of all bytes of a stream, which must not be locked, as one Uint8Array that nobody else has.
export function readAll(stream) {
  const { promise, resolve, reject } = withResolvers(), chunks = [];
  let total = 0;
  readEach(stream, {
    chunk(bytes) {
      chunks[chunks.length] = bytes;
      total += extentOf(bytes).length;
    },
    close() {
      // The bytes of a byte stream were transferred to it.
      resolve(chunks.length === 1 && insideOf(stream).isBytes ? chunks[0] : concat(chunks, total));
    },
    error: reject,
  });
  return promise;
}
