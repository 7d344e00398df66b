// http.OutgoingMessage, what ClientRequest and ServerResponse have in common: https://nodejs.org/api/http.html#class-httpoutgoingmessage

import { Writable } from './node/stream.js';
import { coded, invalidArgType, requireString } from './nodejs/errors.js';
import { isToken, validateHeaderName, validateHeaderValue } from './nodejs/http/names.js';
import { define, extend } from './nodejs/streams/base.js';

// By names in lower case: [name, value].
const HEADERS = Symbol('headers');
// What the connection is about, which is the host's.
const OF_THE_CONNECTION = ['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'trailer'];

export function OutgoingMessage(options = undefined) {
  if (!(this instanceof OutgoingMessage)) return new OutgoingMessage(options);
  Writable.call(this, { highWaterMark: options?.highWaterMark, autoDestroy: options?.autoDestroy });
  Object.assign(this, { socket: null, sendDate: true, chunkedEncoding: false, shouldKeepAlive: true, useChunkedEncodingByDefault: true, finished: false, strictContentLength: false,
    maxRequestsOnConnectionReached: false, _header: null, _removedConnection: false, _contentLength: null, _hasBody: true });
  this[HEADERS] = new Map();
}
extend(OutgoingMessage, Writable);

function unsent(message, what) {
  if (message._header !== null) throw coded(Error, 'ERR_HTTP_HEADERS_SENT', `Cannot ${what} headers after they are sent to the client`);
}

// Of [name, value, ...] or [[name, value], ...].
export function pairsOf(headers) {
  if (Array.isArray(headers[0])) return headers;
  const pairs = [];
  for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i], headers[i + 1]]);
  return pairs;
}

// As pairs, without those of the connection.
export function headerPairs(message) {
  const pairs = [];
  for (const [key, [name, value]] of message[HEADERS]) {
    if (OF_THE_CONNECTION.includes(key)) continue;
    for (const each of Array.isArray(value) ? value : [value]) pairs.push([name, `${each}`]);
  }
  return pairs;
}

define(OutgoingMessage, {
  setHeader(name, value) {
    unsent(this, 'set');
    validateHeaderName(name);
    for (const each of Array.isArray(value) ? value : [value]) validateHeaderValue(name, each);
    this[HEADERS].set(name.toLowerCase(), [name, value]);
    return this;
  },

  setHeaders(headers) {
    unsent(this, 'set');
    if (typeof headers?.entries !== 'function' || Array.isArray(headers)) throw invalidArgType('headers', 'an instance of Headers or Map', headers);
    const cookies = [];
    for (const [name, value] of headers) {
      if (name === 'set-cookie') cookies.push(...Array.isArray(value) ? value : [value]);
      else this.setHeader(name, value);
    }
    if (cookies.length > 0) this.setHeader('set-cookie', cookies);
    return this;
  },

  appendHeader(name, value) {
    unsent(this, 'append');
    validateHeaderName(name);
    const known = this.getHeader(name), values = Array.isArray(value) ? value : [value];
    for (const each of values) validateHeaderValue(name, each);
    if (known === undefined) this[HEADERS].set(name.toLowerCase(), [name, value]);
    else this[HEADERS].get(name.toLowerCase())[1] = [...Array.isArray(known) ? known : [known], ...values];
    return this;
  },

  getHeader(name) {
    requireString(name, 'name');
    return this[HEADERS].get(name.toLowerCase())?.[1];
  },

  getHeaders() {
    const headers = { __proto__: null };
    for (const [key, [, value]] of this[HEADERS]) headers[key] = value;
    return headers;
  },

  getHeaderNames() {
    return [...this[HEADERS].keys()];
  },

  getRawHeaderNames() {
    return Array.from(this[HEADERS].values(), ([name]) => name);
  },

  hasHeader(name) {
    requireString(name, 'name');
    return this[HEADERS].has(name.toLowerCase());
  },

  removeHeader(name) {
    requireString(name, 'name');
    unsent(this, 'remove');
    this[HEADERS].delete(name.toLowerCase());
  },

  // The host's connections have none.
  addTrailers(headers) {
    for (const [name, value] of Array.isArray(headers) ? headers : Object.entries(headers)) {
      if (!isToken(name)) throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Trailer name must be a valid HTTP token ["${name}"]`);
      validateHeaderValue(name, value);
    }
  },

  setTimeout(time, callback = undefined) {
    if (callback !== undefined) this.on('timeout', callback);
    this.socket?.setTimeout(time);
    return this;
  },

  flushHeaders() {
    if (this._header === null) this._implicitHeader();
  },

  _implicitHeader() {
    throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _implicitHeader() method is not implemented');
  },

  get headersSent() { return this._header !== null; },
  get connection() { return this.socket; },
  set connection(socket) { this.socket = socket; },
  get _headers() { return this.getHeaders(); },
  get _headerNames() { return Object.fromEntries(Array.from(this[HEADERS], ([key, [name]]) => [key, name])); },
});
