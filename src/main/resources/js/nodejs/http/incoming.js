// http.IncomingMessage: https://nodejs.org/api/http.html#class-httpincomingmessage

import { Buffer } from './node/buffer.js';
import { Readable } from './node/stream.js';
import { define, extend, noop } from './nodejs/streams/base.js';

const READER = Symbol('reader'), HEADERS = Symbol('headers');
// Of these the first counts, where a message has several.
const ONCE = ['age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since', 'if-unmodified-since', 'last-modified', 'location',
  'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent'];

export function IncomingMessage(socket = undefined) {
  if (!(this instanceof IncomingMessage)) return new IncomingMessage(socket);
  Readable.call(this, { highWaterMark: socket?.readableHighWaterMark });
  Object.assign(this, { socket, httpVersionMajor: 1, httpVersionMinor: 1, httpVersion: '1.1', complete: false, rawHeaders: [], rawTrailers: [], joinDuplicateHeaders: false, aborted: false,
    upgrade: false, url: '', method: null, statusCode: null, statusMessage: null, client: socket });
  this[READER] = null;
  this[HEADERS] = undefined;
}
extend(IncomingMessage, Readable);

// Gives a message the headers and the body, which may be null, of a Request or Response.
export function fill(message, { headers, body }) {
  for (const [name, value] of headers) message.rawHeaders.push(name, value);
  if (body !== null) message[READER] = body.getReader();
}

function add(headers, name, value) {
  if (name === 'set-cookie') (headers[name] ??= []).push(value);
  else if (headers[name] === undefined) headers[name] = value;
  else if (!ONCE.includes(name)) headers[name] += `${name === 'cookie' ? '; ' : ', '}${value}`;
}

define(IncomingMessage, {
  _read() {
    const reader = this[READER];
    if (reader === null) {
      this.complete = true;
      this.push(null);
      return;
    }
    reader.read().then(({ value, done }) => {
      if (this.destroyed) return;
      if (done) {
        this[READER] = null;
        this.complete = true;
        this.push(null);
        this.read(0);
      } else {
        this.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
      }
    }, (error) => this.destroy(error));
  },

  _destroy(error, callback) {
    if (!this.readableEnded || !this.complete) {
      this.aborted = true;
      this.emit('aborted');
    }
    const reader = this[READER];
    this[READER] = null;
    reader?.cancel(error ?? undefined).catch(noop);
    // Nobody may be listening for what ended a request that was not read.
    if (error !== null && this.listenerCount('error') === 0) error = null;
    callback(error);
  },

  setTimeout(time, callback = undefined) {
    if (callback !== undefined) this.on('timeout', callback);
    this.socket?.setTimeout(time);
    return this;
  },

  _dump() {
    this.resume();
  },

  _addHeaderLine(name, value, headers) {
    add(headers, name.toLowerCase(), value);
  },

  get connection() { return this.socket; },
  set connection(socket) { this.socket = socket; },

  get headers() {
    if (this[HEADERS] === undefined) {
      const headers = this[HEADERS] = {};
      for (let i = 0; i < this.rawHeaders.length; i += 2) add(headers, this.rawHeaders[i].toLowerCase(), this.rawHeaders[i + 1]);
    }
    return this[HEADERS];
  },
  set headers(headers) { this[HEADERS] = headers; },

  get headersDistinct() {
    const headers = { __proto__: null };
    for (let i = 0; i < this.rawHeaders.length; i += 2) (headers[this.rawHeaders[i].toLowerCase()] ??= []).push(this.rawHeaders[i + 1]);
    return headers;
  },

  get trailers() { return {}; },
  get trailersDistinct() { return { __proto__: null }; },
});
