// stream.finished, pipeline and addAbortSignal: https://nodejs.org/api/stream.html#streamfinishedstream-options-callback

import { abortError, coded, invalidArgType, requireFunction } from './nodejs/errors.js';
import { isIterable, isNodeStream, isReadableNode, isWebReadable, isWebWritable, isWritableNode, noop } from './nodejs/streams/base.js';
import { nextTick } from './nodejs/ticks.js';

const premature = () => coded(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close');

export function finished(stream, options, callback = undefined) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  requireFunction(callback, 'callback');
  if (!isNodeStream(stream)) throw invalidArgType('stream', 'an instance of Stream', stream);
  const { signal } = options ?? {}, r = stream._readableState, w = stream._writableState;
  const readable = options?.readable ?? isReadableNode(stream), writable = options?.writable ?? isWritableNode(stream);
  let reading = readable && !r?.endEmitted, writing = writable && !w?.finished && stream.writable !== undefined, called = false;

  const done = (error = undefined) => {
    if (called) return;
    called = true;
    if (error) callback.call(stream, error);
    else callback.call(stream);
  };
  const check = () => { if (!reading && !writing) done(); };
  const onFinish = () => {
    writing = false;
    if (stream.destroyed && !reading) return done(stream.errored ?? undefined);
    return check();
  };
  const onEnd = () => {
    reading = false;
    if (stream.destroyed && !writing) return done(stream.errored ?? undefined);
    return check();
  };
  const onError = (error) => done(error);
  const onClose = () => {
    const error = stream.errored;
    if (error && typeof error !== 'boolean') done(error);
    else if (reading && !r?.endEmitted || writing && !w?.finished) done(premature());
    else done();
  };
  const onAbort = () => {
    cleanup();
    done(abortError(signal));
  };
  function cleanup() {
    stream.removeListener('finish', onFinish);
    stream.removeListener('end', onEnd);
    stream.removeListener('close', onClose);
    if (options?.error !== false) stream.removeListener('error', onError);
    signal?.removeEventListener('abort', onAbort);
  }
  if (writing) stream.on('finish', onFinish);
  if (reading) stream.on('end', onEnd);
  if (options?.error !== false) stream.on('error', onError);
  stream.on('close', onClose);
  const closed = r?.closed || w?.closed;
  if (closed) nextTick(onClose);
  else if (stream.errored && (r?.errorEmitted || w?.errorEmitted)) nextTick(onError, stream.errored);
  else if (!reading && !writing && (readable || writable)) nextTick(check);
  if (signal?.aborted) nextTick(onAbort);
  else signal?.addEventListener('abort', onAbort, { once: true });
  return cleanup;
}

export function addAbortSignal(signal, stream) {
  if (typeof signal?.addEventListener !== 'function') throw invalidArgType('signal', 'an instance of AbortSignal', signal);
  if (!isNodeStream(stream)) throw invalidArgType('stream', 'an instance of Stream', stream);
  const onAbort = () => stream.destroy(abortError(signal));
  if (signal.aborted) onAbort();
  else {
    signal.addEventListener('abort', onAbort, { once: true });
    finished(stream, () => signal.removeEventListener('abort', onAbort));
  }
  return stream;
}

// Writes what an iterable gives, at the pace of the stream that takes it.
async function pump(iterable, target, ends) {
  for await (const chunk of iterable) {
    if (target.destroyed) return;
    if (!target.write(chunk)) {
      await new Promise((resolve, reject) => {
        const cleanup = finished(target, { readable: false }, (error) => error ? reject(error) : resolve());
        target.once('drain', () => {
          cleanup();
          resolve();
        });
      });
    }
  }
  if (!ends) return;
  await new Promise((resolve, reject) => {
    finished(target, { readable: false }, (error) => error ? reject(error) : resolve());
    target.end();
  });
}

export function pipeline(...stages) {
  const callback = stages.pop();
  requireFunction(callback, 'streams[stream.length - 1]');
  return run(stages.length === 1 && Array.isArray(stages[0]) ? stages[0] : stages, {}, callback);
}

function toNode(stage, position, last) {
  const { Readable, Writable, Duplex } = load('node/stream').default;
  if (isWebReadable(stage) && position === 0) return Readable.fromWeb(stage);
  if (isWebWritable(stage) && last) return Writable.fromWeb(stage);
  if (isWebReadable(stage?.readable) && isWebWritable(stage?.writable)) return Duplex.fromWeb(stage);
  return stage;
}

// https://nodejs.org/api/stream.html#streampipelinesource-transforms-destination-callback
export function run(given, { signal: outer, end: ends = true }, callback) {
  if (given.length < 2) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "streams" argument must be specified');
  const stages = given.map((stage, i) => toNode(stage, i, i === given.length - 1)), streams = [], controller = new AbortController(), { signal } = controller;
  let pending = 0, failure, value, over = false;

  const settle = (error = undefined) => {
    if (error && (!failure || failure.code === 'ERR_STREAM_PREMATURE_CLOSE')) failure = error;
    if (failure && !over) {
      for (const stream of streams) if (!stream.destroyed && !(stream.writableFinished && stream === streams.at(-1))) stream.destroy(stream === streams[0] || !isReadableNode(stream) ? failure : undefined);
      controller.abort();
    }
    if (over || (!failure && pending > 0)) return;
    over = true;
    outer?.removeEventListener('abort', onAbort);
    nextTick(callback, failure, value);
  };
  const track = () => {
    pending++;
    return (error) => {
      pending--;
      settle(error);
    };
  };
  const onAbort = () => settle(abortError(outer));
  const watch = (stream, options) => {
    streams.push(stream);
    finished(stream, options, track());
    stream.on('error', noop);
  };

  let current = stages[0];
  stages.forEach((stage, i) => {
    const last = i === stages.length - 1;
    if (typeof stage === 'function') {
      current = i === 0 ? stage({ signal }) : stage(iterableOf(current), { signal });
      if (last && typeof current?.then === 'function') {
        const done = track();
        current.then((result) => {
          value = result;
          done();
        }, done);
      } else if (last && isIterable(current)) {
        const { Readable } = load('node/stream').default;
        current = Readable.from(current);
        watch(current, { readable: true, writable: false });
      } else if (!isIterable(current)) {
        throw coded(TypeError, 'ERR_INVALID_RETURN_VALUE', `Expected AsyncIterable to be returned from the "transform[${i}]" function.`);
      }
    } else if (isNodeStream(stage)) {
      if (i > 0) {
        const ending = !last || ends;
        if (isNodeStream(current)) {
          current.pipe(stage, { end: ending });
        } else {
          pump(current, stage, ending).then(track(), (error) => settle(error));
        }
      }
      watch(stage, { readable: i < stages.length - 1, writable: i > 0 && (!last || ends) });
      current = stage;
    } else if (i === 0 && isIterable(stage)) {
      current = stage;
    } else {
      throw invalidArgType(`streams[${i}]`, 'of type function or an instance of Stream, Iterable, or AsyncIterable', stage);
    }
  });
  if (outer?.aborted) nextTick(onAbort);
  else outer?.addEventListener('abort', onAbort, { once: true });
  return current;
}

const iterableOf = (value) => isIterable(value) ? value : load('node/stream').default.Readable.from(value);
