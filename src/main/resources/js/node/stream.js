// `node:stream`: https://nodejs.org/api/stream.html

import { coded, missing } from './nodejs/errors.js';
import { Stream, destroy, getDefaultHighWaterMark, isIterable, isNodeStream, isWebReadable, isWebWritable, setDefaultHighWaterMark } from './nodejs/streams/base.js';
import { duplexFromWeb, duplexToWeb, from, readableFromWeb, readableToWeb, writableFromWeb, writableToWeb } from './nodejs/streams/convert.js';
import { Duplex, PassThrough, Transform } from './nodejs/streams/duplex.js';
import { addAbortSignal, finished, pipeline, run } from './nodejs/streams/finished.js';
import { Readable } from './nodejs/streams/readable.js';
import { Writable } from './nodejs/streams/writable.js';

load('nodejs/streams/operators');

const CUSTOM_PROMISIFY = Symbol.for('nodejs.util.promisify.custom');

Readable.from = from;
Readable.toWeb = readableToWeb;
Readable.fromWeb = readableFromWeb;
Readable.isDisturbed = (stream) => !!stream?.readableDidRead;
Writable.toWeb = writableToWeb;
Writable.fromWeb = writableFromWeb;
Duplex.toWeb = duplexToWeb;
Duplex.fromWeb = duplexFromWeb;

Duplex.from = (source) => {
  if (source instanceof Duplex) return source;
  if (isWebReadable(source)) return readableFromWeb(source);
  if (isWebWritable(source)) return writableFromWeb(source);
  if (isIterable(source)) return from(source);
  throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', 'Duplex.from() takes a duplex, an iterable, or a web stream here.');
};

const promises = {
  finished: (stream, options = undefined) => new Promise((resolve, reject) => finished(stream, options ?? {}, (error) => error ? reject(error) : resolve())),

  pipeline(...stages) {
    const last = stages.at(-1), options = typeof last === 'object' && last !== null && !isNodeStream(last) && !isIterable(last) && !isWebWritable(last)
      && !(last.readable && last.writable) ? stages.pop() : {};
    return new Promise((resolve, reject) => run(stages, options, (error, value) => error ? reject(error) : resolve(value)));
  },
};
Object.defineProperty(finished, CUSTOM_PROMISIFY, { value: promises.finished, enumerable: true });
Object.defineProperty(pipeline, CUSTOM_PROMISIFY, { value: promises.pipeline, enumerable: true });

const isReadable = (stream) => isWebReadable(stream) ? !stream.locked : !!stream?.readable;
const isErrored = (stream) => !!stream?.errored;
const isDisturbed = Readable.isDisturbed;
const isWritable = (stream) => !!stream?.writable;
const compose = missing('stream.compose()'), duplexPair = missing('stream.duplexPair()');
const isDestroyed = (stream) => !!stream?.destroyed;
const destroyStream = (stream, error) => isNodeStream(stream) && destroy(stream, error);

Object.assign(Stream, { Stream, Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, addAbortSignal, compose, duplexPair, promises, isReadable, isWritable, isErrored,
  isDisturbed, isDestroyed, getDefaultHighWaterMark, setDefaultHighWaterMark, destroy: destroyStream });

export { Stream as default, Stream, Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, addAbortSignal, compose, duplexPair, promises, isReadable, isWritable,
  isErrored, isDisturbed, isDestroyed, getDefaultHighWaterMark, setDefaultHighWaterMark, destroyStream as destroy };
