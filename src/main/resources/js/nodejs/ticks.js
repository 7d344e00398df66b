// https://nodejs.org/api/process.html#processnexttickcallback-args

import { Snapshot } from './context.js';
import { requireFunction } from './nodejs/errors.js';
import { atTick } from './ticks.js';
import { queueMicrotask } from './timers.js';

const { apply } = Reflect;

// After the code that an event or a timer runs, before the reactions of promises; from such a reaction, after those that are due already.
export function nextTick(callback, ...args) {
  requireFunction(callback, 'callback');
  const run = () => apply(callback, undefined, args), snapshot = new Snapshot();
  if (!atTick(() => snapshot.run(run))) queueMicrotask(run);
}
