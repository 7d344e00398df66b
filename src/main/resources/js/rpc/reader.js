// Values out of a message: the other half of structured cloning.

import { sizeOf, viewNamed } from './buffers.js';
import { mapSet, put, setAdd } from './clone.js';
import { DOMException } from './errors.js';
import {
  BITS, ERRORS, MASK, UNDEFINED, NULL, TRUE, FALSE, INT, NUMBER, BIGINT, OBJECT, ARRAY, SPARSE, MAP, SET, DATE, REGEXP, BUFFER, VIEW, ERROR, WRAPPER,
  EXCEPTION, AGAIN, STUB, READABLE, WRITABLE, REQUEST, RESPONSE, HEADERS, BLOB, THREW, SERVICE,
} from './rpc/codes.js';
import { rpc } from './rpc/host.js';

const { defineProperty } = Object;
const NativeMap = Map, NativeSet = Set, NativeDate = Date, NativeRegExp = RegExp, NativeObject = Object, NativeBigInt = BigInt,
  NativeErrors = AggregateError;
const Buffer = ArrayBuffer, Bytes = Uint8Array;

export class Reader {
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
        keep(exception, 'stack', message.next());
        return exception;
      }
      case AGAIN: return this.values[n];
      case STUB: return this.remember(load('rpc/stubs').stub(message.next()));
      case SERVICE: return this.remember(load('bindings/service').bind(rpc.adopt(message.next())));
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
    const error = this.remember(newError(name, text));
    if (error.name !== name) keep(error, 'name', name);
    if (stack !== '') keep(error, 'stack', stack);
    if (hasCause) keep(error, 'cause', this.read());
    for (let i = message.next(); i > 0; i--) {
      const key = message.next(), value = this.read();
      if (key === 'errors' || name === 'SuppressedError' && (key === 'error' || key === 'suppressed')) keep(error, key, value);
      else place(error, key, value);
    }
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

function newError(name, text) {
  switch (name) {
    case 'AggregateError': return new NativeErrors([], text);
    case 'SuppressedError': return new (load('disposal').SuppressedError)(undefined, undefined, text);
    default: return new (ERRORS[name] ?? ERRORS.Error)(text);
  }
}

function keep(object, name, value) {
  defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });
}

function place(object, name, value) {
  // Only what is on Object.prototype, such as __proto__, may have a setter.
  if (name in object) defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  else object[name] = value;
}
