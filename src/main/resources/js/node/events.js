// `node:events`: https://nodejs.org/api/events.html

import { AsyncResource } from './node/async_hooks.js';
import { abortError, coded, invalidArgType, outOfRange, requireFunction } from './nodejs/errors.js';
import { inspect } from './inspect.js';
import { nextTick } from './nodejs/ticks.js';
import { queueMicrotask } from './timers.js';

const { apply, ownKeys } = Reflect;
const { create } = Object;
const kCapture = Symbol('kCapture');
const errorMonitor = Symbol('events.errorMonitor');
const captureRejectionSymbol = Symbol.for('nodejs.rejection');
let defaultMaxListeners = 10;

// A function and not a class: libraries call it on objects of their own.
function EventEmitter(options) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = create(null);
    this._eventsCount = 0;
  }
  this._maxListeners ??= undefined;
  if (options?.captureRejections) this[kCapture] = true;
}

const prototype = {
  _events: undefined,
  _eventsCount: 0,
  _maxListeners: undefined,

  setMaxListeners(count) {
    if (typeof count !== 'number' || !(count >= 0)) throw outOfRange('setMaxListeners', 'a non-negative number', count);
    this._maxListeners = count;
    return this;
  },

  getMaxListeners() {
    return this._maxListeners ?? defaultMaxListeners;
  },

  emit(type, ...args) {
    const events = this._events;
    if (type === 'error') {
      if (events?.[errorMonitor] !== undefined) this.emit(errorMonitor, ...args);
      if (events?.error === undefined) throw unhandled(args[0]);
    }
    const handler = events?.[type];
    if (handler === undefined) return false;
    if (typeof handler === 'function') {
      call(this, handler, type, args);
    } else {
      const listeners = [...handler];
      for (let i = 0; i < listeners.length; i++) call(this, listeners[i], type, args);
    }
    return true;
  },

  addListener(type, listener) {
    return add(this, type, listener, false);
  },

  prependListener(type, listener) {
    return add(this, type, listener, true);
  },

  once(type, listener) {
    requireFunction(listener, 'listener');
    return this.on(type, onceWrapper(this, type, listener));
  },

  prependOnceListener(type, listener) {
    requireFunction(listener, 'listener');
    return this.prependListener(type, onceWrapper(this, type, listener));
  },

  removeListener(type, listener) {
    requireFunction(listener, 'listener');
    const events = this._events, list = events?.[type];
    if (list === undefined) return this;
    if (list === listener || list.listener === listener) {
      drop(this, type);
      if (events.removeListener !== undefined) this.emit('removeListener', type, list.listener ?? listener);
    } else if (typeof list !== 'function') {
      let at = list.length - 1;
      while (at >= 0 && list[at] !== listener && list[at].listener !== listener) at--;
      if (at < 0) return this;
      const [removed] = list.splice(at, 1);
      if (list.length === 1) events[type] = list[0];
      if (events.removeListener !== undefined) this.emit('removeListener', type, removed.listener ?? listener);
    }
    return this;
  },

  removeAllListeners(type) {
    const events = this._events;
    if (events === undefined) return this;
    if (arguments.length === 0) {
      if (events.removeListener !== undefined) {
        for (const key of ownKeys(events)) if (key !== 'removeListener') this.removeAllListeners(key);
      }
      this._events = create(null);
      this._eventsCount = 0;
    } else if (events.removeListener !== undefined && type !== 'removeListener') {
      for (const listener of this.rawListeners(type).reverse()) this.removeListener(type, listener);
    } else if (events[type] !== undefined) {
      drop(this, type);
    }
    return this;
  },

  listeners(type) {
    return this.rawListeners(type).map((listener) => listener.listener ?? listener);
  },

  rawListeners(type) {
    const list = this._events?.[type];
    return list === undefined ? [] : typeof list === 'function' ? [list] : [...list];
  },

  listenerCount(type, listener) {
    const all = this.rawListeners(type);
    return listener === undefined ? all.length : all.filter((each) => each === listener || each.listener === listener).length;
  },

  eventNames() {
    return this._eventsCount > 0 ? ownKeys(this._events) : [];
  },
};
prototype.on = prototype.addListener;
prototype.off = prototype.removeListener;
for (const name of ownKeys(prototype)) {
  Object.defineProperty(EventEmitter.prototype, name, { value: prototype[name], writable: true, enumerable: true, configurable: true });
}

