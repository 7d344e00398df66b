// The events of the service-worker format: https://developers.cloudflare.com/workers/reference/migrate-to-module-workers/

import { DOMException } from './errors.js';
import { Event } from './events.js';
import { exposed } from './webidl.js';

const { apply } = Reflect;
const INTERNAL = {};

class ExtendableEvent extends Event {
  #context;

  constructor(token, type, context) {
    if (token !== INTERNAL) throw new TypeError('Illegal constructor');
    super(type);
    this.#context = context;
  }

  waitUntil(promise) {
    this.#context.waitUntil(promise);
  }

  passThroughOnException() {
    this.#context.passThroughOnException();
  }
}
exposed(ExtendableEvent);

let responseOf;

class FetchEvent extends ExtendableEvent {
  #request;
  #response;
  #responded = false;

  static {
    // A box with the response, undefined before there is one.
    responseOf = (event) => (event.#responded ? { response: event.#response } : undefined);
  }

  constructor(token, request, context) {
    super(token, 'fetch', context);
    this.#request = request;
  }

  get request() {
    return this.#request;
  }

  respondWith(response) {
    if (this.#responded) throw new DOMException('FetchEvent.respondWith() has already been called; it can only be called once.', 'InvalidStateError');
    this.#responded = true;
    this.#response = response;
  }
}
exposed(FetchEvent);

class ScheduledEvent extends ExtendableEvent {
  #controller;

  constructor(token, controller, context) {
    super(token, 'scheduled', context);
    this.#controller = controller;
  }

  get scheduledTime() {
    return this.#controller.scheduledTime;
  }

  get cron() {
    return this.#controller.cron;
  }

  noRetry() {
    this.#controller.noRetry();
  }
}
exposed(ScheduledEvent);

export function isListener(value) {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}

function hear(listener, event) {
  if (typeof listener === 'function') return apply(listener, globalThis, [event]);
  return listener.handleEvent(event);
}

// The listeners are asked in turn, until one has answered.
export function dispatchFetch(request, context, listeners = []) {
  const event = new FetchEvent(INTERNAL, request, context);
  for (let i = 0; i < listeners.length; i++) {
    hear(listeners[i], event);
    const answer = responseOf(event);
    if (answer !== undefined) return answer.response;
  }
  throw new TypeError('No event listener called respondWith() for the "fetch" event.');
}

// Whatever its listeners promise is waited for.
export function dispatchScheduled(controller, context, listeners = []) {
  const event = new ScheduledEvent(INTERNAL, controller, context), promises = [];
  for (let i = 0; i < listeners.length; i++) promises[i] = hear(listeners[i], event);
  return Promise.all(promises);
}

export { ExtendableEvent, FetchEvent, ScheduledEvent };
