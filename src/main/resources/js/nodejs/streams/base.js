// What the streams of Node have in common: https://nodejs.org/api/stream.html. Functions and not classes: libraries call them on objects of their own.

import { EventEmitter } from './node/events.js';
import { coded } from './nodejs/errors.js';
import { nextTick } from './nodejs/ticks.js';

const { setPrototypeOf } = Object;

export const noop = () => {};

export function extend(type, parent) {
  setPrototypeOf(type.prototype, parent.prototype);
  setPrototypeOf(type, parent);
}

// Gives a prototype methods and accessors that are not enumerable, as those of classes are.
export function define(type, members) {
  for (const key of Reflect.ownKeys(members)) {
    Object.defineProperty(type.prototype, key, { ...Reflect.getOwnPropertyDescriptor(members, key), enumerable: false });
  }
}

export function Stream(options) {
  EventEmitter.call(this, options);
}
extend(Stream, EventEmitter);

// https://nodejs.org/api/stream.html#readablepipedestination-options, of streams that have no more than events.
define(Stream, {
  pipe(target, options = undefined) {
    const onData = (chunk) => {
      if (target.writable && target.write(chunk) === false) this.pause?.();
    };
    const onDrain = () => this.resume?.();
    const onEnd = () => options?.end === false || target.end();
    const cleanup = () => {
      this.removeListener('data', onData);
      target.removeListener('drain', onDrain);
      this.removeListener('end', onEnd);
    };
    this.on('data', onData);
    target.on('drain', onDrain);
    this.on('end', onEnd);
    this.once('end', cleanup);
    this.once('close', cleanup);
    target.emit('pipe', this);
    return target;
  },
});

let bytes = 64 * 1024, objects = 16;

export const getDefaultHighWaterMark = (objectMode) => objectMode ? objects : bytes;

export function setDefaultHighWaterMark(objectMode, value) {
  if (objectMode) objects = value;
  else bytes = value;
}

export function highWaterMark(options, side, duplex, objectMode) {
  const value = options?.highWaterMark ?? (duplex ? options?.[`${side}HighWaterMark`] : undefined);
  if (value === undefined || value === null) return getDefaultHighWaterMark(objectMode);
  if (!Number.isInteger(value) || value < 0) {
    throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.highWaterMark' is invalid. Received ${String(value)}`);
  }
  return value;
}

// Ending before its time: https://nodejs.org/api/stream.html#readabledestroyerror

function fail(stream, error) {
  for (const state of [stream._readableState, stream._writableState]) if (state) state.errored ??= error;
}

export function destroy(stream, error, callback) {
  const r = stream._readableState, w = stream._writableState;
  if (r?.destroyed || w?.destroyed) {
    callback?.(error);
    return stream;
  }
  if (error) fail(stream, error);
  for (const state of [r, w]) if (state) state.destroyed = true;
  const run = () => runDestroy(stream, error, callback);
  if ((r ?? w).constructed) run();
  else stream.once(CONSTRUCTED, run);
  return stream;
}

const CONSTRUCTED = Symbol('constructed');

function runDestroy(stream, error, callback) {
  let called = false;
  const done = (failure) => {
    if (called) return;
    called = true;
    if (failure) fail(stream, failure);
    for (const state of [stream._readableState, stream._writableState]) if (state) state.closed = true;
    callback?.(failure);
    nextTick(() => {
      if (failure) emitError(stream, failure);
      emitClose(stream);
    });
  };
  try {
    stream._destroy(error ?? null, done);
  } catch (thrown) {
    done(thrown);
  }
}

function emitError(stream, error) {
  const r = stream._readableState, w = stream._writableState;
  if (r?.errorEmitted || w?.errorEmitted) return;
  for (const state of [r, w]) if (state) state.errorEmitted = true;
  stream.emit('error', error);
}

function emitClose(stream) {
  const r = stream._readableState, w = stream._writableState;
  for (const state of [r, w]) if (state) state.closeEmitted = true;
  if (r?.emitClose || w?.emitClose) stream.emit('close');
}

export function errorOrDestroy(stream, error) {
  const r = stream._readableState, w = stream._writableState;
  if (r?.destroyed || w?.destroyed) return;
  if (r?.autoDestroy || w?.autoDestroy) {
    stream.destroy(error);
    return;
  }
  fail(stream, error);
  nextTick(emitError, stream, error);
}

// Runs `_construct`, if there is one, before anything else is asked of the stream.
export function construct(stream, ready) {
  if (typeof stream._construct !== 'function') return;
  const states = [stream._readableState, stream._writableState].filter(Boolean);
  for (const state of states) state.constructed = false;
  nextTick(() => {
    let called = false;
    const done = (error) => {
      if (called) {
        errorOrDestroy(stream, coded(Error, 'ERR_MULTIPLE_CALLBACK', 'Callback called multiple times'));
        return;
      }
      called = true;
      for (const state of states) state.constructed = true;
      if (states[0].destroyed) stream.emit(CONSTRUCTED);
      else if (error) errorOrDestroy(stream, error);
      else nextTick(ready);
    };
    try {
      stream._construct((error) => nextTick(done, error));
    } catch (error) {
      nextTick(done, error);
    }
  });
}

export const isNodeStream = (value) => typeof value === 'object' && value !== null
  && (value._readableState !== undefined || value._writableState !== undefined || (typeof value.on === 'function' && (typeof value.write === 'function' || typeof value.pipe === 'function')));
export const isReadableNode = (value) => isNodeStream(value) && typeof value.pipe === 'function' && value.readable !== false && (value._readableState !== undefined || value._writableState === undefined);
export const isWritableNode = (value) => isNodeStream(value) && typeof value.write === 'function';
export const isIterable = (value) => value !== null && value !== undefined && (typeof value[Symbol.asyncIterator] === 'function' || typeof value[Symbol.iterator] === 'function');
export const isWebReadable = (value) => typeof value?.getReader === 'function' && typeof value.pipeTo === 'function';
export const isWebWritable = (value) => typeof value?.getWriter === 'function' && typeof value.abort === 'function';
