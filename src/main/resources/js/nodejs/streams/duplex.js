// stream.Duplex, Transform and PassThrough: https://nodejs.org/api/stream.html#duplex-and-transform-streams

import { coded } from './nodejs/errors.js';
import { Stream, construct, define, destroy, extend } from './nodejs/streams/base.js';
import { Readable } from './nodejs/streams/readable.js';
import { ReadableState } from './nodejs/streams/reading.js';
import { failWrites, initWritable, writableMembers, writableReady } from './nodejs/streams/writable.js';

export function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  this._readableState = new ReadableState(options, true);
  initWritable(this, options, true);
  this.allowHalfOpen = options?.allowHalfOpen !== false;
  if (typeof options?.read === 'function') this._read = options.read;
  if (options?.readable === false) Object.assign(this._readableState, { readable: false, ended: true, endEmitted: true });
  if (options?.writable === false) Object.assign(this._writableState, { writable: false, ending: true, ended: true, finished: true });
  Stream.call(this, options);
  if (options?.signal) load('nodejs/streams/finished').addAbortSignal(options.signal, this);
  construct(this, () => {
    this.read(0);
    writableReady(this);
  });
}
extend(Duplex, Readable);
define(Duplex, writableMembers);
define(Duplex, {
  destroy(error, callback) {
    if (!this._writableState.destroyed) failWrites(this);
    return destroy(this, error, callback);
  },

  get errored() { return this._readableState.errored ?? this._writableState.errored; },
  get closed() { return this._readableState.closed && this._writableState.closed; },
  get destroyed() { return !!this._readableState && this._readableState.destroyed && this._writableState.destroyed; },
  set destroyed(value) {
    if (this._readableState) this._readableState.destroyed = this._writableState.destroyed = value;
  },
});

const WAITING = Symbol('waiting');

export function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  Duplex.call(this, options);
  this._readableState.sync = false;
  this[WAITING] = null;
  if (typeof options?.transform === 'function') this._transform = options.transform;
  if (typeof options?.flush === 'function') this._flush = options.flush;
  // One with a _final of its own still flushes, behind that.
  this.on('prefinish', () => { if (this._final !== final) final.call(this); });
}
extend(Transform, Duplex);

function final(callback = undefined) {
  if (typeof this._flush !== 'function' || this.destroyed) {
    this.push(null);
    callback?.();
    return;
  }
  this._flush((error, data) => {
    if (error) {
      if (callback) callback(error);
      else this.destroy(error);
      return;
    }
    if (data !== null && data !== undefined) this.push(data);
    this.push(null);
    callback?.();
  });
}

define(Transform, {
  _final: final,

  _transform() {
    throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _transform() method is not implemented');
  },

  _write(chunk, encoding, callback) {
    const r = this._readableState, w = this._writableState, before = r.length;
    this._transform(chunk, encoding, (error, value) => {
      if (error) {
        callback(error);
        return;
      }
      if (value !== null && value !== undefined) this.push(value);
      if (w.ended || before === r.length || r.length < r.highWaterMark) callback();
      else this[WAITING] = callback;
    });
  },

  _read() {
    const callback = this[WAITING];
    if (callback === null) return;
    this[WAITING] = null;
    callback();
  },
});

export function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}
extend(PassThrough, Transform);
define(PassThrough, {
  _transform(chunk, encoding, callback) {
    callback(null, chunk);
  },
});
