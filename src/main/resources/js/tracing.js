// `tracing` of cloudflare:workers, where nothing is traced: the functions run, and what is said of spans is checked and dropped.
// https://developers.cloudflare.com/workers/observability/traces/

import { exposed, require } from './webidl.js';

const { apply } = Reflect;
const INTERNAL = {};
const STATUSES = ['unset', 'ok', 'error'];

class Span {
  #brand;

  constructor(token) {
    if (token !== INTERNAL) throw new TypeError('Illegal constructor');
  }

  get isTraced() {
    this.#brand;
    return false;
  }

  spanContext() {
    this.#brand;
    return { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 };
  }

  setAttribute() {
    this.#brand;
    return this;
  }

  setAttributes() {
    this.#brand;
    return this;
  }

  recordException() {
    this.#brand;
  }

  updateName() {
    this.#brand;
    return this;
  }

  setStatus(status) {
    this.#brand;
    const code = status?.code ?? 'unset';
    if (!STATUSES.includes(code)) throw new TypeError("Span status code must be 'unset', 'ok', or 'error'.");
    return this;
  }

  end() {
    this.#brand;
  }
}
exposed(Span);

const span = new Span(INTERNAL);

function run(method, given, name, callback, args) {
  require(given, 2, `Tracing.${method}`);
  `${name}`;
  if (typeof callback !== 'function') throw new TypeError(`Tracing.${method}: the second argument is not a function.`);
  return apply(callback, undefined, args);
}

class Tracing {
  #brand;

  constructor(token) {
    if (token !== INTERNAL) throw new TypeError('Illegal constructor');
  }

  get Span() {
    this.#brand;
    return Span;
  }

  // The function gets the span, and what else is given.
  enterSpan(name, callback, ...args) {
    this.#brand;
    return run('enterSpan', arguments.length, name, callback, [span, ...args]);
  }

  startActiveSpan(name, callback, ...args) {
    this.#brand;
    return run('startActiveSpan', arguments.length, name, callback, [span, ...args]);
  }

  startSpan(name) {
    this.#brand;
    require(arguments.length, 1, 'Tracing.startSpan');
    `${name}`;
    return span;
  }

  getActiveSpan() {
    this.#brand;
    return span;
  }

  withActiveSpan(active, callback, ...args) {
    this.#brand;
    if (active !== span) throw new TypeError('Tracing.withActiveSpan: the first argument is not a Span.');
    return run('withActiveSpan', arguments.length, '', callback, args);
  }
}
exposed(Tracing);

export const tracing = new Tracing(INTERNAL);
