// The inside of a ReadableByteStreamController: https://streams.spec.whatwg.org/#rbs-controller-abstract-ops
//
// Bytes wait in `queue` as { buffer, offset, length }; the memory that they are wanted in waits in `pullIntos`. One of the two is
// always empty, but for what is left over below the size of an element.

import { extentOf, isDetached, kindOf, sizeOf, slice, transfer } from './buffers.js';
import { resolved, resolvedWith, then } from './streams/promises.js';
import { PullInto } from './streams/pull-into.js';
import { Queue } from './streams/queue.js';

const NOTHING = () => resolved(undefined);
const Bytes = Uint8Array, Buffer = ArrayBuffer;
const BYTES = { type: Bytes, size: 1 };

export class ByteSource {
  isBytes = true;
  started = false;
  closeRequested = false;
  pulling = false;
  pullAgain = false;
  queue = new Queue();
  pullIntos = new Queue();
  // The memory that the worker's source was shown: { source, view } while it may respond.
  request = undefined;

  constructor(stream, pull = NOTHING, cancel = NOTHING, highWaterMark = 0, autoAllocate = undefined) {
    this.stream = stream;
    this.pull = pull;
    this.cancel = cancel;
    this.highWaterMark = highWaterMark;
    this.autoAllocate = autoAllocate;
    stream.controller = this;
  }

  // `result` is what the start algorithm returned.
  start(result) {
    then(resolvedWith(result), () => {
      this.started = true;
      this.callPullIfNeeded();
    }, (reason) => this.error(reason));
  }

  get desiredSize() {
    const { state } = this.stream;
    if (state === 'errored') return null;
    return state === 'closed' ? 0 : this.highWaterMark - this.queue.size;
  }

  get open() {
    return !this.closeRequested && this.stream.state === 'readable';
  }

  get shouldPull() {
    return this.open && this.started && (this.stream.reader?.requests.length > 0 || this.desiredSize > 0);
  }

  callPullIfNeeded() {
    if (!this.shouldPull) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    then(this.pull(), this.onPulled ??= (value) => this.pulled(value), this.onFailed ??= (reason) => this.error(reason));
  }

  pulled() {
    this.pulling = false;
    if (this.pullAgain) {
      this.pullAgain = false;
      this.callPullIfNeeded();
    }
  }

  // Closes, once the queue is empty.
  close() {
    if (!this.open) return;
    if (this.queue.size > 0) {
      this.closeRequested = true;
      return;
    }
    if (this.pullIntos.length > 0 && this.pullIntos.peek().filled % this.pullIntos.peek().kind.size !== 0) {
      const error = new TypeError('The stream cannot close: the last element of a view was filled in part.');
      this.error(error);
      throw error;
    }
    this.clearAlgorithms();
    this.stream.close();
  }

  // Closes, and ends the BYOB reads that still wait. Never throws: the error of close() is the stream's by then.
  finish() {
    if (!this.open) return;
    try {
      this.close();
    } catch {
      return;
    }
    if (this.stream.state === 'closed' && this.pullIntos.length > 0) this.respond(0);
  }

  enqueue(view) {
    if (!this.open) return;
    const { buffer, offset, length } = extentOf(view);
    if (isDetached(buffer)) throw new TypeError('The chunk\'s buffer is detached.');
    this.enqueueOwned(transfer(buffer), offset, length);
  }

  // Takes bytes that nobody else will touch: no transfer, so no copy.
  enqueueOwned(buffer, offset, length) {
    if (!this.open) return;
    const { stream, pullIntos } = this;
    if (pullIntos.length > 0) {
      const first = pullIntos.peek();
      if (isDetached(first.buffer)) throw new TypeError('The buffer of the BYOB request is detached.');
      this.invalidateRequest();
      first.buffer = transfer(first.buffer);
      if (first.reader === 'none') this.enqueueDetached(first);
    }
    if (stream.hasReader(false)) {
      const { requests } = stream.reader;
      while (requests.length > 0 && this.queue.size > 0) this.fillRequest(requests.take());
      if (stream.waiting(false) === 0) {
        this.add(buffer, offset, length);
      } else {
        if (pullIntos.length > 0) pullIntos.take();
        stream.reader.requests.take().chunk(new Bytes(buffer, offset, length));
      }
    } else {
      this.add(buffer, offset, length);
      if (stream.hasReader(true)) this.commitFilled();
    }
    this.callPullIfNeeded();
  }

  add(buffer, offset, length) {
    this.queue.add({ buffer, offset, length }, length);
  }

  addClone(buffer, offset, length) {
    let clone;
    try {
      clone = slice(buffer, offset, length);
    } catch (error) {
      this.error(error);
      throw error;
    }
    this.add(clone, 0, length);
  }

  enqueueDetached(pullInto) {
    if (pullInto.filled > 0) this.addClone(pullInto.buffer, pullInto.offset, pullInto.filled);
    this.pullIntos.take();
  }

  error(reason) {
    if (this.stream.state !== 'readable') return;
    this.clearPullIntos();
    this.queue.clear();
    this.clearAlgorithms();
    this.stream.error(reason);
  }

  clearAlgorithms() {
    this.pull = this.cancel = NOTHING;
  }

  clearPullIntos() {
    this.invalidateRequest();
    this.pullIntos.clear();
  }

  invalidateRequest() {
    if (this.request === undefined) return;
    this.request.source = this.request.view = undefined;
    this.request = undefined;
  }

  // What is to be filled next, as { source, view, atLeast }, or undefined.
  currentRequest() {
    if (this.request === undefined && this.pullIntos.length > 0) {
      const { buffer, offset, filled, length, minimum } = this.pullIntos.peek();
      this.request = { source: this, view: new Bytes(buffer, offset + filled, length - filled), atLeast: minimum > filled ? minimum - filled : 1 };
    }
    return this.request;
  }

