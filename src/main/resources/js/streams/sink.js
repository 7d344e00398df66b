// What a WritableStream is within, and its WritableStreamDefaultController: https://streams.spec.whatwg.org/#ws-abstract-ops.
// Workers never see these objects. A request of a writer is an object with resolve() and reject(reason).

import { Latch, rejected, resolved, resolvedWith, then, withResolvers } from './streams/promises.js';
import { Queue } from './streams/queue.js';
import { checkedSize } from './streams/strategies.js';

const { apply } = Reflect;
const CLOSE = Symbol();
const NOTHING = () => resolved(undefined);

export class Writable {
  state = 'writable';
  storedError = undefined;
  writer = undefined;
  // Sink.
  controller = undefined;
  requests = new Queue();
  inFlightWrite = undefined;
  closeRequest = undefined;
  inFlightClose = undefined;
  pendingAbort = undefined;
  backpressure = false;
  // The WritableStream, when there is one.
  wrapper = undefined;

  get closing() {
    return this.closeRequest !== undefined || this.inFlightClose !== undefined;
  }

  abort(reason) {
    if (this.state === 'closed' || this.state === 'errored') return resolved(undefined);
    this.controller.signalAbort(reason);
    if (this.state === 'closed' || this.state === 'errored') return resolved(undefined);
    if (this.pendingAbort !== undefined) return this.pendingAbort.promise;
    const erroring = this.state === 'erroring';
    const { promise, resolve, reject } = withResolvers();
    this.pendingAbort = { promise, resolve, reject, reason: erroring ? undefined : reason, erroring };
    if (!erroring) this.startErroring(reason);
    return promise;
  }

  close() {
    if (this.state === 'closed' || this.state === 'errored') {
      return rejected(new TypeError(`This WritableStream is ${this.state}.`));
    }
    this.closeRequest = withResolvers();
    const { promise } = this.closeRequest;
    if (this.backpressure && this.state === 'writable') this.writer?.ready.resolve();
    this.controller.close();
    return promise;
  }

  dealWithRejection(error) {
    if (this.state === 'writable') this.startErroring(error);
    else this.finishErroring();
  }

  startErroring(reason) {
    this.state = 'erroring';
    this.storedError = reason;
    this.writer?.rejectReady(reason);
    if (this.inFlightWrite === undefined && this.inFlightClose === undefined && this.controller.started) this.finishErroring();
  }

  finishErroring() {
    this.state = 'errored';
    this.controller.queue.clear();
    const { requests } = this;
    this.requests = new Queue();
    while (requests.length > 0) requests.take().reject(this.storedError);
    const abort = this.pendingAbort;
    this.pendingAbort = undefined;
    if (abort === undefined) {
      this.rejectClose();
    } else if (abort.erroring) {
      abort.reject(this.storedError);
      this.rejectClose();
    } else {
      then(this.controller.abortSteps(abort.reason), () => {
        abort.resolve(undefined);
        this.rejectClose();
      }, (reason) => {
        abort.reject(reason);
        this.rejectClose();
      });
    }
  }

  rejectClose() {
    this.closeRequest?.reject(this.storedError);
    this.closeRequest = undefined;
    this.writer?.closed.reject(this.storedError);
  }

  written() {
    const write = this.inFlightWrite;
    this.inFlightWrite = undefined;
    write.resolve(undefined);
  }

  writeFailed(error) {
    const write = this.inFlightWrite;
    this.inFlightWrite = undefined;
    write.reject(error);
    this.dealWithRejection(error);
  }

  closed() {
    const close = this.inFlightClose;
    this.inFlightClose = undefined;
    close.resolve(undefined);
    if (this.state === 'erroring') {
      this.storedError = undefined;
      this.pendingAbort?.resolve(undefined);
      this.pendingAbort = undefined;
    }
    this.state = 'closed';
    this.writer?.closed.resolve();
  }

  closeFailed(error) {
    const close = this.inFlightClose;
    this.inFlightClose = undefined;
    close.reject(error);
    this.pendingAbort?.reject(error);
    this.pendingAbort = undefined;
    this.dealWithRejection(error);
  }

