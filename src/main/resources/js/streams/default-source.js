// ReadableStreamDefaultController: https://streams.spec.whatwg.org/#rs-default-controller-class

import { exposed } from './webidl.js';
import { promiseCall, resolved, resolvedWith, then } from './streams/promises.js';
import { Queue } from './streams/queue.js';
import { checkedSize } from './streams/strategies.js';

const { apply } = Reflect;
const INTERNAL = Symbol();
const NOTHING = () => resolved(undefined);

// The controller's inside. `pull` and `cancel` return promises; `size` may throw.
export class DefaultSource {
  isBytes = false;
  started = false;
  closeRequested = false;
  pulling = false;
  pullAgain = false;
  queue = new Queue();

  constructor(stream, pull = NOTHING, cancel = NOTHING, highWaterMark = 1, size = undefined) {
    this.stream = stream;
    this.pull = pull;
    this.cancel = cancel;
    this.highWaterMark = highWaterMark;
    this.size = size;
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

  get canCloseOrEnqueue() {
    return !this.closeRequested && this.stream.state === 'readable';
  }

  get shouldPull() {
    return this.canCloseOrEnqueue && this.started && (this.stream.waiting(false) > 0 || this.desiredSize > 0);
  }

  callPullIfNeeded() {
    if (!this.shouldPull) return;
    if (this.pulling) {
      this.pullAgain = true;
      return;
    }
    this.pulling = true;
    then(this.pull(), () => {
      this.pulling = false;
      if (this.pullAgain) {
        this.pullAgain = false;
        this.callPullIfNeeded();
      }
    }, (reason) => this.error(reason));
  }

  close() {
    if (!this.canCloseOrEnqueue) return;
    this.closeRequested = true;
    if (this.queue.length === 0) {
      this.clearAlgorithms();
      this.stream.close();
    }
  }

  enqueue(chunk) {
    if (!this.canCloseOrEnqueue) return;
    if (this.stream.waiting(false) > 0) {
      this.stream.reader.requests.take().chunk(chunk);
    } else {
      try {
        this.queue.add(chunk, this.size === undefined ? 1 : checkedSize(apply(this.size, undefined, [chunk])));
      } catch (error) {
        this.error(error);
        throw error;
      }
    }
    this.callPullIfNeeded();
  }

  error(reason) {
    if (this.stream.state !== 'readable') return;
    this.queue.clear();
    this.clearAlgorithms();
    this.stream.error(reason);
  }

  clearAlgorithms() {
    this.pull = this.cancel = NOTHING;
    this.size = undefined;
  }

  cancelSteps(reason) {
    this.queue.clear();
    const result = this.cancel(reason);
    this.clearAlgorithms();
    return result;
  }

  pullSteps(request) {
    if (this.queue.length === 0) {
      this.stream.reader.requests.add(request);
      this.callPullIfNeeded();
      return;
    }
    const chunk = this.queue.take();
    if (this.closeRequested && this.queue.length === 0) {
      this.clearAlgorithms();
      this.stream.close();
    } else {
      this.callPullIfNeeded();
    }
    request.chunk(chunk);
  }

  releaseSteps() {}
}

export class ReadableStreamDefaultController {
  #source;

  constructor() {
    if (arguments[0] !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#source = arguments[1];
  }

  get desiredSize() { return this.#source.desiredSize; }

  close() {
    const source = this.#source;
    if (!source.canCloseOrEnqueue) throw new TypeError('The stream is not in a state that permits close');
    source.close();
  }

  enqueue(chunk = undefined) {
    const source = this.#source;
    if (!source.canCloseOrEnqueue) throw new TypeError('The stream is not in a state that permits enqueue');
    source.enqueue(chunk);
  }

  error(reason = undefined) {
    this.#source.error(reason);
  }
}
exposed(ReadableStreamDefaultController);

// Joins `stream` with a worker's underlying source, whose members were read already.
export function setUpDefaultSource(stream, underlying, { start, pull, cancel }, highWaterMark, size) {
  const source = new DefaultSource(stream, undefined, undefined, highWaterMark, size);
  const controller = new ReadableStreamDefaultController(INTERNAL, source);
  if (pull !== undefined) source.pull = () => promiseCall(pull, underlying, [controller]);
  if (cancel !== undefined) source.cancel = (reason) => promiseCall(cancel, underlying, [reason]);
  source.start(start === undefined ? undefined : apply(start, underlying, [controller]));
}