  fillRequest(request) {
    const { buffer, offset, length } = this.queue.take();
    this.handleDrain();
    request.chunk(new Bytes(buffer, offset, length));
  }

  handleDrain() {
    if (this.queue.size === 0 && this.closeRequested) {
      this.clearAlgorithms();
      this.stream.close();
    } else {
      this.callPullIfNeeded();
    }
  }

  takeFilled() {
    const filled = [];
    while (this.pullIntos.length > 0 && this.queue.size > 0) {
      const first = this.pullIntos.peek();
      if (first.fillFrom(this.queue)) {
        this.pullIntos.take();
        filled[filled.length] = first;
      }
    }
    return filled;
  }

  commitFilled() {
    const filled = this.takeFilled();
    for (let i = 0; i < filled.length; i++) this.commit(filled[i]);
  }

  commit(into) {
    const done = this.stream.state === 'closed', view = into.view(), request = this.stream.reader.requests.take();
    if (!done) request.chunk(view);
    else if (into.reader === 'default') request.close();
    else request.close(view);
  }

  // https://streams.spec.whatwg.org/#readable-byte-stream-controller-pull-into; `minimum` is in elements.
  pullInto(view, minimum, request) {
    const kind = kindOf(view), extent = extentOf(view);
    let buffer;
    try {
      buffer = transfer(extent.buffer);
    } catch (error) {
      request.error(error);
      return;
    }
    const into = new PullInto(buffer, extent.offset, extent.length, minimum * kind.size, kind, 'byob');
    if (this.pullIntos.length > 0) {
      this.pullIntos.add(into);
      this.stream.reader.requests.add(request);
      return;
    }
    if (this.stream.state === 'closed') {
      request.close(new kind.type(buffer, extent.offset, 0));
      return;
    }
    if (this.queue.size > 0) {
      if (into.fillFrom(this.queue)) {
        const filled = into.view();
        this.handleDrain();
        request.chunk(filled);
        return;
      }
      if (this.closeRequested) {
        const error = new TypeError('The stream closed before the last element of a view was full.');
        this.error(error);
        request.error(error);
        return;
      }
    }
    this.pullIntos.add(into);
    this.stream.reader.requests.add(request);
    this.callPullIfNeeded();
  }

  // The source has put `written` bytes into the memory of the current request.
  respond(written) {
    const first = this.pullIntos.peek();
    if (this.stream.state === 'closed') {
      if (written !== 0) throw new TypeError('bytesWritten must be 0: the stream is closed.');
    } else {
      if (written === 0) throw new TypeError('bytesWritten must be more than 0: the stream is not closed.');
      if (first.filled + written > first.length) throw new RangeError('bytesWritten is out of range.');
    }
    first.buffer = transfer(first.buffer);
    this.#responded(written, first);
  }

  // The same, where the source has transferred that memory.
  respondWithNewView(view) {
    const first = this.pullIntos.peek(), { buffer, offset, length } = extentOf(view);
    if (this.stream.state === 'closed') {
      if (length !== 0) throw new TypeError('The view must be empty: the stream is closed.');
    } else if (length === 0) {
      throw new TypeError('The view must not be empty: the stream is not closed.');
    }
    if (first.offset + first.filled !== offset) throw new RangeError('The view does not begin where the request\'s does.');
    if (first.bufferLength !== sizeOf(buffer)) throw new RangeError('The view\'s buffer is not as long as the request\'s.');
    if (first.filled + length > first.length) throw new RangeError('The view is longer than the request\'s.');
    first.buffer = transfer(buffer);
    this.#responded(length, first);
  }

  #responded(written, first) {
    this.invalidateRequest();
    if (this.stream.state === 'closed') this.#respondedClosed(first);
    else this.#respondedOpen(written, first);
    this.callPullIfNeeded();
  }

  #respondedClosed(first) {
    if (first.reader === 'none') this.pullIntos.take();
    if (!this.stream.hasReader(true)) return;
    for (let n = this.stream.waiting(true); n > 0; n--) this.commit(this.pullIntos.take());
  }

  #respondedOpen(written, into) {
    into.filled += written;
    if (into.reader === 'none') {
      this.enqueueDetached(into);
      this.commitFilled();
      return;
    }
    if (into.filled < into.minimum) return;
    this.pullIntos.take();
    const remainder = into.filled % into.kind.size;
    if (remainder > 0) {
      this.addClone(into.buffer, into.offset + into.filled - remainder, remainder);
      into.filled -= remainder;
    }
    const filled = this.takeFilled();
    this.commit(into);
    for (let i = 0; i < filled.length; i++) this.commit(filled[i]);
  }

  cancelSteps(reason) {
    this.clearPullIntos();
    this.queue.clear();
    const result = this.cancel(reason);
    this.clearAlgorithms();
    return result;
  }

  pullSteps(request) {
    if (this.queue.size > 0) {
      this.fillRequest(request);
      return;
    }
    if (this.autoAllocate !== undefined) {
      let buffer;
      try {
        buffer = new Buffer(this.autoAllocate);
      } catch (error) {
        request.error(error);
        return;
      }
      this.pullIntos.add(new PullInto(buffer, 0, this.autoAllocate, 1, BYTES, 'default'));
    }
    this.stream.reader.requests.add(request);
    this.callPullIfNeeded();
  }

  releaseSteps() {
    if (this.pullIntos.length === 0) return;
    const first = this.pullIntos.peek();
    first.reader = 'none';
    this.pullIntos.clear();
    this.pullIntos.add(first);
  }
}
