// The kinds of Event: each carries what it was made with.

import { Event, init } from './events.js';
import { exposed, require } from './webidl.js';

const { freeze } = Object;

// https://dom.spec.whatwg.org/#interface-customevent
export class CustomEvent extends Event {
  #detail;

  constructor(type, options = undefined) {
    require(arguments.length, 1, 'CustomEvent constructor');
    super(type, options);
    this.#detail = options?.detail ?? null;
  }

  get detail() { return this.#detail; }

  initCustomEvent(type, bubbles = false, cancelable = false, detail = null) {
    require(arguments.length, 1, 'CustomEvent.initCustomEvent');
    if (init(this, type, bubbles, cancelable)) this.#detail = detail;
  }
}
exposed(CustomEvent);

const text = (value, otherwise = '') => value === undefined ? otherwise : `${value}`;

// https://html.spec.whatwg.org/#messageevent
export class MessageEvent extends Event {
  #data;
  #origin;
  #lastEventId;
  #source;
  #ports;

  constructor(type, options = undefined) {
    require(arguments.length, 1, 'MessageEvent constructor');
    super(type, options);
    this.#data = options?.data ?? null;
    this.#origin = text(options?.origin);
    this.#lastEventId = text(options?.lastEventId);
    this.#source = options?.source ?? null;
    this.#ports = freeze([...options?.ports ?? []]);
  }

  get data() { return this.#data; }
  get origin() { return this.#origin; }
  get lastEventId() { return this.#lastEventId; }
  get source() { return this.#source; }
  get ports() { return this.#ports; }
}
exposed(MessageEvent);

// https://html.spec.whatwg.org/#errorevent
export class ErrorEvent extends Event {
  #message;
  #filename;
  #lineno;
  #colno;
  #error;

  constructor(type, options = undefined) {
    require(arguments.length, 1, 'ErrorEvent constructor');
    super(type, options);
    this.#message = text(options?.message);
    this.#filename = text(options?.filename);
    this.#lineno = options?.lineno >>> 0;
    this.#colno = options?.colno >>> 0;
    this.#error = options?.error;
  }

  get message() { return this.#message; }
  get filename() { return this.#filename; }
  get lineno() { return this.#lineno; }
  get colno() { return this.#colno; }
  get error() { return this.#error; }
}
exposed(ErrorEvent);

// https://websockets.spec.whatwg.org/#the-closeevent-interface
export class CloseEvent extends Event {
  #wasClean;
  #code;
  #reason;

  constructor(type, options = undefined) {
    require(arguments.length, 1, 'CloseEvent constructor');
    super(type, options);
    this.#wasClean = !!options?.wasClean;
    this.#code = options?.code & 0xffff;
    this.#reason = text(options?.reason);
  }

  get wasClean() { return this.#wasClean; }
  get code() { return this.#code; }
  get reason() { return this.#reason; }
}
exposed(CloseEvent);

// https://html.spec.whatwg.org/#promiserejectionevent
export class PromiseRejectionEvent extends Event {
  #promise;
  #reason;

  constructor(type, options) {
    require(arguments.length, 2, 'PromiseRejectionEvent constructor');
    super(type, options);
    if (typeof options?.promise !== 'object' || options.promise === null) {
      throw new TypeError('PromiseRejectionEvent constructor: promise is not an object.');
    }
    this.#promise = options.promise;
    this.#reason = options.reason;
  }

  get promise() { return this.#promise; }
  get reason() { return this.#reason; }
}
exposed(PromiseRejectionEvent);
