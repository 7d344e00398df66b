// Streams of Node from iterables and from web streams, and back: https://nodejs.org/api/stream.html#streamreadablefromiterable-options

import { Buffer } from './node/buffer.js';
import { coded, invalidArgType } from './nodejs/errors.js';
import { destroy, isIterable } from './nodejs/streams/base.js';
import { nextTick } from './nodejs/ticks.js';
import { Duplex } from './nodejs/streams/duplex.js';
import { finished } from './nodejs/streams/finished.js';
import { Readable } from './nodejs/streams/readable.js';
import { Writable } from './nodejs/streams/writable.js';
import { ReadableStream } from './streams/readable.js';
import { WritableStream } from './streams/writable.js';

export function from(iterable, options = undefined) {
  if (typeof iterable === 'string' || iterable instanceof Uint8Array) {
    return new Readable({ objectMode: true, ...options, read() {
      this.push(iterable);
      this.push(null);
    } });
  }
  if (!isIterable(iterable)) throw invalidArgType('iterable', 'an instance of Iterable', iterable);
  const asynchronous = typeof iterable[Symbol.asyncIterator] === 'function';
  const iterator = asynchronous ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator]();
  let reading = false;
  const stream = new Readable({ objectMode: true, highWaterMark: 1, ...options });
  stream._read = () => {
    if (reading) return;
    reading = true;
    pull();
  };
  stream._destroy = (error, callback) => {
    close(error).then(() => nextTick(callback, error), (failure) => nextTick(callback, failure ?? error));
  };
  const close = async (error) => {
    if (error && typeof iterator.throw === 'function') {
      const { done } = await iterator.throw(error);
      if (done) return;
    }
    await iterator.return?.();
  };
  const pull = async () => {
    try {
      for (;;) {
        const { value, done } = asynchronous ? await iterator.next() : iterator.next();
        if (done) {
          stream.push(null);
          return;
        }
        const chunk = typeof value?.then === 'function' ? await value : value;
        if (chunk === null) throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
        if (!stream.push(chunk)) {
          reading = false;
          return;
        }
      }
    } catch (error) {
      stream.destroy(error);
    }
  };
  return stream;
}

export async function* iterate(stream, destroyOnReturn = true) {
  let wake = () => {}, error;
  const onReadable = () => wake();
  stream.on('readable', onReadable);
  const cleanup = finished(stream, { writable: false }, (failure) => {
    error = failure ?? null;
    wake();
  });
  try {
    for (;;) {
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) yield chunk;
      else if (error) throw error;
      else if (error === null) return;
      else await new Promise((resolve) => { wake = resolve; });
    }
  } finally {
    if (error || (destroyOnReturn && (error === undefined || stream._readableState.autoDestroy))) {
      stream.on('error', () => {});
      destroy(stream, null);
    } else {
      stream.removeListener('readable', onReadable);
      cleanup();
    }
  }
}

export function readableToWeb(stream, { strategy } = {}) {
  const bytes = !stream.readableObjectMode;
  let controller;
  const start = (given) => {
    controller = given;
    finished(stream, { writable: false }, (error) => {
      if (error) controller.error(error);
      else controller.close();
    });
    stream.on('data', (chunk) => {
      controller.enqueue(bytes && typeof chunk !== 'string' ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) : chunk);
      if (controller.desiredSize <= 0) stream.pause();
    });
    stream.pause();
  };
  return new ReadableStream({ start, pull: () => { stream.resume(); }, cancel: (reason) => { stream.on('error', () => {}).destroy(reason instanceof Error ? reason : undefined); } },
    strategy ?? { highWaterMark: stream.readableObjectMode ? stream.readableHighWaterMark : 1 });
}

export function readableFromWeb(web, options = undefined) {
  const reader = web.getReader();
  return new Readable({
    ...options,
    read() {
      reader.read().then(({ value, done }) => this.push(done ? null : value), (error) => this.destroy(error));
    },
    destroy(error, callback) {
      reader.cancel(error ?? undefined).then(() => callback(error), () => callback(error));
    },
  });
}

export function writableToWeb(stream) {
  return new WritableStream({
    start(controller) {
      finished(stream, { readable: false }, (error) => { if (error) controller.error(error); });
    },
    write: (chunk) => new Promise((resolve, reject) => stream.write(chunk, (error) => error ? reject(error) : resolve())),
    close: () => new Promise((resolve, reject) => stream.end((error) => error ? reject(error) : resolve())),
    abort: (reason) => { stream.on('error', () => {}).destroy(reason instanceof Error ? reason : undefined); },
  }, { highWaterMark: stream.writableHighWaterMark });
}

export function writableFromWeb(web, options = undefined) {
  const writer = web.getWriter();
  return new Writable({
    ...options,
    write(chunk, encoding, callback) {
      writer.ready.then(() => writer.write(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)).then(() => callback(), callback);
    },
    final(callback) {
      writer.close().then(() => callback(), callback);
    },
    destroy(error, callback) {
      if (this.writableFinished) callback(error);
      else writer.abort(error ?? undefined).then(() => callback(error), () => callback(error));
    },
  });
}

export const duplexToWeb = (duplex) => ({ readable: readableToWeb(duplex), writable: writableToWeb(duplex) });

export function duplexFromWeb({ readable, writable }, options = undefined) {
  const reader = readable.getReader(), writer = writable.getWriter();
  return new Duplex({
    ...options,
    read() {
      reader.read().then(({ value, done }) => this.push(done ? null : value), (error) => this.destroy(error));
    },
    write(chunk, encoding, callback) {
      writer.ready.then(() => writer.write(chunk)).then(() => callback(), callback);
    },
    final(callback) {
      writer.close().then(() => callback(), callback);
    },
    destroy(error, callback) {
      const over = [reader.cancel(error ?? undefined), this.writableFinished ? undefined : writer.abort(error ?? undefined)];
      Promise.allSettled(over).then(() => callback(error));
    },
  });
}
