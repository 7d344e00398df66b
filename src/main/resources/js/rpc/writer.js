// Values into a message: the first half of structured cloning, and what RPC adds to it. rpc/message.js tells the form.

import { extentOf, isDetached, kindOf, nameOfView, sizeOf, slice } from './buffers.js';
import { PLAIN, flagsOf, hasSlots, isResizable, mapEach, mapGet, mapSet, mapSize, maxSizeOf, nameOf, setEach, setSize, sourceOf, timeOf } from './clone.js';
import { DOMException } from './errors.js';
import {
  BITS, UNDEFINED, NULL, TRUE, FALSE, INT, NUMBER, BIGINT, OBJECT, ARRAY, SPARSE, MAP, SET, DATE, REGEXP, BUFFER, VIEW, ERROR, WRAPPER, EXCEPTION,
  AGAIN, STUB, READABLE, WRITABLE, REQUEST, RESPONSE, HEADERS, BLOB, SERVICE,
} from './rpc/codes.js';
import { enter, isTarget } from './rpc/targets.js';
import { clonerOf } from './webidl.js';

const { call } = Function.prototype;
const { getOwnPropertyDescriptor, getPrototypeOf, keys } = Object;
const { isArray } = Array;
const NativeMap = Map, NativeErrors = AggregateError;
const WRAPPERS = [Boolean, Number, String, BigInt].map((type) => ({ prototype: type.prototype, valueOf: call.bind(type.prototype.valueOf) }));
const MOST_INT = 2 ** 25;

function typeOf(value) {
  try {
    return `${value.constructor?.name ?? ''}` || 'Object';
  } catch {
    return 'Object';
  }
}

const uncloned = (text) => new DOMException(text, 'DataCloneError');
const refused = (value) => uncloned(`Could not serialize object of type "${typeOf(value)}". This type does not support serialization.`);

export class Writer {
  count = 0;
  memory = undefined;

  // `keep(promise)` keeps the event open until a stream of its own was sent. Errors go with what they say of themselves besides, if that is asked for.
  constructor(message, keep, wholeErrors = true) {
    this.message = message;
    this.keep = keep;
    this.wholeErrors = wholeErrors;
  }

  write(value) {
    const { message } = this;
    switch (typeof value) {
      case 'string': message.text(value); break;
      case 'number': this.number(value); break;
      case 'boolean': message.code(value ? TRUE : FALSE); break;
      case 'undefined': message.code(UNDEFINED); break;
      case 'object':
        if (value === null) message.code(NULL);
        else this.object(value);
        break;
      case 'function':
        if (!this.again(value)) this.give(value);
        break;
      case 'bigint':
        message.code(BIGINT);
        message.text(`${value}`);
        break;
      default: throw uncloned(`${String(value)} could not be cloned.`);
    }
  }

  number(value) {
    const { message } = this;
    if ((value | 0) === value && value < MOST_INT && value > -MOST_INT && (value !== 0 || 1 / value > 0)) {
      message.code(INT | value << BITS);
    } else {
      message.code(NUMBER);
      message.number(value);
    }
  }

  // A stub as it is, anything else through the table.
  give(value) {
    const { isPending, stubOf } = load('rpc/stubs'), stub = stubOf(value);
    if (stub === undefined && isPending(value)) throw refused(value);
    this.remember(value);
    this.message.code(STUB);
    if (stub === undefined) this.message.target(enter(value));
    else this.message.stub(stub);
  }

  // Whether it is in the message already, which then says so.
  again(value) {
    const known = this.count === 0 ? undefined : mapGet(this.memory, value);
    if (known === undefined) return false;
    this.message.code(AGAIN | known << BITS);
    return true;
  }

  object(value) {
    if (this.again(value)) return;
    const { message } = this;
    if (isArray(value)) {
      this.remember(value);
      this.array(value);
      return;
    }
    const prototype = getPrototypeOf(value);
    if (prototype === PLAIN || prototype === null) {
      this.remember(value);
      const names = keys(value), { length } = names;
      message.code(OBJECT | length << BITS);
      for (let i = 0; i < length; i++) {
        message.text(names[i]);
        this.write(value[names[i]]);
      }
    } else if (!this.builtIn(value, prototype)) {
      if (isTarget(value)) this.give(value);
      else if (!this.platform(value, prototype)) throw refused(value);
    }
  }

