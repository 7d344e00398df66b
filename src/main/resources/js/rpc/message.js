// How values cross from one isolate to another: structured cloning (https://html.spec.whatwg.org/multipage/structured-data.html) in two halves, with an
// RpcMessage of Java in between, and what RPC adds to it: functions and targets go by stub; requests, responses, headers and streams by reference.
// https://developers.cloudflare.com/workers/runtime-apis/rpc/
//
// A message is a list of items. A value is a string, or a code: its kind in the low bits, a number above them, and items after it. Objects are
// counted from 0 in the order in which they begin, on both sides, so that one that comes again is named by its number.

import { extentOf, isDetached, kindOf, nameOfView, sizeOf, slice, viewNamed } from './buffers.js';
import {
  PLAIN, flagsOf, hasSlots, isResizable, mapEach, mapGet, mapSet, mapSize, maxSizeOf, nameOf, put, setAdd, setEach, setSize, sourceOf, timeOf,
} from './clone.js';
import { DOMException } from './errors.js';
import { rpc } from './rpc/host.js';
import { enter, isTarget } from './rpc/targets.js';
import { clonerOf } from './webidl.js';

const { call } = Function.prototype;
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, keys } = Object;
const { isArray } = Array;
const NativeMap = Map, NativeSet = Set, NativeDate = Date, NativeRegExp = RegExp, NativeObject = Object, NativeBigInt = BigInt;
const Buffer = ArrayBuffer, Bytes = Uint8Array;
const ERRORS = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const WRAPPERS = [Boolean, Number, String, BigInt].map((type) => ({ prototype: type.prototype, valueOf: call.bind(type.prototype.valueOf) }));

const UNDEFINED = 0, NULL = 1, TRUE = 2, FALSE = 3, INT = 4, NUMBER = 5, BIGINT = 6, OBJECT = 7, ARRAY = 8, SPARSE = 9, MAP = 10, SET = 11, DATE = 12,
  REGEXP = 13, BUFFER = 14, VIEW = 15, ERROR = 16, WRAPPER = 17, EXCEPTION = 18, AGAIN = 19, STUB = 20, READABLE = 21, WRITABLE = 22, REQUEST = 23,
  RESPONSE = 24, HEADERS = 25, BLOB = 26, THREW = 27;
const BITS = 5, MASK = 31;
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

class Writer {
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

class Reader {
  values = [];

  constructor(message) {
    this.message = message;
  }

  read() {
    const { message } = this, item = message.next();
    if (typeof item === 'string') return item;
    const n = item >> BITS;
    switch (item & MASK) {
      case UNDEFINED: return undefined;
      case NULL: return null;
      case TRUE: return true;
      case FALSE: return false;
      case INT: return n;
      case NUMBER: return message.next();
      case BIGINT: return NativeBigInt(message.next());
      case OBJECT: {
        const object = this.remember({});
        for (let i = 0; i < n; i++) place(object, message.next(), this.read());
        return object;
      }
      case ARRAY: return this.array(n, n, message.next() === TRUE);
      case SPARSE: return this.array(message.next(), n, false);
      case MAP: {
        const map = this.remember(new NativeMap());
        for (let i = 0; i < n; i++) {
          const key = this.read();
          mapSet(map, key, this.read());
        }
        return map;
      }
      case SET: {
        const set = this.remember(new NativeSet());
        for (let i = 0; i < n; i++) setAdd(set, this.read());
        return set;
      }
      case DATE: return this.remember(new NativeDate(message.next()));
      case REGEXP: {
        const source = message.next();
        return this.remember(new NativeRegExp(source, message.next()));
      }
      case BUFFER: return this.buffer(n === 1);
      case VIEW: return this.view();
      case ERROR: return this.error(n === 1);
      case WRAPPER: {
        const at = this.values.length++;
        return this.values[at] = NativeObject(this.read());
      }
      case EXCEPTION: {
        const name = message.next(), exception = this.remember(new DOMException(message.next(), name));
        keepText(exception, 'stack', message.next());
        return exception;
      }
      case AGAIN: return this.values[n];
      case STUB: return load('rpc/stubs').stub(message.next());
      case READABLE: return this.readable();
      case WRITABLE: return load('rpc/streams').writable(message.next());
      case REQUEST: {
        const method = message.next(), url = message.next(), headers = message.next(), redirect = message.next(), body = this.content();
        const { Request, incomingRequest } = load('request');
        const request = incomingRequest(method, url, headers, body, null, false);
        return redirect === 'follow' ? request : new Request(request, { redirect });
      }
      case RESPONSE: {
        const statusText = message.next(), headers = message.next(), url = message.next();
        return load('response').incomingResponse(n, statusText, headers, this.content(), { url, immutable: false });
      }
      case HEADERS: return load('headers').headersOf(message.next(), false);
      case BLOB: {
        const at = this.values.length++, buffer = new Buffer(message.next()), type = message.next();
        const blob = load('blob').blobOf(buffer, type);
        if (n === 0) return this.values[at] = blob;
        const name = message.next(), lastModified = message.next();
        return this.values[at] = new (load('blob').File)([blob], name, { type, lastModified });
      }
      case THREW: throw this.read();
    }
  }

