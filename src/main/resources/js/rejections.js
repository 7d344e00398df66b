// Promises that are rejected and that nobody handles: https://html.spec.whatwg.org/multipage/webappapis.html#unhandled-promise-rejections. Java tells of
// them as it happens; the worker hears of them when its turn is over. `host` is dev.skerry.runtime.RejectionsHost.

import { currentEvent, runAs } from './worker.js';

const { call } = Function.prototype;
// How many are told of in one turn.
const MOST = 100;
const pending = new Map(), late = new Map(), told = new WeakMap();
const set = call.bind(Map.prototype.set), remove = call.bind(Map.prototype.delete), each = call.bind(Map.prototype.forEach), clear = call.bind(Map.prototype.clear);
const sizeOf = call.bind(Object.getOwnPropertyDescriptor(Map.prototype, 'size').get);
const wasTold = told.get.bind(told), tell = told.set.bind(told), forget = told.delete.bind(told);

function note(list, promise, rejection) {
  if (sizeOf(pending) + sizeOf(late) === 0) host.later();
  if (sizeOf(list) < MOST) set(list, promise, rejection);
}

export function rejected(promise, reason) {
  note(pending, promise, { reason, event: currentEvent() });
}

// A handler was added to a promise that had been rejected without one.
export function handledLater(promise) {
  if (remove(pending, promise)) return;
  const rejection = wasTold(promise);
  if (rejection === undefined) return;
  forget(promise);
  note(late, promise, rejection);
}

function dispatch(type, promise, { reason, event }) {
  const { fire, hasListeners } = load('events');
  if (!hasListeners(globalThis, type)) return true;
  const { PromiseRejectionEvent } = load('events/kinds');
  return runAs(event, () => fire(globalThis, new PromiseRejectionEvent(type, { promise, reason, cancelable: type === 'unhandledrejection' })));
}

// Called by Java.
export function tellRejections() {
  const unhandled = [], handled = [];
  each(pending, (rejection, promise) => { unhandled[unhandled.length] = [promise, rejection]; });
  each(late, (rejection, promise) => { handled[handled.length] = [promise, rejection]; });
  clear(pending);
  clear(late);
  for (let i = 0; i < unhandled.length; i++) {
    const [promise, rejection] = unhandled[i];
    tell(promise, rejection);
    if (dispatch('unhandledrejection', promise, rejection)) runAs(rejection.event, () => globalThis.console.error('Uncaught (in promise)', rejection.reason));
  }
  for (let i = 0; i < handled.length; i++) dispatch('rejectionhandled', handled[i][0], handled[i][1]);
}
