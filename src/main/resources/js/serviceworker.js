// The events of the service-worker format: https://developers.cloudflare.com/workers/reference/migrate-to-module-workers/

class ExtendableEvent {
  #context;

  constructor(type, context) {
    this.type = type;
    this.#context = context;
  }

  waitUntil(promise) {
    this.#context.waitUntil(promise);
  }

  passThroughOnException() {
    this.#context.passThroughOnException();
  }
}

export class FetchEvent extends ExtendableEvent {
  #response;
  #responded = false;

  constructor(request, context) {
    super('fetch', context);
    this.request = request;
  }

  respondWith(response) {
    if (this.#responded) throw new DOMException('FetchEvent.respondWith() has already been called; it can only be called once.', 'InvalidStateError');
    this.#responded = true;
    this.#response = response;
  }

  dispatch(listeners = []) {
    for (const listener of listeners) {
      listener(this);
      if (this.#responded) return this.#response;
    }
    throw new TypeError('No event listener called respondWith() for the "fetch" event.');
  }
}

export class ScheduledEvent extends ExtendableEvent {
  constructor(controller, context) {
    super('scheduled', context);
    this.scheduledTime = controller.scheduledTime;
    this.cron = controller.cron;
  }

  dispatch(listeners = []) {
    for (const listener of listeners) listener(this);
  }
}
