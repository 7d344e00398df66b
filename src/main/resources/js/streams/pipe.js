// https://streams.spec.whatwg.org/#readable-stream-pipe-to
//
// Chunks go from queue to queue without a promise each. A chunk that came in answer to a read is written there and then when the read was
// the pipe's own step, else in a microtask, so that a source's enqueue() never runs the sink's write() within.

import { microtask, noop, resolved, then, withResolvers } from './streams/promises.js';
import { Reader } from './streams/source.js';
import { Writer } from './streams/writer.js';

// Pipes a Readable into a Writable, neither locked. `signal` is the platform's side of an AbortSignal.
export function pipe(source, dest, { preventAbort = false, preventCancel = false, preventClose = false, signal = undefined }) {
  const { promise, resolve, reject } = withResolvers();
  const reader = new Reader(source), writer = new Writer(dest);
  source.disturbed = true;
  let shuttingDown = false, reading = false, delivered = false, unwritten = 0, whenWritten = undefined, abort = undefined;

  const settled = () => {
    if (--unwritten === 0 && whenWritten !== undefined) microtask(whenWritten);
  };
  const written = { resolve: settled, reject: settled };
  const request = {
    chunk(chunk) {
      unwritten++;
      if (reading) {
        delivered = true;
        writer.write(chunk, written);
      } else {
        microtask(() => {
          writer.write(chunk, written);
          pump();
        });
      }
    },
    close: noop,
    error: noop,
  };

  const pump = () => {
    while (!shuttingDown && dest.state === 'writable' && source.state === 'readable') {
      if (dest.backpressure) {
        then(writer.ready.promise, pump, noop);
        return;
      }
      reading = true;
      delivered = false;
      source.read(request);
      reading = false;
      if (!delivered) return;
    }
  };

  const finalize = (failed, error) => {
    writer.release();
    reader.release();
    if (abort !== undefined) signal.remove(abort);
    if (failed) reject(error);
    else resolve(undefined);
  };

  // `action` may be undefined; the pipe ends with its error, if it fails.
  const shutdown = (action, failed, error) => {
    if (shuttingDown) return;
    shuttingDown = true;
    const act = () => {
      whenWritten = undefined;
      if (action === undefined) finalize(failed, error);
      else then(action(), () => finalize(failed, error), (reason) => finalize(true, reason));
    };
    if (dest.state !== 'writable' || dest.closing) act();
    else if (unwritten === 0) microtask(act);
    else whenWritten = act;
  };

  const sourceErrored = () => {
    const error = source.storedError;
    shutdown(preventAbort ? undefined : () => dest.abort(error), true, error);
  };
  const destErrored = () => {
    const error = dest.storedError;
    shutdown(preventCancel ? undefined : () => source.cancel(error), true, error);
  };
  const sourceClosed = () => {
    shutdown(preventClose ? undefined : () => writer.finish(), false);
  };

  if (signal !== undefined) {
    const aborting = () => {
      const error = signal.reason;
      shutdown(() => both(
        !preventAbort && dest.state === 'writable' ? dest.abort(error) : resolved(undefined),
        !preventCancel && source.state === 'readable' ? source.cancel(error) : resolved(undefined)), true, error);
    };
    if (signal.aborted) {
      aborting();
      return promise;
    }
    abort = signal.add(aborting);
  }

  if (source.state === 'errored') {
    sourceErrored();
  } else if (dest.state === 'errored') {
    destErrored();
  } else if (source.state === 'closed') {
    sourceClosed();
  } else if (dest.closing || dest.state === 'closed') {
    const error = new TypeError('The destination of the pipe is closing or closed.');
    shutdown(preventCancel ? undefined : () => source.cancel(error), true, error);
  }
  then(reader.closed.promise, sourceClosed, () => {
    if (source.state === 'errored') sourceErrored();
  });
  then(writer.closed.promise, noop, () => {
    if (dest.state === 'errored') destErrored();
  });
  microtask(pump);
  return promise;
}

// Fulfilled when both are, rejected with the first rejection.
function both(first, second) {
  const { promise, resolve, reject } = withResolvers();
  let open = 2;
  const one = () => {
    if (--open === 0) resolve(undefined);
  };
  then(first, one, reject);
  then(second, one, reject);
  return promise;
}
