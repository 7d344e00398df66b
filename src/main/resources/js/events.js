// Events and their targets: https://dom.spec.whatwg.org/#events. There is no tree here: an event has one target and no parent to bubble to.

import { DOMException, reportError } from './errors.js';
import { exposed, require } from './webidl.js';

const { create, defineProperty, getOwnPropertyDescriptor } = Object;
const { apply } = Reflect;
const { now } = Date;
// The global is a target too, though no constructor made it.
const global = globalThis, globalListeners = create(null);
const NONE = 0, CAPTURING_PHASE = 1, AT_TARGET = 2, BUBBLING_PHASE = 3;

let inner, isEvent, listenersOf, handlersOf;
// Begins an event anew (https://dom.spec.whatwg.org/#concept-event-initialize); false while it is dispatched.
export let init;

// What the algorithms see of an event, out of the reach of workers that patch its properties.
class Inner {
  target = null;
  currentTarget = null;
  phase = NONE;
  dispatching = false;
  stopped = false;
  stoppedImmediately = false;
  canceled = false;
  inPassiveListener = false;
  trusted = false;
  timeStamp = now();

  constructor(type, bubbles, cancelable, composed) {
    this.type = type;
    this.bubbles = bubbles;
    this.cancelable = cancelable;
    this.composed = composed;
  }

  cancel() {
    if (this.cancelable && !this.inPassiveListener) this.canceled = true;
  }
}

function dictionary(value, what) {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' && typeof value !== 'function') throw new TypeError(`${what}: the options are not an object.`);
  return value;
}

export class Event {
  #inner;

  static {
    isEvent = (value) => typeof value === 'object' && value !== null && #inner in value;
    inner = (event) => event.#inner;
    init = (event, type, bubbles, cancelable) => {
      const now = event.#inner;
      if (now.dispatching) return false;
      event.#inner = new Inner(`${type}`, !!bubbles, !!cancelable, false);
      return true;
    };
  }

  constructor(type, options = undefined) {
    require(arguments.length, 1, 'Event constructor');
    const given = dictionary(options, 'Event constructor');
    this.#inner = given === undefined ? new Inner(`${type}`, false, false, false)
      : new Inner(`${type}`, !!given.bubbles, !!given.cancelable, !!given.composed);
    defineProperty(this, 'isTrusted', IS_TRUSTED);
  }