  remember(value) {
    mapSet(this.memory ??= new NativeMap(), value, this.count++);
  }

  array(value) {
    const { message } = this, { length } = value, names = keys(value);
    if (names.length === length) {
      message.code(ARRAY | length << BITS);
      // Indices come first, and in order.
      if (length === 0 || names[length - 1] === `${length - 1}`) {
        message.code(TRUE);
        for (let i = 0; i < length; i++) this.write(value[i]);
        return;
      }
      message.code(FALSE);
    } else {
      message.code(SPARSE | names.length << BITS);
      message.number(length);
    }
    for (let i = 0; i < names.length; i++) {
      message.text(names[i]);
      this.write(value[names[i]]);
    }
  }

  // The objects of the language. False for any other.
  builtIn(value, prototype) {
    const { message } = this;
    for (let at = prototype; at !== null && at !== PLAIN; at = getPrototypeOf(at)) {
      const kind = kindOfPrototype(at);
      if (kind !== undefined && hasSlots(kind.slot, value)) {
        this.remember(value);
        kind.write(this, message, value);
        return true;
      }
    }
    return false;
  }

  buffer(value) {
    if (isDetached(value)) throw uncloned('An ArrayBuffer is detached and could not be cloned.');
    const { message } = this, resizable = isResizable(value);
    message.code(BUFFER | (resizable ? 1 : 0) << BITS);
    message.bytes(value);
    if (resizable) message.number(maxSizeOf(value));
  }

  view(value) {
    const { size } = kindOf(value);
    let extent;
    try {
      extent = extentOf(value);
    } catch {
      throw uncloned('A view out of the bounds of its buffer could not be cloned.');
    }
    const { message } = this, { buffer, offset, length } = extent;
    message.code(VIEW);
    message.text(nameOfView(value));
    message.number(offset);
    message.number(length / size);
    this.write(buffer);
  }

  error(value) {
    const { message } = this, cause = getOwnPropertyDescriptor(value, 'cause');
    const text = getOwnPropertyDescriptor(value, 'message'), stack = getOwnPropertyDescriptor(value, 'stack')?.value;
    message.code(ERROR | (cause !== undefined && 'value' in cause ? 1 : 0) << BITS);
    message.text(`${value.name}`);
    message.text(text !== undefined && 'value' in text ? `${text.value}` : `${value.message}`);
    message.text(typeof stack === 'string' ? stack : '');
    if (cause !== undefined && 'value' in cause) this.write(cause.value);
    // What it says of itself besides: a code, a status, the errors of an AggregateError.
    const names = this.wholeErrors ? keys(value).filter((name) => name !== 'message' && name !== 'stack' && name !== 'cause' && name !== 'remote') : [];
    if (this.wholeErrors) addHidden(value, names);
    message.code(names.length);
    for (let i = 0; i < names.length; i++) {
      message.text(names[i]);
      this.write(value[names[i]]);
    }
  }

  // The objects of the Web APIs. False for any other.
  platform(value, prototype) {
    let cloner;
    for (let at = prototype; cloner === undefined && at !== null && at !== PLAIN; at = getPrototypeOf(at)) cloner = clonerOf(at);
    const { message } = this;
    if (cloner === undefined) {
      const binding = load('bindings/service').hostOf(value);
      if (binding === undefined) return false;
      this.remember(value);
      message.code(SERVICE);
      message.service(binding);
      return true;
    }
    const { isReadableStream, isWritableStream } = load('streams');
    if (isReadableStream(value)) {
      this.readable(value);
    } else if (isWritableStream(value)) {
      message.code(WRITABLE);
      message.target(enter(load('rpc/streams').sinkOf(value)));
    } else if (load('request').isRequest(value)) {
      const { outgoingRequest, redirectOf } = load('request');
      const { method, url, headers, body, pumped } = outgoingRequest(value);
      message.code(REQUEST);
      message.text(method);
      message.text(url);
      message.text(headers);
      message.text(redirectOf(value));
      this.content(body);
      if (pumped !== undefined) this.keep(pumped);
    } else if (value instanceof load('response').Response) {
      const webSocket = load('response').webSocketOf(value);
      if (webSocket !== null) throw refused(webSocket);
      const pumped = load('response').outgoing(value, (status, headers, content, statusText = '') => {
        message.code(RESPONSE | status << BITS);
        message.text(statusText);
        message.text(headers);
        message.text(value.url);
        this.content(content);
      });
      if (pumped !== undefined) this.keep(pumped);
    } else if (value instanceof load('headers').Headers) {
      message.code(HEADERS);
      message.text(load('headers').listOf(value));
    } else if (load('blob').bytesOf(value) !== undefined) {
      this.remember(value);
      const { buffer, offset, length, type } = load('blob').bytesOf(value), isFile = value instanceof load('blob').File;
      message.code(BLOB | (isFile ? 1 : 0) << BITS);
      message.bytes(length === sizeOf(buffer) ? buffer : slice(buffer, offset, length));
      message.text(type);
      if (isFile) {
        message.text(value.name);
        message.number(value.lastModified);
      }
    } else {
      throw refused(value);
    }
    return true;
  }

