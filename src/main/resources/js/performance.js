// https://w3c.github.io/hr-time/#sec-performance, as in Workers: the time origin is the Unix epoch, and time has a resolution of one
// millisecond, too coarse to measure what another worker leaves in a cache. Unlike there it goes on while the worker computes.

import { exposed } from './webidl.js';

const wallClock = Date.now;
const make = {};

export class Performance {
  #last = 0;

  constructor(token) {
    if (token !== make) throw new TypeError('Illegal constructor');
  }

  get timeOrigin() {
    this.#last;
    return 0;
  }

  // Never goes back, though the wall clock may.
  now() {
    return this.#last = Math.max(this.#last, wallClock());
  }

  toJSON() {
    return { timeOrigin: this.timeOrigin };
  }
}
exposed(Performance);

export const performance = new Performance(make);