  remember(value) {
    this.values[this.values.length] = value;
    return value;
  }

  array(length, count, dense) {
    const { message } = this, array = this.remember([]);
    if (dense) {
      for (let i = 0; i < count; i++) array[i] = this.read();
      return array;
    }
    array.length = length;
    for (let i = 0; i < count; i++) place(array, message.next(), this.read());
    return array;
  }

  buffer(resizable) {
    const { message } = this, bytes = new Buffer(message.next());
    if (!resizable) return this.remember(bytes);
    const copy = new Buffer(sizeOf(bytes), { maxByteLength: message.next() });
    put(new Bytes(copy), new Bytes(bytes));
    return this.remember(copy);
  }

  view() {
    const { message } = this, at = this.values.length++, type = viewNamed(message.next()), offset = message.next(), length = message.next();
    return this.values[at] = new type(this.read(), offset, length);
  }

  error(hasCause) {
    const { message } = this, name = message.next(), text = message.next(), stack = message.next();
    const error = this.remember(new (ERRORS[name] ?? ERRORS.Error)(text));
    if (!(name in ERRORS)) keepText(error, 'name', name);
    if (stack !== '') keepText(error, 'stack', stack);
    if (hasCause) keepText(error, 'cause', this.read());
    for (let i = message.next(); i > 0; i--) place(error, message.next(), this.read());
    return error;
  }

  readable() {
    const content = this.content(), { HOST, TEXT, streamOf, usedStream } = load('body/content');
    if (content === null) return usedStream();
    return streamOf(typeof content === 'string' ? TEXT : HOST, content);
  }

  content() {
    const item = this.message.next();
    return item === NULL ? null : item;
  }
}

function keepText(object, name, value) {
  defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });
}

function place(object, name, value) {
  // Only what is on Object.prototype, such as __proto__, may have a setter.
  if (name in object) defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  else object[name] = value;
}

// Calls `write(message)`; the message is let go if it fails.
function written(message, write) {
  try {
    write(message);
    return message;
  } catch (error) {
    message.release();
    throw error;
  }
}

// The arguments of a call, as a message.
export function argumentsMessage(args, keep) {
  return written(rpc.message(), (message) => {
    const { length } = args, writer = new Writer(message, keep);
    message.code(length);
    for (let i = 0; i < length; i++) writer.write(args[i]);
  });
}

export function readArguments(message) {
  const length = message.next(), args = [], reader = new Reader(message);
  for (let i = 0; i < length; i++) args[i] = reader.read();
  return args;
}

export function resultMessage(call, value, keep) {
  return written(rpc.reply(call), (message) => new Writer(message, keep).write(value));
}

// The answer of a call that failed. What cannot be sent is told in words.
export function failureMessage(call, error, keep) {
  const failure = (value) => written(rpc.reply(call), (message) => {
    message.code(THREW);
    new Writer(message, keep).write(value);
  });
  try {
    return failure(error);
  } catch {
    const { name, message } = load('errors').describe(error);
    return failure(name in ERRORS ? new ERRORS[name](message) : new DOMException(message, name));
  }
}

// The result of a call; throws what the callee threw.
export function readResult(message) {
  return new Reader(message).read();
}
