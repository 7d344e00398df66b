// ReadableByteStreamController and ReadableStreamBYOBRequest: https://streams.spec.whatwg.org/#rbs-controller-class

import { extentOf, isDetached, isView, sizeOf } from './buffers.js';
import { exposed, require } from './webidl.js';
import { promiseCall } from './streams/promises.js';
import { ByteSource } from './streams/byte-source.js';
import { integer } from './streams/strategies.js';

const { apply } = Reflect;
const INTERNAL = Symbol();

// https://streams.spec.whatwg.org/#rs-byob-request-class
export class ReadableStreamBYOBRequest {
  // { source, view }, both undefined once it was answered.
  #request;

  constructor() {
    if (arguments[0] !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#request = arguments[1];
  }

  get view() { return this.#request.view ?? null; }

  // As in Workers: how many bytes the reader waits for, null when the request was answered.
  get atLeast() {
    const { view, atLeast } = this.#request;
    return view === undefined ? null : atLeast;
  }

  respond(bytesWritten) {
    const request = this.#request;
    require(arguments.length, 1, 'ReadableStreamBYOBRequest.respond');
    const written = integer(bytesWritten, 'bytesWritten');
    if (request.source === undefined) throw new TypeError('This BYOB request has been invalidated.');
    if (isDetached(extentOf(request.view).buffer)) throw new TypeError('The BYOB request\'s buffer is detached.');
    request.source.respond(written);
  }

  respondWithNewView(view) {
    const request = this.#request;
    require(arguments.length, 1, 'ReadableStreamBYOBRequest.respondWithNewView');
    if (!isView(view)) throw new TypeError('The argument is not an ArrayBufferView.');
    if (request.source === undefined) throw new TypeError('This BYOB request has been invalidated.');
    if (isDetached(extentOf(view).buffer)) throw new TypeError('The view\'s buffer is detached.');
    request.source.respondWithNewView(view);
  }
}
exposed(ReadableStreamBYOBRequest);

export class ReadableByteStreamController {
  #source;
  #shown;
  #byobRequest = null;

  constructor() {
    if (arguments[0] !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#source = arguments[1];
  }

  get byobRequest() {
    const request = this.#source.currentRequest();
    if (request !== this.#shown) {
      this.#shown = request;
      this.#byobRequest = request === undefined ? null : new ReadableStreamBYOBRequest(INTERNAL, request);
    }
    return this.#byobRequest;
  }

  get desiredSize() { return this.#source.desiredSize; }

  close() {
    const source = this.#source;
    if (!source.open) throw new TypeError('The stream is not in a state that permits close');
    source.close();
  }

  enqueue(chunk) {
    const source = this.#source;
    require(arguments.length, 1, 'ReadableByteStreamController.enqueue');
    if (!isView(chunk)) throw new TypeError('The chunk is not an ArrayBufferView.');
    const { buffer, length } = extentOf(chunk);
    if (length === 0) throw new TypeError('The chunk is empty.');
    if (sizeOf(buffer) === 0) throw new TypeError('The chunk\'s buffer is empty.');
    if (!source.open) throw new TypeError('The stream is not in a state that permits enqueue');
    source.enqueue(chunk);
  }

  error(reason = undefined) {
    this.#source.error(reason);
  }
}
exposed(ReadableByteStreamController);

// Joins `stream` with a worker's underlying byte source, whose members were read already.
export function setUpByteSource(stream, underlying, { start, pull, cancel, autoAllocateChunkSize }, highWaterMark) {
  if (autoAllocateChunkSize === 0) throw new TypeError('autoAllocateChunkSize is 0.');
  const source = new ByteSource(stream, undefined, undefined, highWaterMark, autoAllocateChunkSize);
  const controller = new ReadableByteStreamController(INTERNAL, source);
  if (pull !== undefined) source.pull = () => promiseCall(pull, underlying, [controller]);
  if (cancel !== undefined) source.cancel = (reason) => promiseCall(cancel, underlying, [reason]);
  source.start(start === undefined ? undefined : apply(start, underlying, [controller]));
}
