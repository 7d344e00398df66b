// https://html.spec.whatwg.org/multipage/system-state.html#the-navigator-object, as in Workers, which libraries know by its userAgent.

import { exposed } from './webidl.js';

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
}
exposed(Navigator);

export const navigator = new Navigator(make);
