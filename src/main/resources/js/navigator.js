// https://html.spec.whatwg.org/multipage/system-state.html#the-navigator-object, as in Workers, which libraries know by its userAgent.

import { then } from './streams/promises.js';
import { exposed, require } from './webidl.js';
import { currentEvent } from './worker.js';

const make = {};

export class Navigator {
  #brand;

  constructor(token) {
    if (token !== make) throw new TypeError('Illegal constructor');
  }

  get userAgent() {
    this.#brand;
    return 'Cloudflare-Workers';
  }

  // Empty, as in Workers.
  get platform() {
    this.#brand;
    return '';
  }

  get hardwareConcurrency() {
    this.#brand;
    return 1;
  }

  get language() {
    this.#brand;
    return 'en';
  }

  get languages() {
    this.#brand;
    return ['en'];
  }

  // https://w3c.github.io/beacon/#sendbeacon-method: the event lasts until the request has its answer, and nobody is told of a failure. Without an event, no.
  sendBeacon(url, data = undefined) {
    this.#brand;
    require(arguments.length, 1, 'Navigator.sendBeacon');
    const event = currentEvent();
    if (event === undefined) return false;
    const sent = load('fetch').fetch(`${url}`, { __proto__: null, method: 'POST', body: data });
    event.waitUntil(then(sent, () => {}, () => {}));
    return true;
  }
}
exposed(Navigator);

export const navigator = new Navigator(make);
