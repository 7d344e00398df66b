// ReadableStream: https://streams.spec.whatwg.org/#rs-class. What not every stream needs is loaded by those that do.

import { exposed, require } from './webidl.js';
import { setUpDefaultSource } from './streams/default-source.js';
import { handled, rejected } from './streams/promises.js';
import { ReadableStreamBYOBReader, ReadableStreamDefaultReader } from './streams/readers.js';
import { Readable } from './streams/source.js';
import { dictionary, highWaterMark, integer, method, readStrategy } from './streams/strategies.js';

const INTERNAL = Symbol();
// The inside of a ReadableStream; undefined for anything else.
export let insideOf;

export class ReadableStream {
  #inside;

  static {
    insideOf = (value) => typeof value === 'object' && value !== null && #inside in value ? value.#inside : undefined;
  }

  constructor(underlyingSource = undefined, strategy = undefined) {
    if (underlyingSource === INTERNAL) {
      this.#inside = strategy;
      strategy.wrapper = this;
      return;
    }
    const source = underlyingSource, queuing = readStrategy(strategy);
    if (source !== undefined && (source === null || typeof source !== 'object' && typeof source !== 'function')) {
      throw new TypeError('ReadableStream constructor: the underlying source is not an object.');
    }
    const members = readSource(source), inside = new Readable();
    this.#inside = inside;
    inside.wrapper = this;
    if (members.bytes) {
      if (queuing.size !== undefined) throw new RangeError('The strategy of a byte stream cannot have a size.');
      load('streams/byte-controller').setUpByteSource(inside, source, members, highWaterMark(queuing, 0));
    } else {
      setUpDefaultSource(inside, source, members, highWaterMark(queuing, 1), queuing.size);
    }
  }

  static from(asyncIterable) {
    require(arguments.length, 1, 'ReadableStream.from');
    return wrap(load('streams/iteration').fromIterable(asyncIterable));
  }

  get locked() { return this.#inside.locked; }

  cancel(reason = undefined) {
    try {
      const inside = this.#inside;
      if (inside.locked) throw new TypeError('This ReadableStream is currently locked to a reader.');
      return inside.cancel(reason);
    } catch (error) {
      return rejected(error);
    }
  }

  getReader(options = undefined) {
    this.#inside;
    const mode = dictionary(options, 'The options')?.mode;
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw new TypeError(`ReadableStream.getReader: '${mode}' is not a mode; 'byob' is the only one.`);
    return new ReadableStreamBYOBReader(this);
  }

  pipeThrough(transform, options = undefined) {
    const inside = this.#inside;
    require(arguments.length, 1, 'ReadableStream.pipeThrough');
    const pair = dictionary(transform, 'The transform'), readable = pair?.readable;
    if (insideOf(readable) === undefined) throw new TypeError('ReadableStream.pipeThrough: transform.readable is not a ReadableStream.');
    const writable = load('streams/writable').insideOf(pair.writable);
    if (writable === undefined) throw new TypeError('ReadableStream.pipeThrough: transform.writable is not a WritableStream.');
    const given = readPipeOptions(options);
    checkUnlocked(inside, writable);
    handled(load('streams/pipe').pipe(inside, writable, given));
    return readable;
  }

  pipeTo(destination, options = undefined) {
    try {
      const inside = this.#inside;
      require(arguments.length, 1, 'ReadableStream.pipeTo');
      const writable = load('streams/writable').insideOf(destination);
      if (writable === undefined) throw new TypeError('ReadableStream.pipeTo: the destination is not a WritableStream.');
      const given = readPipeOptions(options);
      checkUnlocked(inside, writable);
      return load('streams/pipe').pipe(inside, writable, given);
    } catch (error) {
      return rejected(error);
    }
  }

  tee() {
    const inside = this.#inside, split = load('body/content').splitStream(this);
    if (split !== undefined) return split;
    const [first, second] = load('streams/tee').tee(inside);
    return [wrap(first), wrap(second)];
  }

  values(options = undefined) {
    const inside = this.#inside;
    return load('streams/iteration').iterate(inside, !!dictionary(options, 'The options')?.preventCancel);
  }
}
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  value: ReadableStream.prototype.values, writable: true, enumerable: false, configurable: true,
});
exposed(ReadableStream);

// The ReadableStream of an inside.
export function wrap(inside) {
  return inside.wrapper ?? new ReadableStream(INTERNAL, inside);
}

// https://streams.spec.whatwg.org/#dictdef-underlyingsource, its members in the order of Web IDL
function readSource(source) {
  if (source === undefined) return { bytes: false };
  const size = source.autoAllocateChunkSize;
  const autoAllocateChunkSize = size === undefined ? undefined : integer(size, 'autoAllocateChunkSize');
  const cancel = method(source, 'cancel'), pull = method(source, 'pull'), start = method(source, 'start');
  const { type } = source;
  if (type !== undefined && `${type}` !== 'bytes') throw new TypeError(`'${type}' is not a type of underlying source; 'bytes' is the only one.`);
  return { bytes: type !== undefined, autoAllocateChunkSize, cancel, pull, start };
}

// https://streams.spec.whatwg.org/#dictdef-streampipeoptions
function readPipeOptions(options) {
  const given = dictionary(options, 'The options');
  if (given === undefined) return {};
  const preventAbort = !!given.preventAbort, preventCancel = !!given.preventCancel, preventClose = !!given.preventClose;
  const { signal } = given;
  return { preventAbort, preventCancel, preventClose, signal: signal === undefined ? undefined : load('abort').signalOf(signal, 'The options') };
}

function checkUnlocked(readable, writable) {
  if (readable.locked) throw new TypeError('This ReadableStream is currently locked to a reader.');
  if (writable.writer !== undefined) throw new TypeError('This WritableStream is currently locked to a writer.');
}
