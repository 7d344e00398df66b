// The event that is being handled: what goes on after its handler keeps it open, and what it has to do with others is its own.
// `host` is dev.skerry.webapi.InvocationApi.

import { op } from './ops.js';
import { then } from './streams/promises.js';
import { currentEvent, invocationOf } from './worker.js';

// Until the promise settles.
export function holdFor(promise) {
  const release = hold();
  then(promise, release, release);
}

// Until the function that it returns is called.
export function hold() {
  const held = host.hold();
  return () => host.release(held);
}

// Calls a function when the event has ended, however that came.
export function whenEnded(action) {
  op(host.ending(), action);
}

// Whom an I/O object that is made now belongs to: undefined where that is not known, and anybody may use it.
export { currentEvent as owner };

// Whether an object of that owner is used by another event. The code says whose it is, through awaits too; where it is what another event left behind,
// the event whose turn it is counts.
export function foreign(owner) {
  if (owner === undefined) return false;
  const now = currentEvent();
  return now !== owner && now !== undefined && !host.runs(invocationOf(owner));
}

function foreignError() {
  return new Error('Cannot perform I/O on behalf of a different request. What is connected to the outside, such as the body of a request or response,'
    + ' its stream, a WebSocket or a socket, belongs to the request whose handler got it, and no other can use it: keep none of these in a global, and make'
    + ' one for each request.');
}

export function checkOwner(owner) {
  if (foreign(owner)) throw foreignError();
}
