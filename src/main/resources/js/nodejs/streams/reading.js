// What a Readable has, and how chunks come in, wait, and go out: https://nodejs.org/api/stream.html#readable-streams

import { Buffer } from './node/buffer.js';
import { StringDecoder } from './node/string_decoder.js';
import { coded, invalidArgType } from './nodejs/errors.js';
import { errorOrDestroy, highWaterMark } from './nodejs/streams/base.js';
import { nextTick } from './nodejs/ticks.js';

export class ReadableState {
  buffer = [];
  length = 0;
  flowing = null;
  ended = false;
  endEmitted = false;
  reading = false;
  constructed = true;
  sync = true;
  needReadable = false;
  emittedReadable = false;
  readableListening = false;
  resumeScheduled = false;
  readingMore = false;
  paused = false;
  errorEmitted = false;
  destroyed = false;
  errored = null;
  closed = false;
  closeEmitted = false;
  dataEmitted = false;
  waitingFor = new Set();
  pipes = [];
  decoder = null;
  encoding = null;

  constructor(options, duplex) {
    this.objectMode = !!(options?.objectMode || (duplex && options?.readableObjectMode));
    this.highWaterMark = highWaterMark(options, 'readable', duplex, this.objectMode);
    this.emitClose = options?.emitClose !== false;
    this.autoDestroy = options?.autoDestroy !== false;
    this.defaultEncoding = options?.defaultEncoding ?? 'utf8';
    if (options?.encoding) {
      this.decoder = new StringDecoder(options.encoding);
      this.encoding = options.encoding;
    }
  }
}

function add(stream, chunk, encoding, first) {
  const state = stream._readableState;
  if (!state.objectMode && chunk !== null && chunk !== undefined) {
    if (typeof chunk === 'string') {
      encoding ||= state.defaultEncoding;
      if (encoding !== state.encoding) {
        chunk = Buffer.from(chunk, encoding);
        if (first && state.encoding) chunk = chunk.toString(state.encoding);
        else encoding = '';
      }
    } else if (chunk instanceof Uint8Array) {
      if (!Buffer.isBuffer(chunk)) chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = '';
    } else {
      errorOrDestroy(stream, invalidArgType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk));
      return false;
    }
  }
  if (chunk === null || (chunk === undefined && !state.objectMode)) {
    state.reading = false;
    atEnd(stream, state);
    return false;
  }
  if (state.objectMode || chunk.length > 0) {
    if (first) {
      if (state.endEmitted) errorOrDestroy(stream, coded(Error, 'ERR_STREAM_UNSHIFT_AFTER_END_EVENT', 'stream.unshift() after end event'));
      else if (state.destroyed || state.errored) return false;
      else enqueue(stream, state, chunk, true);
    } else if (state.ended) {
      errorOrDestroy(stream, coded(Error, 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'));
    } else if (state.destroyed || state.errored) {
      return false;
    } else {
      state.reading = false;
      if (state.decoder && !encoding) chunk = state.decoder.write(chunk);
      if (state.objectMode || chunk.length > 0) enqueue(stream, state, chunk, false);
      else maybeReadMore(stream, state);
    }
  } else if (!first) {
    state.reading = false;
    maybeReadMore(stream, state);
  }
  return !state.ended && (state.length < state.highWaterMark || state.length === 0);
}

function enqueue(stream, state, chunk, first) {
  if (state.flowing && state.length === 0 && !state.sync && stream.listenerCount('data') > 0) {
    state.waitingFor.clear();
    state.dataEmitted = true;
    stream.emit('data', chunk);
  } else {
    state.length += state.objectMode ? 1 : chunk.length;
    if (first) state.buffer.unshift(chunk);
    else state.buffer.push(chunk);
    if (state.needReadable) emitReadable(stream);
  }
  maybeReadMore(stream, state);
}

function atEnd(stream, state) {
  if (state.ended) return;
  const rest = state.decoder?.end();
  if (rest) {
    state.buffer.push(rest);
    state.length += state.objectMode ? 1 : rest.length;
  }
  state.ended = true;
  if (state.sync) {
    emitReadable(stream);
  } else {
    state.needReadable = false;
    state.emittedReadable = true;
    emitReadableNow(stream);
  }
}

function emitReadable(stream) {
  const state = stream._readableState;
  state.needReadable = false;
  if (state.emittedReadable) return;
  state.emittedReadable = true;
  nextTick(emitReadableNow, stream);
}

function emitReadableNow(stream) {
  const state = stream._readableState;
  if (!state.destroyed && !state.errored && (state.length > 0 || state.ended)) {
    stream.emit('readable');
    state.emittedReadable = false;
  }
  state.needReadable = !state.flowing && !state.ended && state.length <= state.highWaterMark;
  flow(stream);
}

function maybeReadMore(stream, state) {
  if (state.readingMore || !state.constructed) return;
  state.readingMore = true;
  nextTick(() => {
    while (!state.reading && !state.ended && (state.length < state.highWaterMark || (state.flowing && state.length === 0))) {
      const before = state.length;
      stream.read(0);
      if (before === state.length) break;
    }
    state.readingMore = false;
  });
}

function flow(stream) {
  const state = stream._readableState;
  while (state.flowing && stream.read() !== null);
}

function howMuch(size, state) {
  if (size <= 0 || (state.length === 0 && state.ended)) return 0;
  if (state.objectMode) return 1;
  if (Number.isNaN(size)) return state.flowing && state.length > 0 ? state.buffer[0].length : state.length;
  return size <= state.length ? size : state.ended ? state.length : 0;
}

function take(size, state) {
  if (state.length === 0) return null;
  const { buffer } = state;
  if (state.objectMode) return buffer.shift();
  const text = state.decoder !== null;
  if (!size || size >= state.length) {
    const all = buffer.length === 1 ? buffer[0] : text ? buffer.join('') : Buffer.concat(buffer, state.length);
    buffer.length = 0;
    return all;
  }
  const parts = [];
  for (let left = size; left > 0;) {
    const [head] = buffer;
    if (head.length <= left) {
      parts.push(buffer.shift());
      left -= head.length;
    } else {
      parts.push(head.slice(0, left));
      buffer[0] = head.slice(left);
      left = 0;
    }
  }
  return parts.length === 1 ? parts[0] : text ? parts.join('') : Buffer.concat(parts, size);
}

function end(stream) {
  const state = stream._readableState;
  if (state.endEmitted) return;
  state.ended = true;
  nextTick(() => {
    if (state.errored || state.closeEmitted || state.endEmitted || state.length > 0) return;
    state.endEmitted = true;
    stream.emit('end');
    const w = stream._writableState;
    if (stream.writable && stream.allowHalfOpen === false) nextTick(() => { if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end(); });
    else if (state.autoDestroy && (!w || (w.autoDestroy && (w.finished || w.writable === false)))) stream.destroy();
  });
}

function scheduleResume(stream, state) {
  if (state.resumeScheduled) return;
  state.resumeScheduled = true;
  nextTick(() => {
    if (!state.reading) stream.read(0);
    state.resumeScheduled = false;
    stream.emit('resume');
    flow(stream);
    if (state.flowing && !state.reading) stream.read(0);
  });
}

function updateListening(stream) {
  const state = stream._readableState;
  state.readableListening = stream.listenerCount('readable') > 0;
  if (state.resumeScheduled && !state.paused) state.flowing = true;
  else if (stream.listenerCount('data') > 0) stream.resume();
  else if (!state.readableListening) state.flowing = null;
}

export { add, emitReadable, maybeReadMore, howMuch, take, end, scheduleResume, updateListening };
