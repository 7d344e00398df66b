// Values into a message: the first half of structured cloning, and what RPC adds to it. rpc/message.js tells the form.

import { extentOf, isDetached, kindOf, nameOfView, sizeOf, slice } from './buffers.js';
import { PLAIN, flagsOf, hasSlots, isResizable, mapEach, mapGet, mapSet, mapSize, maxSizeOf, nameOf, setEach, setSize, sourceOf, timeOf } from './clone.js';
import { DOMException } from './errors.js';
import {
  BITS, UNDEFINED, NULL, TRUE, FALSE, INT, NUMBER, BIGINT, OBJECT, ARRAY, SPARSE, MAP, SET, DATE, REGEXP, BUFFER, VIEW, ERROR, WRAPPER, EXCEPTION,
  AGAIN, STUB, READABLE, WRITABLE, REQUEST, RESPONSE, HEADERS, BLOB,
} from './rpc/codes.js';
import { enter, isTarget } from './rpc/targets.js';
import { clonerOf } from './webidl.js';

const { call } = Function.prototype;
const { getOwnPropertyDescriptor, getPrototypeOf, keys } = Object;
const { isArray } = Array;
const NativeMap = Map;
const WRAPPERS = [Boolean, Number, String, BigInt].map((type) => ({ prototype: type.prototype, valueOf: call.bind(type.prototype.valueOf) }));
const MOST_INT = 2 ** 25;

function refused(value) {
  let name = 'Object';
  try {
    name = `${value.constructor?.name ?? name}`;
  } catch {
    // It has none to tell.
  }
  return new DOMException(`Could not serialize object of type "${name}". This type does not support serialization.`, 'DataCloneError');
}

export class Writer {
  count = 0;
  memory = undefined;

  // `keep(promise)` keeps the event open until a stream of its own was sent.
  constructor(message, keep) {
    this.message = message;
    this.keep = keep;
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
      case 'function': this.give(value); break;
      case 'bigint':
        message.code(BIGINT);
        message.text(`${value}`);
        break;
      default: throw new DOMException('A symbol could not be cloned.', 'DataCloneError');
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
    const stub = load('rpc/stubs').stubOf(value);
    this.message.code(STUB);
    if (stub === undefined) this.message.target(enter(value));
    else this.message.stub(stub);
  }

  object(value) {
    const { message } = this, known = this.count === 0 ? undefined : mapGet(this.memory, value);
    if (known !== undefined) {
      message.code(AGAIN | known << BITS);
      return;
    }
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
    if (isDetached(value)) throw new DOMException('A detached ArrayBuffer could not be cloned.', 'DataCloneError');
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
      throw new DOMException('A view out of the bounds of its buffer could not be cloned.', 'DataCloneError');
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
    // What it says of itself besides: a code, a status.
    const names = keys(value).filter((name) => name !== 'message' && name !== 'stack' && name !== 'cause' && isPrimitive(value[name]));
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
    if (cloner === undefined) return false;
    const { message } = this;
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
    const { checkUnused, pump, reclaim } = load('body/content');
    checkUnused(value);
    this.message.code(READABLE);
    const source = reclaim(value);
    if (source !== undefined) this.content(source.content);
    else this.keep(pump(value, (pipe) => this.content(pipe)));
  }

  content(content) {
    if (content === null) this.message.code(NULL);
    else if (typeof content === 'string') this.message.text(content);
    else this.message.body(content);
  }
}

function isPrimitive(value) {
  return value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol');
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
  define(type.prototype, () => {}, (writer, message, value) => { throw refused(value); });
}
