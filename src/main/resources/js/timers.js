// Timers: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers; scheduler.wait is Workers'.

import { call } from './errors.js';
import { op } from './ops.js';

const MOST = 10_000;
const timers = new Map();
let last = 0;

function set(callback, delay, args, repeat) {
  if (typeof callback !== 'function') throw new TypeError("Failed to execute 'setTimeout': parameter 1 is not of type 'Function'.");
  if (timers.size >= MOST) throw new DOMException(`You have exceeded the number of active timeouts you may set: at most ${MOST}.`, 'QuotaExceededError');
  const id = ++last;
  start(id, callback, Math.max(repeat ? 1 : 0, Math.min(+delay || 0, 0x7fffffff)), args, repeat);
  return id;
}

function start(id, callback, delay, args, repeat) {
  const operation = call(() => host.start(delay));
  timers.set(id, operation);
  op(operation).then(() => {
    if (timers.get(id) !== operation) return;
    if (repeat) start(id, callback, delay, args, true);
    else timers.delete(id);
    callback(...args);
  }).catch(reportError);
}

function clear(id) {
  const operation = timers.get(id);
  if (operation !== undefined) {
    timers.delete(id);
    host.cancel(operation);
  }
}

export function setTimeout(callback, delay = 0, ...args) {
  return set(callback, delay, args, false);
}

export function setInterval(callback, delay = 0, ...args) {
  return set(callback, delay, args, true);
}

export function setImmediate(callback, ...args) {
  return set(callback, 0, args, false);
}

export { clear as clearTimeout, clear as clearInterval, clear as clearImmediate };

export function queueMicrotask(callback) {
  if (typeof callback !== 'function') throw new TypeError("Failed to execute 'queueMicrotask': parameter 1 is not of type 'Function'.");
  Promise.resolve().then(() => callback()).catch(reportError);
}

export const scheduler = {
  wait(delay, { signal } = {}) {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const id = setTimeout(resolve, delay);
      signal?.addEventListener('abort', () => { clear(id); reject(signal.reason); }, { once: true });
    });
  },
};
