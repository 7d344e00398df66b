// Timers: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers; scheduler.wait is Workers'.

import { Snapshot } from './context.js';
import { forget, when } from './ops.js';
import { withTicks } from './ticks.js';

const MOST = 10_000;
const FEW = 16;
const bare = Object.setPrototypeOf;
const NONE = Object.freeze([]);
// The timers in arrays, since a worker may have thousands, which every collection of memory would have to look at as objects: each at the place that the
// lowest bits of its id name. Which of them is due when is known to `host`, dev.skerry.webapi.TimersApi.
let mask, ids, alarms, repeats, callbacks, args, snapshots;
let size = 0, last = 0;
makeRoom(FEW);

function makeRoom(places) {
  mask = places - 1;
  ids = new Int32Array(places), alarms = new Int32Array(places), repeats = new Int32Array(places);
  callbacks = bare([], null), args = bare([], null), snapshots = bare([], null);
  for (let place = 0; place < places; place++) callbacks[place] = args[place] = snapshots[place] = undefined;
}

function grow() {
  const old = { mask, ids, alarms, repeats, callbacks, args, snapshots };
  makeRoom(2 * (mask + 1));
  for (let place = 0; place <= old.mask; place++) {
    const id = old.ids[place];
    if (id !== 0) put(id, old.alarms[place], old.repeats[place], old.callbacks[place], old.args[place], old.snapshots[place]);
  }
}

// An id whose place is free.
function nextId() {
  do last = last === 0x7fffffff ? 1 : last + 1; while (ids[last & mask] !== 0);
  return last;
}

function put(id, alarm, repeat, callback, argumentsOf, snapshot) {
  const place = id & mask;
  ids[place] = id, alarms[place] = alarm, repeats[place] = repeat;
  callbacks[place] = callback, args[place] = argumentsOf, snapshots[place] = snapshot;
}

// The place of a timer; -1 if it is not there.
function find(id) {
  if (typeof id !== 'number') return -1;
  const place = id & mask;
  return ids[place] === id && id !== 0 ? place : -1;
}

function remove(place) {
  ids[place] = 0;
  callbacks[place] = args[place] = snapshots[place] = undefined;
  if (--size === 0 && mask > 64 * FEW) makeRoom(FEW);
}

function set(callback, delay, args, repeat) {
  if (typeof callback !== 'function') throw new TypeError("Failed to execute 'setTimeout': parameter 1 is not of type 'Function'.");
  // It may run code of the worker, which may set timers.
  const wait = Math.max(repeat ? 1 : 0, Math.min(+delay || 0, 0x7fffffff));
  if (size >= MOST) throw new DOMException(`You have exceeded the number of active timeouts you may set: at most ${MOST}.`, 'QuotaExceededError');
  if (4 * size > 3 * mask) grow();
  const id = nextId();
  const alarm = host.set(id, wait, repeat);
  put(id, alarm < 0 ? -alarm : alarm, repeat ? 1 : 0, callback, args.length === 0 ? NONE : args, new Snapshot());
  size++;
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
  const place = find(id);
  if (place < 0) return;
  const call = { callback: callbacks[place], args: args[place] }, snapshot = snapshots[place];
  if (repeats[place] === 0) remove(place);
  try {
    snapshot.run(withTicks, run, call);
  } catch (error) {
    reportError(error);
  }
}

function run({ callback, args }) {
  callback(...args);
}

// The event has ended with timers of it left.
function drop(alarm) {
  for (let id; (id = host.left(alarm)) !== 0;) {
    const place = find(id);
    if (place >= 0) remove(place);
  }
}

export function clearTimeout(id) {
  const place = find(id);
  if (place < 0) return;
  const operation = host.clear(alarms[place], id);
  remove(place);
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
