// https://w3c.github.io/hr-time/#sec-performance, as in Workers: the time origin is the Unix epoch, and time has a resolution of one
// millisecond, too coarse to measure what another worker leaves in a cache. Unlike there it goes on while the worker computes.

import { exposed, require } from './webidl.js';

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

  // https://w3c.github.io/user-timing/#extensions-performance-interface
  mark(name, options = undefined) {
    this.#last;
    require(arguments.length, 1, 'performance.mark');
    return load('performance/timeline').mark(name, options);
  }

  measure(name, startOrOptions = undefined, endMark = undefined) {
    this.#last;
    require(arguments.length, 1, 'performance.measure');
    return load('performance/timeline').measure(name, startOrOptions, endMark);
  }

  clearMarks(name = undefined) {
    this.#last;
    load('performance/timeline').clear('mark', name);
  }

  clearMeasures(name = undefined) {
    this.#last;
    load('performance/timeline').clear('measure', name);
  }

  // There are no entries of resources; this is for libraries that tidy up.
  clearResourceTimings() {
    this.#last;
  }

  setResourceTimingBufferSize() {
    this.#last;
  }

  // https://w3c.github.io/performance-timeline/#extensions-to-the-performance-interface
  getEntries() {
    this.#last;
    return load('performance/timeline').entries();
  }

  getEntriesByType(type) {
    this.#last;
    require(arguments.length, 1, 'performance.getEntriesByType');
    return load('performance/timeline').entries(undefined, `${type}`);
  }

  getEntriesByName(name, type = undefined) {
    this.#last;
    require(arguments.length, 1, 'performance.getEntriesByName');
    return load('performance/timeline').entries(`${name}`, type === undefined ? undefined : `${type}`);
  }

  toJSON() {
    return { timeOrigin: this.timeOrigin };
  }
}
exposed(Performance);

export const performance = new Performance(make);
