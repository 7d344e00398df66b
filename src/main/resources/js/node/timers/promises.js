// `node:timers/promises`: https://nodejs.org/api/timers.html#timers-promises-api

import { clearTimeout, setTimeout as start } from './timers.js';
import { abortError } from './nodejs/errors.js';

function setTimeout(delay = 1, value = undefined, { signal } = {}) {
  if (signal?.aborted) return Promise.reject(abortError(signal));
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(id);
      reject(abortError(signal));
    };
    const id = start(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value);
    }, delay);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

const setImmediate = (value, options) => setTimeout(0, value, options);

async function* setInterval(delay = 1, value = undefined, options = undefined) {
  for (;;) {
    await setTimeout(delay, undefined, options);
    yield value;
  }
}

const scheduler = { wait: (delay, options) => setTimeout(delay, undefined, options), yield: () => setImmediate() };
const promises = { setTimeout, setImmediate, setInterval, scheduler };

export { promises as default, setTimeout, setImmediate, setInterval, scheduler };
