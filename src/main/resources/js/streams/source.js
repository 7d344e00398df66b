// What a ReadableStream is within: its state, the reader that holds it, the requests of that reader. Workers never see these objects, so
// their properties are plain; the classes of the specification wrap them.
// https://streams.spec.whatwg.org/#rs-abstract-ops and #rs-abstract-ops-used-by-controllers
//
// A request of a reader is an object with chunk(value), close() and error(reason); that of a BYOB reader gets a view in close(view).

import { checkOwner } from './invocation.js';
import { Latch, noop, rejected, resolved, then } from './streams/promises.js';
import { Queue } from './streams/queue.js';

export class Readable {
  state = 'readable';
  storedError = undefined;
  reader = undefined;
  disturbed = false;
  // DefaultSource or ByteSource.
  controller = undefined;
  // The ReadableStream, when there is one.
  wrapper = undefined;
  // How many bytes the stream will give in all, when that is known.
  expectedLength = undefined;
  // The event that alone may read what comes from outside.
  owner = undefined;

  get locked() {
    return this.reader !== undefined;
  }

  get isBytes() {
    return this.controller.isBytes;
  }

  // How many requests wait with a reader of this kind.
  waiting(byob) {
    return this.reader !== undefined && this.reader.byob === byob ? this.reader.requests.length : 0;
  }

  hasReader(byob) {
    return this.reader !== undefined && this.reader.byob === byob;
  }

  read(request) {
    this.disturbed = true;
    if (this.state === 'readable') this.controller.pullSteps(request);
    else if (this.state === 'closed') request.close();
    else request.error(this.storedError);
  }

  // With a BYOB reader; `minimum` is in elements of the view.
  readInto(view, minimum, request) {
    this.disturbed = true;
    if (this.state === 'errored') request.error(this.storedError);
    else this.controller.pullInto(view, minimum, request);
  }

  cancel(reason) {
    this.disturbed = true;
    if (this.state === 'closed') return resolved(undefined);
    if (this.state === 'errored') return rejected(this.storedError);
    const { reader } = this;
    this.close();
    if (reader !== undefined && reader.byob) {
      const { requests } = reader;
      reader.requests = new Queue();
      while (requests.length > 0) requests.take().close(undefined);
    }
    return then(this.controller.cancelSteps(reason), noop);
  }

  close() {
    this.state = 'closed';
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.resolve();
    if (reader.byob) return;
    const { requests } = reader;
    reader.requests = new Queue();
    while (requests.length > 0) requests.take().close();
  }

  error(reason) {
    this.state = 'errored';
    this.storedError = reason;
    const { reader } = this;
    if (reader === undefined) return;
    reader.closed.reject(reason);
    reader.fail(reason);
  }
}

// A reader, default or BYOB. The platform's own readers have no wrapper.
export class Reader {
  closed = new Latch();
  requests = new Queue();

  constructor(stream, byob = false) {
    checkOwner(stream.owner);
    if (stream.reader !== undefined) throw new TypeError('This ReadableStream is currently locked to a reader.');
    if (byob && !stream.isBytes) throw new TypeError('This ReadableStream does not support BYOB reads: it is not a byte stream.');
    this.stream = stream;
    this.byob = byob;
    stream.reader = this;
    if (stream.state === 'closed') this.closed.resolve();
    else if (stream.state === 'errored') this.closed.reject(stream.storedError);
  }

  fail(reason) {
    const { requests } = this;
    this.requests = new Queue();
    while (requests.length > 0) requests.take().error(reason);
  }

  // https://streams.spec.whatwg.org/#readable-stream-reader-generic-release
  release() {
    const { stream } = this;
    if (stream === undefined) return;
    const gone = new TypeError('This ReadableStream reader has been released.');
    if (this.closed.pending) this.closed.reject(gone);
    else this.closed = Latch.rejected(gone);
    stream.controller.releaseSteps();
    stream.reader = undefined;
    this.stream = undefined;
    this.fail(gone);
  }
}
