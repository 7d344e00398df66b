// User Timing (https://w3c.github.io/user-timing/) and the part of the Performance Timeline (https://w3c.github.io/performance-timeline/) that marks and
// measures need.

import { cloneWithTransfer } from './clone.js';
import { DOMException, reportError } from './errors.js';
import { microtask } from './streams/promises.js';
import { exposed, require } from './webidl.js';

const { freeze } = Object;
const clock = Date.now;
const TYPES = freeze(['mark', 'measure']);
// As many entries are kept, for the timeline and for an observer; the oldest go first.
const MOST = 1_000;
const INTERNAL = {};

let timeline = [];
const observers = new Set();

function keep(list, entry) {
  if (list.length === MOST) list.shift();
  list.push(entry);
}

function add(entry) {
  keep(timeline, entry);
  for (const observer of observers) hand(observer, entry);
  return entry;
}

// https://w3c.github.io/performance-timeline/#dfn-filter-buffer-by-name-and-type
function filtered(list, name, type) {
  return list.filter((entry) => (name === undefined || entry.name === name) && (type === undefined || entry.entryType === type))
    .sort((a, b) => a.startTime - b.startTime);
}

function time(value, what) {
  const number = +value;
  if (!Number.isFinite(number)) throw new TypeError(`${what} is not a finite number.`);
  if (number < 0) throw new TypeError(`${what} is negative.`);
  return number;
}

const cloned = (detail) => (detail === undefined || detail === null ? null : cloneWithTransfer(detail, [], () => undefined).value);

export class PerformanceEntry {
  #name;
  #type;
  #start;
  #duration;

  constructor(token, name, type, start, duration) {
    if (token !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#name = name;
    this.#type = type;
    this.#start = start;
    this.#duration = duration;
  }

  get name() { return this.#name; }
  get entryType() { return this.#type; }
  get startTime() { return this.#start; }
  get duration() { return this.#duration; }

  toJSON() {
    return { name: this.#name, entryType: this.#type, startTime: this.#start, duration: this.#duration };
  }
}
exposed(PerformanceEntry);

// https://w3c.github.io/resource-timing/: there are none.
export class PerformanceResourceTiming extends PerformanceEntry {
  constructor() {
    super(undefined);
  }
}
exposed(PerformanceResourceTiming);

export class PerformanceMark extends PerformanceEntry {
  #detail;

  constructor(name, options = undefined) {
    require(arguments.length, 1, 'PerformanceMark constructor');
    const { detail, startTime } = options ?? {};
    super(INTERNAL, `${name}`, 'mark', startTime === undefined ? clock() : time(startTime, 'startTime'), 0);
    this.#detail = cloned(detail);
  }

  get detail() { return this.#detail; }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
exposed(PerformanceMark);

export class PerformanceMeasure extends PerformanceEntry {
  #detail;

  constructor(token, name, start, end, detail) {
    super(token, name, 'measure', start, end - start);
    this.#detail = detail;
  }

  get detail() { return this.#detail; }

  toJSON() {
    return { ...super.toJSON(), detail: this.#detail };
  }
}
exposed(PerformanceMeasure);

export function mark(name, options) {
  return add(new PerformanceMark(name, options));
}

// https://w3c.github.io/user-timing/#convert-a-mark-to-a-timestamp
function timeOf(value) {
  if (typeof value === 'number') return time(value, 'A time');
  const found = timeline.findLast((entry) => entry.entryType === 'mark' && entry.name === `${value}`);
  if (found === undefined) throw new DOMException(`There is no mark '${value}'.`, 'SyntaxError');
  return found.startTime;
}

// https://w3c.github.io/user-timing/#dom-performance-measure
export function measure(name, given, endMark) {
  const options = typeof given === 'object' && given !== null ? given : null;
  const { start, end, duration, detail } = options ?? { start: given, end: endMark };
  if (options !== null && Object.keys(options).length > 0) {
    if (endMark !== undefined) throw new TypeError('performance.measure: an end mark cannot be given beside options.');
    if (start === undefined && end === undefined) throw new TypeError('performance.measure: neither start nor end is given.');
    if (start !== undefined && end !== undefined && duration !== undefined) throw new TypeError('performance.measure: start, end and duration cannot all be given.');
  }
  const long = duration === undefined ? undefined : time(duration, 'duration');
  const to = endMark !== undefined ? timeOf(endMark) : end !== undefined ? timeOf(end) : long !== undefined && start !== undefined ? timeOf(start) + long : clock();
  const from = start !== undefined && start !== null ? timeOf(start) : long !== undefined ? to - long : 0;
  return add(new PerformanceMeasure(INTERNAL, `${name}`, from, to, cloned(detail)));
}

export function clear(type, name) {
  timeline = timeline.filter((entry) => entry.entryType !== type || (name !== undefined && entry.name !== `${name}`));
}

export function entries(name, type) {
  return filtered(timeline, name, type);
}

export class PerformanceObserverEntryList {
  #entries;

  constructor(token, list) {
    if (token !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#entries = list;
  }

  getEntries() {
    return filtered(this.#entries);
  }

  getEntriesByType(type) {
    require(arguments.length, 1, 'PerformanceObserverEntryList.getEntriesByType');
    return filtered(this.#entries, undefined, `${type}`);
  }

  getEntriesByName(name, type = undefined) {
    require(arguments.length, 1, 'PerformanceObserverEntryList.getEntriesByName');
    return filtered(this.#entries, `${name}`, type === undefined ? undefined : `${type}`);
  }
}
exposed(PerformanceObserverEntryList);

let hand;

export class PerformanceObserver {
  #callback;
  #types = [];
  #waiting = [];

  static {
    hand = (observer, entry) => {
      if (!observer.#types.includes(entry.entryType)) return;
      if (observer.#waiting.length === 0) microtask(() => observer.#deliver());
      keep(observer.#waiting, entry);
    };
  }

  constructor(callback) {
    if (typeof callback !== 'function') throw new TypeError('PerformanceObserver constructor: the callback is not a function.');
    this.#callback = callback;
  }

  static get supportedEntryTypes() {
    return TYPES;
  }

  observe(options = {}) {
    const { buffered, entryTypes, type } = options;
    if (entryTypes === undefined && type === undefined) throw new TypeError('PerformanceObserver.observe: neither entryTypes nor type is given.');
    if (entryTypes !== undefined && type !== undefined) throw new TypeError('PerformanceObserver.observe: entryTypes and type cannot both be given.');
    const asked = (entryTypes === undefined ? [`${type}`] : Array.from(entryTypes, String)).filter((each) => TYPES.includes(each));
    if (asked.length === 0) return;
    this.#types = entryTypes === undefined ? [...this.#types, ...asked] : asked;
    observers.add(this);
    if (type !== undefined && buffered) for (const entry of entries(undefined, asked[0])) hand(this, entry);
  }

  disconnect() {
    observers.delete(this);
    this.#types = [];
    this.#waiting = [];
  }

  takeRecords() {
    const records = this.#waiting;
    this.#waiting = [];
    return records;
  }

  #deliver() {
    const records = this.takeRecords();
    if (records.length === 0) return;
    try {
      this.#callback.call(this, new PerformanceObserverEntryList(INTERNAL, records), this);
    } catch (error) {
      reportError(error);
    }
  }
}
exposed(PerformanceObserver);
