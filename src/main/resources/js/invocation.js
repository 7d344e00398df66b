// The event that is being handled: what goes on after its handler keeps it open.

import { then } from './streams/promises.js';

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
