// Aborting: https://dom.spec.whatwg.org/#aborting-ongoing-activities

import { DOMException } from './errors.js';
import { Event, EventTarget, defineHandlers, fire, hasListeners } from './events.js';
import { exposed, require } from './webidl.js';

const INTERNAL = Symbol();
let stateOf, isSignal;

// What the platform sees of a signal. Its algorithms run before the signal's listeners, in order.
class State {
  aborted = false;
  reason = undefined;
  algorithms = [];
  // A signal made by `any` follows sources, which never follow others themselves.
  sources = undefined;
  dependents = [];

  constructor(signal) {
    this.signal = signal;
  }

  // Runs `algorithm(reason)` when the signal aborts, which it has not yet. Returns it, for `remove`.
  add(algorithm) {
    this.algorithms[this.algorithms.length] = algorithm;
    return algorithm;
  }

  remove(algorithm) {
    const kept = [];
    for (let i = 0; i < this.algorithms.length; i++) {
      if (this.algorithms[i] !== algorithm) kept[kept.length] = this.algorithms[i];
    }
    this.algorithms = kept;
  }

  // https://dom.spec.whatwg.org/#abortsignal-signal-abort
  abort(reason) {
    if (this.aborted) return;
    this.#mark(reason === undefined ? new DOMException('The operation was aborted', 'AbortError') : reason);
    const { dependents } = this, aborted = [];
    this.dependents = [];
    for (let i = 0; i < dependents.length; i++) {
      if (dependents[i].aborted) continue;
      dependents[i].#mark(this.reason);
      aborted[aborted.length] = dependents[i];
    }
    this.#run();
    for (let i = 0; i < aborted.length; i++) aborted[i].#run();
  }

  #mark(reason) {
    this.aborted = true;
    this.reason = reason;
  }

  #run() {
    const { algorithms } = this;
    this.algorithms = [];
    for (let i = 0; i < algorithms.length; i++) algorithms[i](this.reason);
    if (hasListeners(this.signal, 'abort')) fire(this.signal, new Event('abort'));
  }

  // https://dom.spec.whatwg.org/#create-a-dependent-abort-signal
  follow(others) {
    for (let i = 0; i < others.length; i++) {
      if (others[i].aborted) return this.#mark(others[i].reason);
    }
    this.sources = [];
    for (let i = 0; i < others.length; i++) {
      const sources = others[i].sources ?? [others[i]];
      for (let j = 0; j < sources.length; j++) this.#followSource(sources[j]);
    }
  }

  #followSource(source) {
    for (let i = 0; i < this.sources.length; i++) if (this.sources[i] === source) return;
    this.sources[this.sources.length] = source;
    source.dependents[source.dependents.length] = this;
  }
}

export class AbortSignal extends EventTarget {
  #state;

  static {
    stateOf = (signal) => signal.#state;
    isSignal = (value) => typeof value === 'object' && value !== null && #state in value;
  }

  constructor() {
    if (arguments[0] !== INTERNAL) throw new TypeError('Illegal constructor');
    super();
    this.#state = new State(this);
  }

  static abort(reason = undefined) {
    const signal = newSignal();
    stateOf(signal).abort(reason);
    return signal;
  }

  static timeout(milliseconds) {
    require(arguments.length, 1, 'AbortSignal.timeout');
    const delay = Math.trunc(milliseconds);
    if (!(delay >= 0 && delay <= Number.MAX_SAFE_INTEGER)) {
      throw new TypeError('AbortSignal.timeout: the milliseconds are not between 0 and 2^53 - 1.');
    }
    const signal = newSignal();
    load('timers').setTimeout(
      () => stateOf(signal).abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), delay);
    return signal;
  }

  static any(signals) {
    require(arguments.length, 1, 'AbortSignal.any');
    const states = [];
    for (const signal of signals) states[states.length] = signalOf(signal, 'AbortSignal.any');
    const dependent = newSignal();
    stateOf(dependent).follow(states);
    return dependent;
  }

  get aborted() { return this.#state.aborted; }
  get reason() { return this.#state.reason; }

  throwIfAborted() {
    if (this.#state.aborted) throw this.#state.reason;
  }
}
defineHandlers(AbortSignal, 'abort');
exposed(AbortSignal);

export class AbortController {
  #signal = newSignal();

  get signal() { return this.#signal; }

  abort(reason = undefined) {
    stateOf(this.#signal).abort(reason);
  }
}
exposed(AbortController);

// A signal that the platform aborts: `signalOf(signal).abort(reason)`.
export function newSignal() {
  return new AbortSignal(INTERNAL);
}

// The platform's side of a signal ({ aborted, reason, add(algorithm), remove(algorithm), abort(reason), follow([states]) }),
// or a TypeError when `value` is not one; `method` is named in it.
export function signalOf(value, method) {
  if (!isSignal(value)) throw new TypeError(`${method}: the signal is not an AbortSignal.`);
  return stateOf(value);
}
