// Operations: what Java ends later. `await op(host.something(...))`, where the host function returned the operation's number.

import { fromHost } from './errors.js';

const pending = new Map();

export function op(id) {
  return new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
}

// The same without a promise.
export function when(id, resolve, reject) {
  pending.set(id, { resolve, reject });
}

// Called by Java, in an event of the mailbox.
export function settle(id, value) {
  const waiting = pending.get(id);
  pending.delete(id);
  if (waiting !== undefined) waiting.resolve(value);
}

export function fail(id, error) {
  const waiting = pending.get(id);
  pending.delete(id);
  if (waiting !== undefined) waiting.reject(fromHost(error));
}

// Called by Java instead, when the event that began the operation has ended meanwhile: nobody may go on with it.
export function forget(id) {
  pending.delete(id);
}
