// Operations: what Java ends later. `await op(host.something(...))`, where the host function returned the operation's number. Results may be of Java, so
// they pass through nothing that a worker could have patched.

import { fromHost } from './errors.js';
import { withResolvers } from './streams/promises.js';

const pending = new Map();
const get = pending.get.bind(pending), set = pending.set.bind(pending), remove = pending.delete.bind(pending);

// `forgotten` is called instead, when the event that began the operation has ended meanwhile.
export function op(id, forgotten = undefined) {
  const waiting = withResolvers();
  if (forgotten !== undefined) waiting.forgotten = forgotten;
  set(id, waiting);
  return waiting.promise;
}

// The same without a promise.
export function when(id, resolve, reject, forgotten = undefined) {
  set(id, { resolve, reject, forgotten });
}

// Called by Java, in an event of the mailbox.
export function settle(id, value) {
  const waiting = get(id);
  remove(id);
  if (waiting !== undefined) waiting.resolve(value);
}

export function fail(id, error) {
  const waiting = get(id);
  remove(id);
  if (waiting !== undefined) waiting.reject(fromHost(error));
}

// Called by Java instead, when the event that began the operation has ended meanwhile: nobody may go on with it.
export function forget(id) {
  const waiting = get(id);
  remove(id);
  if (waiting !== undefined && waiting.forgotten !== undefined) waiting.forgotten();
}