function call(emitter, listener, type, args) {
  const result = apply(listener, emitter, args);
  if (result === undefined || result === null || !emitter[kCapture]) return;
  if (typeof result.then === 'function') {
    result.then(undefined, (error) => nextTick(() => {
      if (typeof emitter[captureRejectionSymbol] === 'function') emitter[captureRejectionSymbol](error, type, ...args);
      else emitter.emit('error', error);
    }));
  }
}

function unhandled(value) {
  if (value instanceof Error) return value;
  let text;
  try {
    text = inspect(value);
  } catch {
    text = String(value);
  }
  const error = coded(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${text})`);
  error.context = value;
  return error;
}

function drop(emitter, type) {
  if (--emitter._eventsCount === 0) emitter._events = create(null);
  else delete emitter._events[type];
}

function add(emitter, type, listener, first) {
  requireFunction(listener, 'listener');
  let events = emitter._events;
  if (events === undefined) {
    events = emitter._events = create(null);
    emitter._eventsCount = 0;
  } else if (events.newListener !== undefined) {
    emitter.emit('newListener', type, listener.listener ?? listener);
    events = emitter._events;
  }
  const known = events[type];
  if (known === undefined) {
    events[type] = listener;
    emitter._eventsCount++;
    return emitter;
  }
  const list = typeof known === 'function' ? events[type] = [known] : known;
  if (first) list.unshift(listener);
  else list.push(listener);
  const most = emitter.getMaxListeners?.() ?? defaultMaxListeners;
  if (most > 0 && list.length > most && !list.warned) {
    list.warned = true;
    globalThis.console.warn(`MaxListenersExceededWarning: Possible EventEmitter memory leak detected. ${list.length} ${String(type)} listeners added to ${
      emitter.constructor?.name ?? 'an emitter'}. MaxListeners is ${most}. Use emitter.setMaxListeners() to increase limit`);
  }
  return emitter;
}

function onceWrapper(emitter, type, listener) {
  let fired = false;
  const wrapper = (...args) => {
    if (fired) return undefined;
    fired = true;
    emitter.removeListener(type, wrapper);
    return apply(listener, emitter, args);
  };
  wrapper.listener = listener;
  return wrapper;
}

const isEmitter = (value) => typeof value?.on === 'function';

function listen(target, type, listener, options) {
  if (isEmitter(target)) {
    if (options?.once) target.once(type, listener);
    else target.on(type, listener);
  } else if (typeof target?.addEventListener === 'function') {
    target.addEventListener(type, listener, options);
  } else {
    throw invalidArgType('emitter', 'an instance of EventEmitter or EventTarget', target);
  }
}

function unlisten(target, type, listener) {
  if (typeof target.removeListener === 'function') target.removeListener(type, listener);
  else target.removeEventListener(type, listener);
}

// https://nodejs.org/api/events.html#eventsonceemitter-name-options
async function once(emitter, type, options = undefined) {
  const signal = options?.signal;
  if (signal?.aborted) throw abortError(signal);
  return new Promise((resolve, reject) => {
    const done = (settle, value) => {
      unlisten(emitter, type, onEvent);
      if (type !== 'error' && isEmitter(emitter)) unlisten(emitter, 'error', onError);
      signal?.removeEventListener('abort', onAbort);
      settle(value);
    };
    const onEvent = (...args) => done(resolve, args), onError = (error) => done(reject, error), onAbort = () => done(reject, abortError(signal));
    listen(emitter, type, onEvent, { once: true });
    if (type !== 'error' && isEmitter(emitter)) emitter.once('error', onError);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

// https://nodejs.org/api/events.html#eventsonemitter-eventname-options
function on(emitter, type, options = undefined) {
  const signal = options?.signal;
  if (signal?.aborted) throw abortError(signal);
  const values = [], waiting = [], closing = options?.close ?? [];
  let failure, finished = false;
  const onEvent = (...args) => {
    const next = waiting.shift();
    if (next !== undefined) next.resolve({ value: args, done: false });
    else values.push(args);
  };
  const onError = (error) => {
    const next = waiting.shift();
    if (next !== undefined) next.reject(error);
    else failure = { error };
    finish();
  };
  const onAbort = () => onError(abortError(signal));
  const finish = () => {
    unlisten(emitter, type, onEvent);
    if (type !== 'error' && isEmitter(emitter)) unlisten(emitter, 'error', onError);
    for (const name of closing) unlisten(emitter, name, finish);
    signal?.removeEventListener('abort', onAbort);
    finished = true;
    while (waiting.length > 0) waiting.shift().resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  };
  listen(emitter, type, onEvent);
  if (type !== 'error' && isEmitter(emitter)) emitter.on('error', onError);
  for (const name of closing) listen(emitter, name, finish);
  signal?.addEventListener('abort', onAbort, { once: true });
  return {
    next() {
      if (values.length > 0) return Promise.resolve({ value: values.shift(), done: false });
      if (failure !== undefined) {
        const { error } = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      if (finished) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return: finish,
    throw(error) {
      onError(error);
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function getEventListeners(emitter, type) {
  if (typeof emitter?.listeners === 'function') return emitter.listeners(type);
  throw invalidArgType('emitter', 'an instance of EventEmitter', emitter);
}

const getMaxListeners = (emitter) => emitter.getMaxListeners?.() ?? defaultMaxListeners;
const listenerCount = (emitter, type) => emitter.listenerCount(type);

function setMaxListeners(count = defaultMaxListeners, ...targets) {
  if (typeof count !== 'number' || !(count >= 0)) throw outOfRange('setMaxListeners', 'a non-negative number', count);
  if (targets.length === 0) defaultMaxListeners = count;
  for (const target of targets) target.setMaxListeners?.(count);
}

function addAbortListener(signal, listener) {
  if (typeof signal?.addEventListener !== 'function') throw invalidArgType('signal', 'an instance of AbortSignal', signal);
  requireFunction(listener, 'listener');
  if (signal.aborted) queueMicrotask(() => listener());
  else signal.addEventListener('abort', listener, { once: true });
  return { [Symbol.dispose ?? Symbol.for('dispose')]() { signal.removeEventListener('abort', listener); } };
}

class EventEmitterAsyncResource extends EventEmitter {
  #resource;

  constructor(options) {
    super(options);
    this.#resource = new AsyncResource(typeof options === 'string' ? options : options?.name ?? new.target.name);
  }

  emit(type, ...args) {
    return this.#resource.runInAsyncScope(super.emit, this, type, ...args);
  }

  get asyncResource() { return this.#resource; }
  get asyncId() { return this.#resource.asyncId(); }
  get triggerAsyncId() { return this.#resource.triggerAsyncId(); }
  emitDestroy() {}
}

const captureRejections = false, usingDomains = false;
const statics = { EventEmitter, EventEmitterAsyncResource, once, on, getEventListeners, getMaxListeners, setMaxListeners, listenerCount, addAbortListener,
  errorMonitor, captureRejectionSymbol, captureRejections, usingDomains };
for (const name of Object.keys(statics)) EventEmitter[name] = statics[name];
Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
  get: () => defaultMaxListeners,
  set(count) {
    if (typeof count !== 'number' || !(count >= 0)) throw outOfRange('defaultMaxListeners', 'a non-negative number', count);
    defaultMaxListeners = count;
  },
  enumerable: true,
});

export { EventEmitter, EventEmitterAsyncResource, once, on, getEventListeners, getMaxListeners, setMaxListeners, listenerCount, addAbortListener,
  errorMonitor, captureRejectionSymbol, captureRejections, usingDomains, defaultMaxListeners, EventEmitter as default };