  get type() { return this.#inner.type; }
  get target() { return this.#inner.target; }
  get srcElement() { return this.#inner.target; }
  get currentTarget() { return this.#inner.currentTarget; }
  composedPath() { return this.#inner.currentTarget === null ? [] : [this.#inner.currentTarget]; }
  get eventPhase() { return this.#inner.phase; }
  stopPropagation() { this.#inner.stopped = true; }
  get cancelBubble() { return this.#inner.stopped; }
  set cancelBubble(value) { if (value) this.#inner.stopped = true; }
  stopImmediatePropagation() { this.#inner.stopped = this.#inner.stoppedImmediately = true; }
  get bubbles() { return this.#inner.bubbles; }
  get cancelable() { return this.#inner.cancelable; }
  get returnValue() { return !this.#inner.canceled; }
  set returnValue(value) { if (!value) this.#inner.cancel(); }
  preventDefault() { this.#inner.cancel(); }
  get defaultPrevented() { return this.#inner.canceled; }
  get composed() { return this.#inner.composed; }
  get timeStamp() { return this.#inner.timeStamp; }

  initEvent(type, bubbles = false, cancelable = false) {
    require(arguments.length, 1, 'Event.initEvent');
    init(this, type, bubbles, cancelable);
  }
}

const IS_TRUSTED = {
  get: getOwnPropertyDescriptor({ get isTrusted() { return inner(this).trusted; } }, 'isTrusted').get,
  enumerable: true,
  configurable: false,
};
for (const [name, value] of [['NONE', NONE], ['CAPTURING_PHASE', CAPTURING_PHASE], ['AT_TARGET', AT_TARGET], ['BUBBLING_PHASE', BUBBLING_PHASE]]) {
  defineProperty(Event, name, { value, enumerable: true });
  defineProperty(Event.prototype, name, { value, enumerable: true });
}
exposed(Event);

// Among a target's listeners, which are kept by type, who wants to know of changes.
const CHANGED = Symbol();

class Listener {
  removed = false;

  constructor(callback, capture, once, passive) {
    this.callback = callback;
    this.capture = capture;
    this.once = once;
    this.passive = passive;
  }
}

// The listeners of a target for one type. The list grows in place, and a dispatch takes note of its length; what is removed is marked, and goes with a new list
// when it is half of it. Where there are many, they are found by an index.
class Kind {
  list = [];
  gone = 0;
  index = undefined;

  get live() {
    return this.list.length - this.gone;
  }
}

const MANY = 16;
const { call } = Function.prototype;
const getOf = call.bind(Map.prototype.get), setOf = call.bind(Map.prototype.set), deleteOf = call.bind(Map.prototype.delete);

// By whether they capture.
const indexOf = (kind, capture) => capture ? kind.index.capturing : kind.index.bubbling;

function find(kind, callback, capture) {
  if (kind === undefined) return undefined;
  if (kind.index !== undefined) return getOf(indexOf(kind, capture), callback);
  for (let i = 0; i < kind.list.length; i++) {
    const listener = kind.list[i];
    if (listener.callback === callback && listener.capture === capture && !listener.removed) return listener;
  }
  return undefined;
}

function remove(listeners, type, listener) {
  const kind = listeners[type], { list } = kind;
  if (kind.index !== undefined) deleteOf(indexOf(kind, listener.capture), listener.callback);
  listener.removed = true;
  listener.callback = undefined;
  if (++kind.gone * 2 >= list.length) {
    const after = [];
    for (let i = 0, n = 0; i < list.length; i++) if (!list[i].removed) after[n++] = list[i];
    kind.list = after;
    kind.gone = 0;
  }
  listeners[CHANGED]?.();
}

function add(listeners, type, listener) {
  const kind = listeners[type] ??= new Kind(), { list } = kind;
  list[list.length] = listener;
  if (kind.index !== undefined) {
    setOf(indexOf(kind, listener.capture), listener.callback, listener);
  } else if (list.length > MANY) {
    kind.index = { capturing: new Map(), bubbling: new Map() };
    for (let i = 0; i < list.length; i++) if (!list[i].removed) setOf(indexOf(kind, list[i].capture), list[i].callback, list[i]);
  }
  listeners[CHANGED]?.();
}

const capture = (options) => typeof options === 'object' && options !== null || typeof options === 'function' ? !!options.capture : !!options;

function checkCallback(callback, method) {
  if (callback !== undefined && callback !== null && typeof callback !== 'object' && typeof callback !== 'function') {
    throw new TypeError(`${method}: the listener is neither a function nor an object.`);
  }
}

export class EventTarget {
  #listeners = create(null);
  #handlers = undefined;

  static {
    listenersOf = (target) => target === global ? globalListeners : target.#listeners;
    handlersOf = (target) => target.#handlers ??= create(null);
  }

  addEventListener(type, callback, options = undefined) {
    const listeners = listenersOf(this ?? global);
    require(arguments.length, 2, 'EventTarget.addEventListener');
    type = `${type}`;
    checkCallback(callback, 'EventTarget.addEventListener');
    let once = false, passive = false, signal;
    const captures = capture(options);
    if (typeof options === 'object' && options !== null || typeof options === 'function') {
      once = !!options.once;
      passive = !!options.passive;
      signal = options.signal;
    }
    const abort = signal === undefined ? undefined : load('abort').signalOf(signal, 'EventTarget.addEventListener');
    if (abort?.aborted || callback === null || callback === undefined) return;
    if (find(listeners[type], callback, captures) !== undefined) return;
    const listener = new Listener(callback, captures, once, passive);
    add(listeners, type, listener);
    abort?.add(() => {
      if (!listener.removed) remove(listeners, type, listener);
    });
  }

  removeEventListener(type, callback, options = undefined) {
    const listeners = listenersOf(this ?? global);
    require(arguments.length, 2, 'EventTarget.removeEventListener');
    type = `${type}`;
    checkCallback(callback, 'EventTarget.removeEventListener');
    const listener = find(listeners[type], callback, capture(options));
    if (listener !== undefined) remove(listeners, type, listener);
  }

  dispatchEvent(event) {
    const self = this ?? global;
    listenersOf(self);
    require(arguments.length, 1, 'EventTarget.dispatchEvent');
    if (!isEvent(event)) throw new TypeError('EventTarget.dispatchEvent: the argument is not an Event.');
    const state = inner(event);
    if (state.dispatching) throw new DOMException('The event is already being dispatched.', 'InvalidStateError');
    state.trusted = false;
    return dispatch(self, event);
  }
}
exposed(EventTarget);
const { addEventListener, removeEventListener, dispatchEvent } = EventTarget.prototype;

// Adds the event handler attributes `onNAME` to a class of targets: https://html.spec.whatwg.org/#event-handler-idl-attributes.
export function defineHandlers(type, ...names) {
  for (const name of names) {
    const { get, set } = getOwnPropertyDescriptor({
      get [`on${name}`]() {
        return handlersOf(this)[name]?.handler ?? null;
      },
      set [`on${name}`](value) {
        setHandler(this, name, typeof value === 'function' || typeof value === 'object' ? value : null);
      },
    }, `on${name}`);
    defineProperty(type.prototype, `on${name}`, { get, set, enumerable: true, configurable: true });
  }
}

function setHandler(target, name, handler) {
  const handlers = handlersOf(target), listeners = listenersOf(target), known = handlers[name];
  if (handler === null) {
    if (known !== undefined) remove(listeners, name, find(listeners[name], known.callback, false));
    delete handlers[name];
  } else if (known !== undefined) {
    known.handler = handler;
  } else {
    const entry = handlers[name] = {
      handler,
      callback(event) {
        if (typeof entry.handler === 'function' && apply(entry.handler, this, [event]) === false) event.preventDefault();
      },
    };
    add(listeners, name, new Listener(entry.callback, false, false, false));
  }
}

// Has `changed()` called whenever a listener was added or removed.
export function watchListeners(target, changed) {
  listenersOf(target)[CHANGED] = changed;
}

// Whether anything listens; an event that nobody would see need not be made.
export function hasListeners(target, type) {
  return listenersOf(target)[type]?.live > 0;
}

// Fires an event that the platform made. False when a listener cancelled it.
export function fire(target, event) {
  inner(event).trusted = true;
  return dispatch(target, event);
}

// https://dom.spec.whatwg.org/#concept-event-dispatch
function dispatch(target, event) {
  const state = inner(event);
  state.dispatching = true;
  state.target = state.currentTarget = target;
  state.phase = AT_TARGET;
  invoke(target, event, state, true);
  if (!state.stopped) invoke(target, event, state, false);
  state.phase = NONE;
  state.currentTarget = null;
  state.dispatching = state.stopped = state.stoppedImmediately = false;
  return !state.canceled;
}

// https://dom.spec.whatwg.org/#concept-event-listener-inner-invoke
function invoke(target, event, state, capturing) {
  const listeners = listenersOf(target), kind = listeners[state.type];
  if (kind === undefined) return;
  const { list } = kind, { length } = list;
  for (let i = 0; i < length && !state.stoppedImmediately; i++) {
    const listener = list[i], { callback } = listener;
    if (listener.removed || listener.capture !== capturing) continue;
    if (listener.once) remove(listeners, state.type, listener);
    state.inPassiveListener = listener.passive;
    try {
      if (typeof callback === 'function') {
        apply(callback, target, [event]);
      } else {
        const { handleEvent } = callback;
        if (typeof handleEvent !== 'function') throw new TypeError('An event listener has no handleEvent method.');
        apply(handleEvent, callback, [event]);
      }
    } catch (error) {
      reportError(error);
    }
    state.inPassiveListener = false;
  }
}

export { addEventListener, removeEventListener, dispatchEvent };
