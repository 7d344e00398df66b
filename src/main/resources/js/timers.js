// Timers: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers; scheduler.wait is Workers'.

import { forget, op } from './ops.js';
import { withTicks } from './ticks.js';

const MOST = 10_000;
// By their ids, the operations that timers wait for.
const timers = new Map();
const operationOf = timers.get.bind(timers), setOperation = timers.set.bind(timers), remove = timers.delete.bind(timers);
let last = 0;

function set(callback, delay, args, repeat) {
  if (typeof callback !== 'function') throw new TypeError("Failed to execute 'setTimeout': parameter 1 is not of type 'Function'.");
  if (timers.size >= MOST) throw new DOMException(`You have exceeded the number of active timeouts you may set: at most ${MOST}.`, 'QuotaExceededError');
  const id = ++last;
  start(id, callback, Math.max(repeat ? 1 : 0, Math.min(+delay || 0, 0x7fffffff)), args, repeat);
  return id;
}

function start(id, callback, delay, args, repeat) {
  const operation = host.start(delay);
  setOperation(id, operation);
  op(operation, () => remove(id)).then(() => {
    if (operationOf(id) !== operation) return;
    if (repeat) start(id, callback, delay, args, true);
    else remove(id);
    withTicks(() => callback(...args));
  }).catch(reportError);
}

export function clearTimeout(id) {
  const operation = operationOf(id);
  if (operation !== undefined) {
    host.cancel(operation);
    forget(operation);
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

export function clearInterval(id) {
  clearTimeout(id);
}

export function clearImmediate(id) {
  clearTimeout(id);
}

export function queueMicrotask(callback) {
  if (typeof callback !== 'function') throw new TypeError("Failed to execute 'queueMicrotask': parameter 1 is not of type 'Function'.");
  Promise.resolve().then(() => callback()).catch(reportError);
}

export const scheduler = {
  wait(delay, { signal } = {}) {
    const aborting = signal === undefined || signal === null ? undefined : load('abort').signalOf(signal, 'scheduler.wait');
    return new Promise((resolve, reject) => {
      if (aborting?.aborted) throw aborting.reason;
      const id = setTimeout(() => {
        if (abort !== undefined) aborting.remove(abort);
        resolve();
      }, delay);
      const abort = aborting?.add((reason) => {
        clearTimeout(id);
        reject(reason);
      });
    });
  },
};
