// structuredClone (https://html.spec.whatwg.org/multipage/structured-data.html#dom-structuredclone) and message channels
// (https://html.spec.whatwg.org/multipage/web-messaging.html#message-channels).

import { cloneWithTransfer } from './clone.js';
import { DOMException } from './errors.js';
import { Event, EventTarget, defineHandlers, fire } from './events.js';
import { MessageEvent } from './events/kinds.js';
import { Queue } from './streams/queue.js';
import { exposed, require } from './webidl.js';

const { apply } = Reflect;
const { defineProperty, getOwnPropertyDescriptor } = Object;
const INTERNAL = Symbol();

function sequence(values, what) {
  if (typeof values !== 'object' && typeof values !== 'function' || values === null) throw new TypeError(`${what} is not a sequence.`);
  const list = [];
  for (const value of values) {
    if (typeof value !== 'object' && typeof value !== 'function' || value === null) throw new TypeError(`${what} has a value that is no object.`);
    list[list.length] = value;
  }
  return list;
}

// The transfer list of options { transfer }.
function transferOf(options, what) {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object' && typeof options !== 'function') throw new TypeError(`${what}: the options are not an object.`);
  const { transfer } = options;
  return transfer === undefined ? [] : sequence(transfer, `${what}: transfer`);
}

export function structuredClone(value, options = undefined) {
  require(arguments.length, 1, 'structuredClone');
  return cloneWithTransfer(value, transferOf(options, 'structuredClone'), moverOf).value;
}

// One end of a channel, whichever MessagePort has it now.
class End {
  other = undefined;
  port = undefined;
  // Messages that wait until the port is started, and then for their turn.
  queue = new Queue();
  started = false;
  closed = false;

  post(message) {
    this.queue.add(message);
    if (this.started) this.schedule();
  }

  start() {
    if (this.started || this.closed) return;
    this.started = true;
    for (let i = 0; i < this.queue.length; i++) this.schedule();
  }

  // Each message is a task of its own.
  schedule() {
    load('timers').setTimeout(() => this.deliver(), 0);
  }

  deliver() {
    if (this.queue.length === 0 || !this.started) return;
    const { value, ports } = this.queue.take();
    fire(this.port, new MessageEvent('message', { data: value, ports }));
  }

  close() {
    if (this.closed) return;
    const { other } = this;
    this.closed = true;
    this.other = undefined;
    this.queue.clear();
    if (other === undefined) return;
    other.other = undefined;
    load('timers').setTimeout(() => fire(other.port, new Event('close')), 0);
  }
}

let endOf, detach;

export class MessagePort extends EventTarget {
  // Undefined once the port was transferred.
  #end;

  static {
    endOf = (value) => typeof value === 'object' && value !== null && #end in value ? value.#end ?? null : undefined;
    detach = (port) => { port.#end = undefined; };
  }

  constructor() {
    if (arguments[0] !== INTERNAL) throw new TypeError('Illegal constructor');
    super();
    this.#end = arguments[1];
    this.#end.port = this;
  }

  postMessage(message, options = undefined) {
    const end = this.#end;
    require(arguments.length, 1, 'MessagePort.postMessage');
    const isList = typeof options === 'object' && options !== null && options[Symbol.iterator] !== undefined && options[Symbol.iterator] !== null;
    const transfer = isList ? sequence(options, 'MessagePort.postMessage: transfer') : transferOf(options, 'MessagePort.postMessage');
    const target = end?.other;
    let doomed = false;
    for (let i = 0; i < transfer.length; i++) {
      if (transfer[i] === this) throw new DOMException('A port cannot be transferred through itself.', 'DataCloneError');
      doomed ||= target !== undefined && transfer[i] === target.port;
    }
    const { value, transferred } = cloneWithTransfer(message, transfer, moverOf);
    if (target === undefined || doomed) return;
    const ports = [];
    for (let i = 0; i < transferred.length; i++) if (endOf(transferred[i])) ports[ports.length] = transferred[i];
    target.post({ value, ports });
  }

  start() { this.#end?.start(); }
  close() { this.#end?.close(); }
}
defineHandlers(MessagePort, 'message', 'messageerror', 'close');
// Setting onmessage starts the port.
const { get, set } = getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
defineProperty(MessagePort.prototype, 'onmessage', {
  get,
  set: getOwnPropertyDescriptor({
    set onmessage(handler) {
      apply(set, this, [handler]);
      endOf(this)?.start();
    },
  }, 'onmessage').set,
});
exposed(MessagePort);

// What moves a port, whose end gets another MessagePort, stopped, or a stream; undefined for any other value.
function moverOf(value) {
  const end = endOf(value);
  if (end === undefined) return load('streams/transfer').streamMover(value);
  if (end === null || end.closed) throw new DOMException('A MessagePort in the transfer list is detached.', 'DataCloneError');
  return () => {
    detach(value);
    end.started = false;
    return new MessagePort(INTERNAL, end);
  };
}

export class MessageChannel {
  #port1;
  #port2;

  constructor() {
    const one = new End(), two = new End();
    one.other = two;
    two.other = one;
    this.#port1 = new MessagePort(INTERNAL, one);
    this.#port2 = new MessagePort(INTERNAL, two);
  }

  get port1() { return this.#port1; }
  get port2() { return this.#port2; }
}
exposed(MessageChannel);
