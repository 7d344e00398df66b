// stream.Writable: https://nodejs.org/api/stream.html#writable-streams

import { Buffer } from './node/buffer.js';
import { coded, invalidArgType } from './nodejs/errors.js';
import { requireEncoding } from './nodejs/encodings.js';
import { Stream, construct, define, destroy, errorOrDestroy, extend, highWaterMark, noop } from './nodejs/streams/base.js';
import { nextTick } from './nodejs/ticks.js';

class WritableState {
  length = 0;
  writing = false;
  corked = 0;
  sync = true;
  needDrain = false;
  ending = false;
  ended = false;
  finished = false;
  finalCalled = false;
  prefinished = false;
  pending = 0;
  buffered = [];
  draining = false;
  current = undefined;
  onFinish = [];
  constructed = true;
  destroyed = false;
  errored = null;
  errorEmitted = false;
  closed = false;
  closeEmitted = false;

  constructor(options, duplex) {
    this.objectMode = !!(options?.objectMode || (duplex && options?.writableObjectMode));
    this.highWaterMark = highWaterMark(options, 'writable', duplex, this.objectMode);
    this.decodeStrings = options?.decodeStrings !== false;
    this.defaultEncoding = options?.defaultEncoding ?? 'utf8';
    this.emitClose = options?.emitClose !== false;
    this.autoDestroy = options?.autoDestroy !== false;
  }
}

export function initWritable(stream, options, duplex) {
  stream._writableState = new WritableState(options, duplex);
  for (const name of ['write', 'writev', 'destroy', 'final', 'construct']) {
    if (typeof options?.[name] === 'function') stream[`_${name}`] = options[name];
  }
}

export function writableReady(stream) {
  const state = stream._writableState;
  if (!state.writing) drainBuffer(stream, state);
  finishMaybe(stream, state);
}

export function Writable(options) {
  const duplex = this instanceof load('nodejs/streams/duplex').Duplex;
  if (!duplex && !Function.prototype[Symbol.hasInstance].call(Writable, this)) return new Writable(options);
  initWritable(this, options, duplex);
  Stream.call(this, options);
  if (options?.signal) load('nodejs/streams/finished').addAbortSignal(options.signal, this);
  construct(this, () => writableReady(this));
}
extend(Writable, Stream);
Object.defineProperty(Writable, Symbol.hasInstance, {
  value(object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    return this === Writable && object?._writableState instanceof WritableState;
  },
});

const tooLate = () => coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
const gone = (method) => coded(Error, 'ERR_STREAM_DESTROYED', `Cannot call ${method} after a stream was destroyed`);

function write(stream, chunk, encoding, callback) {
  const state = stream._writableState;
  if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding];
  encoding ||= state.defaultEncoding;
  if (encoding !== 'buffer') requireEncoding(encoding);
  if (typeof callback !== 'function') callback = noop;
  if (chunk === null) throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  if (!state.objectMode) {
    if (typeof chunk === 'string') {
      if (state.decodeStrings) [chunk, encoding] = [Buffer.from(chunk, encoding), 'buffer'];
    } else if (chunk instanceof Uint8Array) {
      if (!Buffer.isBuffer(chunk)) chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = 'buffer';
    } else {
      throw invalidArgType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk);
    }
  }
  const error = state.ending ? tooLate() : state.destroyed ? gone('write') : undefined;
  if (error !== undefined) {
    nextTick(callback, error);
    errorOrDestroy(stream, error);
    return error;
  }
  state.pending++;
  const size = state.objectMode ? 1 : chunk.length;
  state.length += size;
  const room = state.length < state.highWaterMark;
  if (!room) state.needDrain = true;
  if (state.writing || state.corked || state.errored || !state.constructed) {
    state.buffered.push({ chunk, encoding, callback });
  } else {
    start(stream, state, size, callback, (done) => stream._write(chunk, encoding, done));
  }
  return room && !state.errored && !state.destroyed;
}

function start(stream, state, size, callback, work) {
  const current = state.current = { size, callback };
  state.writing = state.sync = true;
  work((error) => written(stream, state, current, error));
  state.sync = false;
}

