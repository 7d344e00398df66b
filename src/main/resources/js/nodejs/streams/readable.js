// stream.Readable: https://nodejs.org/api/stream.html#readable-streams

import { StringDecoder } from './node/string_decoder.js';
import { coded } from './nodejs/errors.js';
import { Stream, construct, define, destroy, errorOrDestroy, extend } from './nodejs/streams/base.js';
import { ReadableState, add, emitReadable, end, howMuch, maybeReadMore, scheduleResume, take, updateListening } from './nodejs/streams/reading.js';
import { nextTick } from './nodejs/ticks.js';

export function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  this._readableState = new ReadableState(options, this instanceof load('nodejs/streams/duplex').Duplex);
  if (typeof options?.read === 'function') this._read = options.read;
  if (typeof options?.destroy === 'function') this._destroy = options.destroy;
  if (typeof options?.construct === 'function') this._construct = options.construct;
  Stream.call(this, options);
  if (options?.signal) load('nodejs/streams/finished').addAbortSignal(options.signal, this);
  construct(this, () => { if (this._readableState.needReadable) maybeReadMore(this, this._readableState); });
}
extend(Readable, Stream);

define(Readable, {
  push(chunk, encoding) {
    return add(this, chunk, encoding, false);
  },

  unshift(chunk, encoding) {
    return add(this, chunk, encoding, true);
  },

  read(size) {
    const state = this._readableState;
    let wanted = size === undefined ? NaN : Number.isInteger(size) ? size : Number.parseInt(size, 10);
    const asked = wanted;
    if (wanted > state.highWaterMark) state.highWaterMark = 2 ** Math.ceil(Math.log2(wanted));
    if (wanted !== 0) state.emittedReadable = false;
    if (wanted === 0 && state.needReadable && ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) || state.ended)) {
      if (state.length === 0 && state.ended) end(this);
      else emitReadable(this);
      return null;
    }
    wanted = howMuch(wanted, state);
    if (wanted === 0 && state.ended) {
      if (state.length === 0) end(this);
      return null;
    }
    const more = state.needReadable || state.length === 0 || state.length - wanted < state.highWaterMark;
    if (more && !state.ended && !state.reading && !state.destroyed && !state.errored && state.constructed) {
      state.reading = state.sync = true;
      if (state.length === 0) state.needReadable = true;
      try {
        this._read(state.highWaterMark);
      } catch (error) {
        errorOrDestroy(this, error);
      }
      state.sync = false;
      if (!state.reading) wanted = howMuch(asked, state);
    }
    const chunk = wanted > 0 ? take(wanted, state) : null;
    if (chunk === null) {
      state.needReadable = state.length <= state.highWaterMark;
      wanted = 0;
    } else {
      state.length -= wanted;
      state.waitingFor.clear();
    }
    if (state.length === 0) {
      if (!state.ended) state.needReadable = true;
      if (asked !== wanted && state.ended) end(this);
    }
    if (chunk !== null && !state.errored && !state.closeEmitted) {
      state.dataEmitted = true;
      this.emit('data', chunk);
    }
    return chunk;
  },

  _read() {
    throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _read() method is not implemented');
  },

  _destroy(error, callback) {
    callback(error);
  },

  destroy(error, callback) {
    return destroy(this, error, callback);
  },

  on(type, listener) {
    const result = Stream.prototype.on.call(this, type, listener), state = this._readableState;
    if (type === 'data') {
      state.readableListening = this.listenerCount('readable') > 0;
      if (state.flowing !== false) this.resume();
    } else if (type === 'readable' && !state.endEmitted && !state.readableListening) {
      state.readableListening = state.needReadable = true;
      state.flowing = false;
      state.emittedReadable = false;
      if (state.length > 0) emitReadable(this);
      else if (!state.reading) nextTick(() => this.read(0));
    }
    return result;
  },

  addListener(type, listener) {
    return this.on(type, listener);
  },

  removeListener(type, listener) {
    const result = Stream.prototype.removeListener.call(this, type, listener);
    if (type === 'readable') nextTick(updateListening, this);
    else if (type === 'data' && this.listenerCount('data') === 0) this._readableState.dataEmitted ||= false;
    return result;
  },

  off(type, listener) {
    return this.removeListener(type, listener);
  },

  removeAllListeners(...types) {
    const result = Stream.prototype.removeAllListeners.apply(this, types);
    if (types.length === 0 || types[0] === 'readable') nextTick(updateListening, this);
    return result;
  },

  resume() {
    const state = this._readableState;
    if (!state.flowing) {
      state.flowing = !state.readableListening;
      scheduleResume(this, state);
    }
    state.paused = false;
    return this;
  },

  pause() {
    const state = this._readableState;
    if (state.flowing !== false) {
      state.flowing = false;
      this.emit('pause');
    }
    state.paused = true;
    return this;
  },

  isPaused() {
    return this._readableState.paused || this._readableState.flowing === false;
  },

  setEncoding(encoding) {
    const state = this._readableState, decoder = new StringDecoder(encoding);
    state.decoder = decoder;
    state.encoding = decoder.encoding;
    const text = state.buffer.map((chunk) => decoder.write(chunk)).join('');
    state.buffer = text === '' ? [] : [text];
    state.length = text.length;
    return this;
  },

  pipe(target, options = undefined) {
    const source = this, state = this._readableState;
    state.pipes.push(target);
    const ends = options?.end !== false, onEnd = ends ? () => target.end() : unpipe;
    if (state.endEmitted) nextTick(onEnd);
    else source.once('end', onEnd);
    let cleaned = false;
    const onUnpipe = (from, info) => {
      if (from !== source || info?.hasUnpiped) return;
      if (info) info.hasUnpiped = true;
      cleaned = true;
      target.removeListener('close', onClose);
      target.removeListener('finish', onFinish);
      target.removeListener('drain', onDrain);
      target.removeListener('error', onError);
      target.removeListener('unpipe', onUnpipe);
      source.removeListener('end', onEnd);
      source.removeListener('data', onData);
      if (state.waitingFor.delete(target) && state.waitingFor.size === 0) nextTick(flowAgain);
    };
    const flowAgain = () => {
      if (state.flowing === false && state.waitingFor.size === 0 && source.listenerCount('data') > 0) source.resume();
    };
    const onDrain = () => {
      state.waitingFor.delete(target);
      if (state.waitingFor.size === 0 && source.listenerCount('data') > 0) source.resume();
    };
    const onData = (chunk) => {
      if (target.write(chunk) !== false || cleaned) return;
      state.waitingFor.add(target);
      source.pause();
    };
    function unpipe() {
      source.unpipe(target);
    }
    const onError = (error) => {
      unpipe();
      target.removeListener('error', onError);
      if (target.listenerCount('error') === 0) {
        const w = target._writableState ?? target._readableState;
        if (w && !w.errorEmitted) errorOrDestroy(target, error);
        else target.emit('error', error);
      }
    };
    const onClose = () => {
      target.removeListener('finish', onFinish);
      unpipe();
    };
    const onFinish = () => {
      target.removeListener('close', onClose);
      unpipe();
    };
    target.on('unpipe', onUnpipe);
    target.on('drain', onDrain);
    source.on('data', onData);
    target.prependListener('error', onError);
    target.once('close', onClose);
    target.once('finish', onFinish);
    target.emit('pipe', source);
    if (target.writableNeedDrain === true) {
      state.waitingFor.add(target);
      source.pause();
    } else if (!state.flowing) {
      source.resume();
    }
    return target;
  },

  unpipe(target = undefined) {
    const state = this._readableState;
    for (const each of target === undefined ? [...state.pipes] : [target]) {
      const at = state.pipes.indexOf(each);
      if (at < 0) continue;
      state.pipes.splice(at, 1);
      if (state.pipes.length === 0) this.pause();
      each.emit('unpipe', this, { hasUnpiped: false });
    }
    return this;
  },

  wrap(old) {
    old.on('data', (chunk) => { if (!this.push(chunk)) old.pause?.(); });
    old.on('end', () => this.push(null));
    old.on('error', (error) => errorOrDestroy(this, error));
    this._read = () => old.resume?.();
    return this;
  },

  get readable() {
    const state = this._readableState;
    return !!state && state.readable !== false && !state.destroyed && !state.errorEmitted && !state.endEmitted;
  },
  set readable(value) {
    if (this._readableState) this._readableState.readable = !!value;
  },
  get readableFlowing() { return this._readableState.flowing; },
  set readableFlowing(value) { this._readableState.flowing = value; },
  get readableEnded() { return this._readableState.endEmitted; },
  get readableLength() { return this._readableState.length; },
  get readableHighWaterMark() { return this._readableState.highWaterMark; },
  get readableObjectMode() { return this._readableState.objectMode; },
  get readableEncoding() { return this._readableState.encoding; },
  get readableBuffer() { return this._readableState.buffer; },
  get readableDidRead() { return this._readableState.dataEmitted || this._readableState.endEmitted; },
  get readableAborted() { return !!(this._readableState.destroyed || this._readableState.errored) && !this._readableState.endEmitted; },
  get errored() { return this._readableState.errored; },
  get closed() { return this._readableState.closed; },
  get destroyed() { return this._readableState?.destroyed ?? false; },
  set destroyed(value) { if (this._readableState) this._readableState.destroyed = value; },
});
Readable.ReadableState = ReadableState;
