// The inside of a WritableStreamDefaultWriter: https://streams.spec.whatwg.org/#ws-writer-abstract-ops

import { Latch, rejected, resolved } from './streams/promises.js';

export class Writer {
  constructor(stream) {
    if (stream.writer !== undefined) throw new TypeError('This WritableStream is currently locked to a writer.');
    this.stream = stream;
    stream.writer = this;
    if (stream.state === 'writable') {
      this.ready = !stream.closing && stream.backpressure ? new Latch() : Latch.resolved();
      this.closed = new Latch();
    } else if (stream.state === 'erroring') {
      this.ready = Latch.rejected(stream.storedError);
      this.closed = new Latch();
    } else if (stream.state === 'closed') {
      this.ready = Latch.resolved();
      this.closed = Latch.resolved();
    } else {
      this.ready = Latch.rejected(stream.storedError);
      this.closed = Latch.rejected(stream.storedError);
    }
  }

  get desiredSize() {
    const { state, controller } = this.stream;
    if (state === 'errored' || state === 'erroring') return null;
    return state === 'closed' ? 0 : controller.desiredSize;
  }

  rejectReady(reason) {
    if (this.ready.pending) this.ready.reject(reason);
    else this.ready = Latch.rejected(reason);
  }

  // https://streams.spec.whatwg.org/#writable-stream-default-writer-write
  write(chunk, request) {
    const { stream } = this;
    if (stream === undefined) return request.reject(released());
    const size = stream.controller.sizeOf(chunk);
    if (stream !== this.stream) return request.reject(released());
    if (stream.state === 'errored') return request.reject(stream.storedError);
    if (stream.closing || stream.state === 'closed') return request.reject(new TypeError('This WritableStream is closing or closed.'));
    if (stream.state === 'erroring') return request.reject(stream.storedError);
    stream.requests.add(request);
    stream.controller.write(chunk, size);
  }

  // https://streams.spec.whatwg.org/#writable-stream-default-writer-close-with-error-propagation
  finish() {
    const { stream } = this;
    if (stream.closing || stream.state === 'closed') return resolved(undefined);
    return stream.state === 'errored' ? rejected(stream.storedError) : stream.close();
  }

  release() {
    const { stream } = this;
    if (stream === undefined) return;
    const gone = released();
    this.rejectReady(gone);
    if (this.closed.pending) this.closed.reject(gone);
    else this.closed = Latch.rejected(gone);
    stream.writer = this.stream = undefined;
  }
}

// Why nothing works any more on a writer that was released.
export const released = () => new TypeError('This WritableStream writer has been released.');