function written(stream, state, current, error) {
  if (state.current !== current) {
    errorOrDestroy(stream, coded(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'));
    return;
  }
  const { sync } = state;
  state.writing = false;
  state.current = undefined;
  state.length -= current.size;
  if (error) {
    state.errored ??= error;
    if (stream._readableState) stream._readableState.errored ??= error;
    const failed = () => {
      state.pending--;
      current.callback(error);
      failBuffer(state);
      errorOrDestroy(stream, error);
    };
    if (sync) nextTick(failed);
    else failed();
    return;
  }
  if (state.buffered.length > 0) drainBuffer(stream, state);
  if (sync) nextTick(afterWrite, stream, state, current.callback);
  else afterWrite(stream, state, current.callback);
}

function afterWrite(stream, state, callback) {
  if (!state.ending && !state.destroyed && state.length === 0 && state.needDrain) {
    state.needDrain = false;
    stream.emit('drain');
  }
  state.pending--;
  callback(null);
  if (state.destroyed) failBuffer(state);
  finishMaybe(stream, state);
}

function failBuffer(state) {
  if (state.writing) return;
  const { buffered } = state;
  state.buffered = [];
  for (const { chunk, callback } of buffered) {
    state.length -= state.objectMode ? 1 : chunk.length;
    state.pending--;
    callback(state.errored ?? gone('write'));
  }
  const waiting = state.onFinish;
  state.onFinish = [];
  for (const callback of waiting) callback(state.errored ?? gone('end'));
}

function drainBuffer(stream, state) {
  if (state.corked || state.draining || state.destroyed || !state.constructed) return;
  state.draining = true;
  if (typeof stream._writev === 'function' && state.buffered.length > 1) {
    const all = state.buffered;
    state.buffered = [];
    state.pending -= all.length - 1;
    start(stream, state, state.length, (error) => { for (const { callback } of all) callback(error); }, (done) => stream._writev(all, done));
  } else {
    while (state.buffered.length > 0 && !state.writing) {
      const { chunk, encoding, callback } = state.buffered.shift();
      start(stream, state, state.objectMode ? 1 : chunk.length, callback, (done) => stream._write(chunk, encoding, done));
    }
  }
  state.draining = false;
}

const mayFinish = (state) => state.ending && !state.destroyed && state.constructed && state.length === 0 && !state.errored && state.buffered.length === 0 && !state.finished
  && !state.writing && !state.errorEmitted && !state.closeEmitted;

function finishMaybe(stream, state, sync = false) {
  if (!mayFinish(state)) return;
  if (!state.prefinished && !state.finalCalled) {
    if (typeof stream._final === 'function' && !state.destroyed) {
      state.finalCalled = true;
      callFinal(stream, state);
    } else {
      state.prefinished = true;
      stream.emit('prefinish');
    }
  }
  if (state.pending > 0) return;
  state.pending++;
  const finishNow = () => {
    if (mayFinish(state)) finish(stream, state);
    else state.pending--;
  };
  if (sync) nextTick(finishNow);
  else finishNow();
}

function callFinal(stream, state) {
  let called = false;
  state.pending++;
  const done = (error) => {
    if (called) {
      errorOrDestroy(stream, error ?? coded(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'));
      return;
    }
    called = true;
    state.pending--;
    if (error) {
      const waiting = state.onFinish;
      state.onFinish = [];
      for (const callback of waiting) callback(error);
      errorOrDestroy(stream, error);
    } else if (mayFinish(state)) {
      state.prefinished = true;
      stream.emit('prefinish');
      state.pending++;
      nextTick(finish, stream, state);
    }
  };
  state.sync = true;
  try {
    stream._final(done);
  } catch (error) {
    done(error);
  }
  state.sync = false;
}

function finish(stream, state) {
  state.pending--;
  state.finished = true;
  const waiting = state.onFinish;
  state.onFinish = [];
  for (const callback of waiting) callback();
  stream.emit('finish');
  const r = stream._readableState;
  if (state.autoDestroy && (!r || (r.autoDestroy && (r.endEmitted || r.readable === false)))) stream.destroy();
}

export const writableMembers = {
  write(chunk, encoding, callback) {
    return write(this, chunk, encoding, callback) === true;
  },

  _write(chunk, encoding, callback) {
    if (typeof this._writev !== 'function') throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _write() method is not implemented');
    this._writev([{ chunk, encoding }], callback);
  },

  cork() {
    this._writableState.corked++;
  },

  uncork() {
    const state = this._writableState;
    if (state.corked === 0) return;
    state.corked--;
    if (!state.writing) drainBuffer(this, state);
  },

  setDefaultEncoding(encoding) {
    this._writableState.defaultEncoding = requireEncoding(encoding);
    return this;
  },

  end(chunk, encoding, callback) {
    const state = this._writableState;
    if (typeof chunk === 'function') [chunk, encoding, callback] = [undefined, undefined, chunk];
    else if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding];
    let error;
    if (chunk !== undefined && chunk !== null) {
      const result = write(this, chunk, encoding);
      if (result instanceof Error) error = result;
    }
    if (state.corked) {
      state.corked = 1;
      this.uncork();
    }
    if (error === undefined) {
      if (!state.errored && !state.ending) {
        state.ending = true;
        finishMaybe(this, state, true);
        state.ended = true;
      } else if (state.finished) {
        error = coded(Error, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished');
      } else if (state.destroyed) {
        error = gone('end');
      }
    }
    if (typeof callback === 'function') {
      if (error !== undefined) nextTick(callback, error);
      else if (state.finished) nextTick(callback);
      else state.onFinish.push(callback);
    }
    return this;
  },

  get writable() {
    const state = this._writableState;
    return !!state && state.writable !== false && !state.destroyed && !state.errored && !state.ending && !state.ended;
  },
  set writable(value) {
    if (this._writableState) this._writableState.writable = !!value;
  },
  get writableEnded() { return this._writableState.ending; },
  get writableFinished() { return this._writableState.finished; },
  get writableLength() { return this._writableState.length; },
  get writableHighWaterMark() { return this._writableState.highWaterMark; },
  get writableObjectMode() { return this._writableState.objectMode; },
  get writableCorked() { return this._writableState.corked; },
  get writableBuffer() { return this._writableState.buffered; },
  get writableNeedDrain() { return !this._writableState.destroyed && !this._writableState.ending && this._writableState.needDrain; },
  get writableAborted() { return !!(this._writableState.destroyed || this._writableState.errored) && !this._writableState.finished; },
};
define(Writable, writableMembers);
define(Writable, {
  pipe() {
    errorOrDestroy(this, coded(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
  },

  _destroy(error, callback) {
    callback(error);
  },

  destroy(error, callback) {
    const state = this._writableState;
    if (!state.destroyed && (state.buffered.length > 0 || state.onFinish.length > 0)) nextTick(failBuffer, state);
    return destroy(this, error, callback);
  },

  get errored() { return this._writableState.errored; },
  get closed() { return this._writableState.closed; },
  get destroyed() { return this._writableState?.destroyed ?? false; },
  set destroyed(value) { if (this._writableState) this._writableState.destroyed = value; },
});
Writable.WritableState = WritableState;
export const failWrites = (stream) => {
  const state = stream._writableState;
  if (state.buffered.length > 0 || state.onFinish.length > 0) nextTick(failBuffer, state);
};