  updateBackpressure(backpressure) {
    if (this.writer !== undefined && backpressure !== this.backpressure) {
      if (backpressure) this.writer.ready = new Latch();
      else this.writer.ready.resolve();
    }
    this.backpressure = backpressure;
  }
}

// The inside of a WritableStreamDefaultController. `write`, `closeSink` and `abort` return promises; `size` may throw.
export class Sink {
  started = false;
  queue = new Queue();
  aborted = false;
  abortReason = undefined;
  // Called when the stream is aborted, before what is in flight has ended.
  unblock = undefined;
  #signal = undefined;

  constructor(stream, write = NOTHING, close = NOTHING, abort = NOTHING, highWaterMark = 1, size = undefined) {
    this.stream = stream;
    this.writeChunk = write;
    this.closeSink = close;
    this.abortSink = abort;
    this.highWaterMark = highWaterMark;
    this.size = size;
    stream.controller = this;
    stream.updateBackpressure(this.backpressure);
  }

  // `result` is what the start algorithm returned.
  start(result) {
    then(resolvedWith(result), () => {
      this.started = true;
      this.advance();
    }, (reason) => {
      this.started = true;
      this.stream.dealWithRejection(reason);
    });
  }

  // The signal is made when the sink first asks for it.
  get signal() {
    if (this.#signal === undefined) {
      const { newSignal, signalOf } = load('abort');
      this.#signal = newSignal();
      if (this.aborted) signalOf(this.#signal).abort(this.abortReason);
    }
    return this.#signal;
  }

  signalAbort(reason) {
    if (this.aborted) return;
    this.aborted = true;
    this.abortReason = reason;
    this.unblock?.();
    if (this.#signal !== undefined) load('abort').signalOf(this.#signal).abort(reason);
  }

  get desiredSize() {
    return this.highWaterMark - this.queue.size;
  }

  get backpressure() {
    return this.desiredSize <= 0;
  }

  close() {
    this.queue.add(CLOSE);
    this.advance();
  }

  error(reason) {
    this.clearAlgorithms();
    this.stream.startErroring(reason);
  }

  errorIfNeeded(reason) {
    if (this.stream.state === 'writable') this.error(reason);
  }

  sizeOf(chunk) {
    if (this.size === undefined) return 1;
    try {
      return +apply(this.size, undefined, [chunk]);
    } catch (error) {
      this.errorIfNeeded(error);
      return 1;
    }
  }

  write(chunk, size) {
    try {
      this.queue.add(chunk, checkedSize(size));
    } catch (error) {
      this.errorIfNeeded(error);
      return;
    }
    if (!this.stream.closing && this.stream.state === 'writable') this.stream.updateBackpressure(this.backpressure);
    this.advance();
  }

  advance() {
    const { stream, queue } = this;
    if (!this.started || stream.inFlightWrite !== undefined) return;
    if (stream.state === 'erroring') stream.finishErroring();
    else if (queue.length === 0) return;
    else if (queue.peek() === CLOSE) this.#close();
    else this.#write(queue.peek());
  }

  #close() {
    const { stream } = this;
    stream.inFlightClose = stream.closeRequest;
    stream.closeRequest = undefined;
    this.queue.take();
    const closed = this.closeSink();
    this.clearAlgorithms();
    then(closed, () => stream.closed(), (reason) => stream.closeFailed(reason));
  }

  #write(chunk) {
    this.stream.inFlightWrite = this.stream.requests.take();
    then(this.writeChunk(chunk), this.onWritten ??= () => this.#written(), this.onFailed ??= (reason) => this.#failed(reason));
  }

  #written() {
    const { stream } = this;
    stream.written();
    this.queue.take();
    if (!stream.closing && stream.state === 'writable') stream.updateBackpressure(this.backpressure);
    this.advance();
  }

  #failed(reason) {
    if (this.stream.state === 'writable') this.clearAlgorithms();
    this.stream.writeFailed(reason);
  }

  abortSteps(reason) {
    const result = this.abortSink(reason);
    this.clearAlgorithms();
    return result;
  }

  clearAlgorithms() {
    this.writeChunk = this.closeSink = this.abortSink = NOTHING;
    this.size = undefined;
  }
}
