// `node:timers`, and with the flag the global timers: https://nodejs.org/api/timers.html. A timer is an object that is also its number.

import { clearTimeout as clear, setInterval as startInterval, setTimeout as startTimeout } from './timers.js';
import { requireFunction } from './nodejs/errors.js';

const CUSTOM_PROMISIFY = Symbol.for('nodejs.util.promisify.custom');
const idOf = (timer) => timer instanceof Timeout ? timer.id : typeof timer === 'string' ? Number(timer) : timer;

class Timeout {
  #start;
  #referenced = true;

  constructor(start) {
    this.#start = start;
    Object.defineProperty(this, 'id', { value: start(), writable: true });
  }

  ref() {
    this.#referenced = true;
    return this;
  }

  unref() {
    this.#referenced = false;
    return this;
  }

  hasRef() {
    return this.#referenced;
  }

  refresh() {
    clear(this.id);
    this.id = this.#start();
    return this;
  }

  close() {
    clear(this.id);
    return this;
  }

  [Symbol.toPrimitive]() {
    return this.id;
  }

  [Symbol.dispose ?? Symbol.for('dispose')]() {
    clear(this.id);
  }
}

class Immediate extends Timeout {}

function setTimeout(callback, delay = 1, ...args) {
  requireFunction(callback, 'callback');
  return new Timeout(() => startTimeout(callback, delay, ...args));
}

function setInterval(callback, delay = 1, ...args) {
  requireFunction(callback, 'callback');
  return new Timeout(() => startInterval(callback, delay, ...args));
}

function setImmediate(callback, ...args) {
  requireFunction(callback, 'callback');
  return new Immediate(() => startTimeout(callback, 0, ...args));
}

const clearTimeout = (timer) => clear(idOf(timer));
const clearInterval = clearTimeout, clearImmediate = clearTimeout;

for (const [timer, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate']]) {
  Object.defineProperty(timer, CUSTOM_PROMISIFY, { get: () => load('node/timers/promises')[name], enumerable: true });
}

// Node's timers/promises, whose module needs this one.
const promises = {};
for (const name of ['setTimeout', 'setImmediate', 'setInterval', 'scheduler']) {
  Object.defineProperty(promises, name, { get: () => load('node/timers/promises')[name], enumerable: true });
}

const timers = { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, promises };

export { timers as default, promises, setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate };
