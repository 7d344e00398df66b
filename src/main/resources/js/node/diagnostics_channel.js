// `node:diagnostics_channel`: https://nodejs.org/api/diagnostics_channel.html

import { reportError } from './errors.js';
import { coded, invalidArgType, requireFunction } from './nodejs/errors.js';

const { apply } = Reflect;
const channels = new Map();
const make = {};

class Channel {
  #subscribers = [];
  #stores = new Map();

  constructor(name, token) {
    if (token !== make) throw coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    this.name = name;
  }

  get hasSubscribers() {
    return this.#subscribers.length > 0 || this.#stores.size > 0;
  }

  subscribe(subscriber) {
    requireFunction(subscriber, 'subscription');
    this.#subscribers = [...this.#subscribers, subscriber];
  }

  unsubscribe(subscriber) {
    const at = this.#subscribers.indexOf(subscriber);
    if (at < 0) return false;
    this.#subscribers = this.#subscribers.toSpliced(at, 1);
    return true;
  }

  publish(message) {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber(message, this.name);
      } catch (error) {
        reportError(error);
      }
    }
  }

  bindStore(store, transform) {
    this.#stores.set(store, transform);
  }

  unbindStore(store) {
    return this.#stores.delete(store);
  }

  runStores(message, callback, thisArg = undefined, ...args) {
    let run = () => {
      this.publish(message);
      return apply(callback, thisArg, args);
    };
    for (const [store, transform] of this.#stores) {
      const next = run;
      run = () => store.run(transform === undefined ? message : transform(message), next);
    }
    return run();
  }
}

function channel(name) {
  if (typeof name !== 'string' && typeof name !== 'symbol') throw invalidArgType('channel', 'one of type string or symbol', name);
  let known = channels.get(name);
  if (known === undefined) channels.set(name, known = new Channel(name, make));
  return known;
}

const hasSubscribers = (name) => channels.get(name)?.hasSubscribers ?? false;
const subscribe = (name, subscriber) => channel(name).subscribe(subscriber);
const unsubscribe = (name, subscriber) => channel(name).unsubscribe(subscriber);
const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

class TracingChannel {
  constructor(name) {
    for (const event of EVENTS) this[event] = typeof name === 'string' ? channel(`tracing:${name}:${event}`) : name[event];
  }

  get hasSubscribers() {
    return EVENTS.some((event) => this[event]?.hasSubscribers);
  }

  subscribe(handlers) {
    for (const event of EVENTS) if (handlers[event]) this[event].subscribe(handlers[event]);
  }

  unsubscribe(handlers) {
    return EVENTS.every((event) => !handlers[event] || this[event].unsubscribe(handlers[event]));
  }

  traceSync(callback, context = {}, thisArg = undefined, ...args) {
    return this.start.runStores(context, () => {
      try {
        return context.result = apply(callback, thisArg, args);
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  tracePromise(callback, context = {}, thisArg = undefined, ...args) {
    const settled = (name, go) => (value) => {
      context[name] = value;
      if (name === 'error') this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
      return go(value);
    };
    return this.start.runStores(context, () => {
      try {
        return Promise.resolve(apply(callback, thisArg, args)).then(settled('result', (value) => value), settled('error', (error) => { throw error; }));
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  traceCallback(callback, position = -1, context = {}, thisArg = undefined, ...args) {
    const at = position < 0 ? args.length + position : position, original = args[at];
    requireFunction(original, 'callback');
    const { asyncStart, asyncEnd, error: failed } = this;
    args[at] = function (error, result) {
      if (error) {
        context.error = error;
        failed.publish(context);
      } else {
        context.result = result;
      }
      return asyncStart.runStores(context, () => {
        try {
          return apply(original, this, arguments);
        } finally {
          asyncEnd.publish(context);
        }
      });
    };
    return this.traceSync(callback, context, thisArg, ...args);
  }
}

const tracingChannel = (name) => new TracingChannel(name);
const module = { channel, hasSubscribers, subscribe, unsubscribe, tracingChannel, Channel, TracingChannel };

export { module as default, channel, hasSubscribers, subscribe, unsubscribe, tracingChannel, Channel, TracingChannel };
