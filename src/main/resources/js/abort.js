// Aborting: https://dom.spec.whatwg.org/#aborting-ongoing-activities

import { DOMException } from './errors.js';
import { Event, EventTarget, defineHandlers, fire, hasListeners, watchListeners } from './events.js';
import { exposed, require } from './webidl.js';

const { call } = Function.prototype;
const eachOf = call.bind(Set.prototype.forEach), addTo = call.bind(Set.prototype.add), deleteFrom = call.bind(Set.prototype.delete);
const sort = call.bind(Array.prototype.sort);
const INTERNAL = Symbol();
let born = 0, aborts = 0;
let stateOf, isSignal;

// What the platform sees of a signal. Its algorithms run before the signal's listeners, in order.
//
// A signal made by `any` follows sources, which never follow others themselves. It hears of their abort only while somebody listens to it; else it looks
// when it is asked, and its sources know nothing of it. So a source keeps alive exactly those that the standard has it keep alive
// (https://dom.spec.whatwg.org/#abort-signal-garbage-collection), and a signal that nobody has any more is garbage however long its sources live.
class State {
  algorithms = [];
  sources = undefined;
  #aborted = false;
  #reason = undefined;
  // When it aborted, as a number among all aborts; of sources that aborted, the first one gives the reason.
  #when = 0;
  #born = ++born;
  // Those that hear of this one's abort; of one that follows, whether its sources have it there.
  #dependents = undefined;
  #hears = false;

  constructor(signal) {
    this.signal = signal;
  }

  get aborted() {
    if (!this.#aborted && this.sources !== undefined && !this.#hears) this.#look();
    return this.#aborted;
  }

  get reason() {
    return this.aborted ? this.#reason : undefined;
  }

  // Runs `algorithm(reason)` when the signal aborts, which it has not yet. Returns it, for `remove`.
  add(algorithm) {
    this.algorithms[this.algorithms.length] = algorithm;
    if (this.sources !== undefined) this.#listen();
    return algorithm;
  }

  remove(algorithm) {
    const kept = [];
    for (let i = 0; i < this.algorithms.length; i++) {
      if (this.algorithms[i] !== algorithm) kept[kept.length] = this.algorithms[i];
    }
    this.algorithms = kept;
    if (this.sources !== undefined) this.#listen();
  }

  // https://dom.spec.whatwg.org/#abortsignal-signal-abort
  abort(reason) {
    if (this.aborted) return;
    this.#mark(reason === undefined ? new DOMException('The operation was aborted', 'AbortError') : reason, ++aborts);
    const dependents = this.#dependents, aborted = [];
    this.#dependents = undefined;
    if (dependents !== undefined) {
      eachOf(dependents, (dependent) => {
        if (dependent.#aborted) return;
        dependent.#mark(this.#reason, this.#when);
        aborted[aborted.length] = dependent;
      });
      sort(aborted, (a, b) => a.#born - b.#born);
    }
    this.#run();
    for (let i = 0; i < aborted.length; i++) aborted[i].#run();
  }

  #mark(reason, when) {
    this.#aborted = true;
    this.#reason = reason;
    this.#when = when;
    this.#deafen();
    this.sources = undefined;
  }

  #run() {
    const { algorithms } = this;
    this.algorithms = [];
    for (let i = 0; i < algorithms.length; i++) algorithms[i](this.#reason);
    if (hasListeners(this.signal, 'abort')) fire(this.signal, new Event('abort'));
  }

  // https://dom.spec.whatwg.org/#create-a-dependent-abort-signal
  follow(others) {
    for (let i = 0; i < others.length; i++) {
      if (others[i].aborted) return this.#mark(others[i].#reason, others[i].#when);
    }
    const found = [];
    for (let i = 0; i < others.length; i++) {
      const sources = others[i].sources ?? [others[i]];
      for (let j = 0; j < sources.length; j++) if (!has(found, sources[j])) found[found.length] = sources[j];
    }
    this.sources = found;
    watchListeners(this.signal, () => this.#listen());
  }

  // Has its sources tell of their abort as long as somebody wants to hear of its own.
  #listen() {
    if (this.aborted || this.sources === undefined) return;
    const wanted = this.algorithms.length > 0 || hasListeners(this.signal, 'abort');
    if (wanted && !this.#hears) {
      this.#hears = true;
      for (let i = 0; i < this.sources.length; i++) addTo(this.sources[i].#dependents ??= new Set(), this);
    } else if (!wanted) {
      this.#deafen();
    }
  }

  #deafen() {
    if (!this.#hears) return;
    this.#hears = false;
    for (let i = 0; i < this.sources.length; i++) {
      const dependents = this.sources[i].#dependents;
      if (dependents !== undefined) deleteFrom(dependents, this);
    }
  }

  #look() {
    let first;
    for (let i = 0; i < this.sources.length; i++) {
      const source = this.sources[i];
      if (source.#aborted && (first === undefined || source.#when < first.#when)) first = source;
    }
    if (first !== undefined) this.#mark(first.#reason, first.#when);
  }
}

function has(list, item) {
  for (let i = 0; i < list.length; i++) if (list[i] === item) return true;
  return false;
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