  readable(value) {
    const { pump, reclaim } = load('body/content'), { isDisturbed, isLocked } = load('streams');
    if (isDisturbed(value) || isLocked(value)) throw new TypeError('The ReadableStream has been locked to a reader.');
    this.message.code(READABLE);
    const source = reclaim(value);
    if (source !== undefined) this.content(source.content);
    else this.keep(pump(value, (pipe) => this.content(pipe), true));
  }

  content(content) {
    if (content === null) this.message.code(NULL);
    else if (typeof content === 'string') this.message.text(content);
    else this.message.body(content);
  }
}

// The properties of the language's own errors that say something and are not enumerable.
function addHidden(value, names) {
  const add = (name, wanted) => {
    const property = getOwnPropertyDescriptor(value, name);
    if (property !== undefined && !property.enumerable && wanted(property.value)) names[names.length] = name;
  };
  if (value instanceof NativeErrors) add('errors', isArray);
  if (value.name !== 'SuppressedError') return;
  add('error', () => true);
  add('suppressed', () => true);
}

const KINDS = new NativeMap();
const kindOfPrototype = KINDS.get.bind(KINDS);
const define = (prototype, slot, write) => KINDS.set(prototype, { slot, write });
for (let i = 0; i < WRAPPERS.length; i++) {
  const { prototype, valueOf } = WRAPPERS[i];
  define(prototype, valueOf, (writer, message, value) => {
    message.code(WRAPPER);
    writer.write(valueOf(value));
  });
}
define(Date.prototype, timeOf, (writer, message, value) => {
  message.code(DATE);
  message.number(timeOf(value));
});
define(RegExp.prototype, sourceOf, (writer, message, value) => {
  message.code(REGEXP);
  message.text(sourceOf(value));
  message.text(flagsOf(value));
});
define(ArrayBuffer.prototype, sizeOf, (writer, message, value) => writer.buffer(value));
define(getPrototypeOf(Uint8Array.prototype), kindOf, (writer, message, value) => writer.view(value));
define(DataView.prototype, kindOf, (writer, message, value) => writer.view(value));
define(Map.prototype, mapSize, (writer, message, value) => {
  const items = [];
  mapEach(value, (item, key) => {
    items[items.length] = key;
    items[items.length] = item;
  });
  message.code(MAP | items.length / 2 << BITS);
  for (let i = 0; i < items.length; i++) writer.write(items[i]);
});
define(Set.prototype, setSize, (writer, message, value) => {
  const items = [];
  setEach(value, (item) => { items[items.length] = item; });
  message.code(SET | items.length << BITS);
  for (let i = 0; i < items.length; i++) writer.write(items[i]);
});
define(DOMException.prototype, nameOf, (writer, message, value) => {
  message.code(EXCEPTION);
  message.text(nameOf(value));
  message.text(`${value.message}`);
  message.text(`${value.stack}`);
});
define(Error.prototype, () => {}, (writer, message, value) => writer.error(value));
for (const type of [Symbol, WeakMap, WeakSet, WeakRef, Promise]) {
  define(type.prototype, () => {}, () => { throw uncloned(`#<${type.name}> could not be cloned.`); });
}
