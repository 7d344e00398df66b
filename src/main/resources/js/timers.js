// Timers: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers; scheduler.wait is Workers'.

import { Snapshot } from './context.js';
import { forget, when } from './ops.js';
import { withTicks } from './ticks.js';

const MOST = 10_000;
const NONE = Object.freeze([]);
// By their ids. When which of them is due is known to `host`, dev.skerry.webapi.TimersApi.
const timers = new Map();
const timerOf = timers.get.bind(timers), keep = timers.set.bind(timers), remove = timers.delete.bind(timers);
let last = 0;

function set(callback, delay, args, repeat) {
  if (typeof callback !== 'function') throw new TypeError("Failed to execute 'setTimeout': parameter 1 is not of type 'Function'.");
  if (timers.size >= MOST) throw new DOMException(`You have exceeded the number of active timeouts you may set: at most ${MOST}.`, 'QuotaExceededError');
  const id = ++last;
  const alarm = host.set(id, Math.max(repeat ? 1 : 0, Math.min(+delay || 0, 0x7fffffff)), repeat);
  keep(id, { callback, args: args.length === 0 ? NONE : args, repeat, snapshot: new Snapshot(), alarm: alarm < 0 ? -alarm : alarm });
  if (alarm < 0) watch(-alarm);
  return id;
}

// Waits until a timer of the event whose alarm that is may be due.
function watch(alarm) {
  const operation = host.next(alarm);
  if (operation !== 0) when(operation, () => ring(alarm), undefined, () => drop(alarm));
}

function ring(alarm) {
  const id = host.due(alarm);
  watch(alarm);
  const timer = timerOf(id);
  if (timer === undefined) return;
  if (!timer.repeat) remove(id);
  try {
    timer.snapshot.run(withTicks, call, timer);
  } catch (error) {
    reportError(error);
  }
}

function call({ callback, args }) {
  callback(...args);
}

// The event has ended with timers of it left.
function drop(alarm) {
  for (let id; (id = host.left(alarm)) !== 0;) remove(id);
}

export function clearTimeout(id) {
  const timer = timerOf(id);
  if (timer === undefined) return;
  remove(id);
  const operation = host.clear(timer.alarm, id);
  if (operation !== 0) forget(operation);
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
