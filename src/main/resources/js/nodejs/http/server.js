// http.Server and http.ServerResponse: https://nodejs.org/api/http.html#class-httpserver. A server listens to the worker's own events, by its port:
// https://developers.cloudflare.com/workers/runtime-apis/nodejs/http/#http-server-apis

import { Buffer } from './node/buffer.js';
import { EventEmitter } from './node/events.js';
import { coded, invalidArgType, requireFunction, requireInteger } from './nodejs/errors.js';
import { IncomingMessage, fill } from './nodejs/http/incoming.js';
import { STATUS_CODES, validateHeaderName } from './nodejs/http/names.js';
import { OutgoingMessage, headerPairs, pairsOf } from './nodejs/http/outgoing.js';
import { MessageSocket } from './nodejs/http/socket.js';
import { define, extend } from './nodejs/streams/base.js';
import { nextTick } from './nodejs/ticks.js';
import { Response } from './response.js';
import { ReadableStream } from './streams/readable.js';
import { URL } from './url.js';

const ANSWER = Symbol('answer'), BODY = Symbol('body'), WHOLE = Symbol('whole');
const BODYLESS = [101, 204, 205, 304];

export function ServerResponse(request, options = undefined) {
  if (!(this instanceof ServerResponse)) return new ServerResponse(request, options);
  OutgoingMessage.call(this, options);
  Object.assign(this, { req: request, statusCode: 200, statusMessage: undefined, socket: request?.socket ?? null, _hasBody: request?.method !== 'HEAD', _sent100: false });
  // Takes the Response, when its head is known.
  this[ANSWER] = undefined;
  // The controller of its body, where that is a stream, and the write that waits for it to be read.
  this[BODY] = null;
  // The pieces of a body that is there at the end of all that is written at once.
  this[WHOLE] = null;
}
extend(ServerResponse, OutgoingMessage);

function respond(response, body) {
  const { statusCode: status } = response, headers = headerPairs(response);
  const withBody = response._hasBody && !BODYLESS.includes(status);
  const init = { status, headers, statusText: response.statusMessage };
  // What says that it is encoded is so already.
  if (response.hasHeader('content-encoding')) init.encodeBody = 'manual';
  response[ANSWER]?.(new Response(withBody ? body : null, init));
  return withBody;
}

// Answers with a stream, into which is written from now on.
function stream(response) {
  const body = response[BODY] = { controller: undefined, waiting: undefined, closed: false };
  const readable = new ReadableStream({
    type: 'bytes',
    start(controller) { body.controller = controller; },
    pull() {
      const { waiting } = body;
      body.waiting = undefined;
      waiting?.();
    },
    cancel() {
      body.closed = true;
      response.destroy();
    },
  }, { highWaterMark: 0 });
  body.closed = !respond(response, readable);
}

define(ServerResponse, {
  writeHead(status, message, headers) {
    if (this._header !== null) throw coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot write headers after they are sent to the client');
    const code = status | 0;
    if (code < 100 || code > 999) throw coded(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${status}`);
    if (typeof message === 'string') this.statusMessage = message;
    else {
      this.statusMessage ??= STATUS_CODES[code] ?? 'unknown';
      headers ??= message;
    }
    this.statusCode = code;
    if (headers) {
      if (Array.isArray(headers)) {
        const pairs = pairsOf(headers);
        for (const [name] of pairs) this.removeHeader(name);
        for (const [name, value] of pairs) this.appendHeader(name, value);
      } else {
        for (const name of Object.keys(headers)) if (name) this.setHeader(name, headers[name]);
      }
    }
    this._header = `HTTP/1.1 ${code} ${this.statusMessage}\r\n`;
    return this;
  },

  writeHeader(...args) { return this.writeHead(...args); },
  _implicitHeader() { this.writeHead(this.statusCode); },

  flushHeaders() {
    if (this._header === null) this._implicitHeader();
    if (this[BODY] === null) stream(this);
  },

  write(chunk, encoding, callback) {
    if (this._header === null) this._implicitHeader();
    return OutgoingMessage.prototype.write.call(this, chunk, encoding, callback);
  },

  end(chunk, encoding, callback) {
    if (this._header === null) this._implicitHeader();
    // Nothing was written before: the body is what is given here.
    if (this[BODY] === null && this[WHOLE] === null && this.writableLength === 0) this[WHOLE] = [];
    OutgoingMessage.prototype.end.call(this, chunk, encoding, callback);
    this.finished = true;
    return this;
  },

  _write(chunk, encoding, callback) {
    if (this[WHOLE] !== null) {
      this[WHOLE].push(chunk);
      callback();
      return;
    }
    if (this[BODY] === null) stream(this);
    const body = this[BODY];
    if (body.closed || chunk.byteLength === 0) {
      callback();
      return;
    }
    // A copy: a stream of bytes takes what it is given away.
    body.waiting = callback;
    body.controller.enqueue(new Uint8Array(chunk));
  },

  _final(callback) {
    if (this[WHOLE] !== null) {
      respond(this, this[WHOLE].length === 0 ? null : this[WHOLE].length === 1 ? this[WHOLE][0] : Buffer.concat(this[WHOLE]));
    } else {
      if (this[BODY] === null) stream(this);
      if (!this[BODY].closed) this[BODY].controller.close();
      this[BODY].closed = true;
    }
    callback();
  },

  _destroy(error, callback) {
    const body = this[BODY];
    if (!this.writableFinished) {
      const reason = error ?? new Error('The response was destroyed before it ended.');
      if (body !== null && !body.closed) body.controller.error(reason);
      else if (body === null) this[ANSWER]?.(Promise.reject(reason));
      if (body !== null) body.closed = true;
    }
    callback(error);
  },

  // What is told before a response is the host's.
  writeContinue(callback = undefined) { if (callback) nextTick(callback); },
  writeProcessing(callback = undefined) { if (callback) nextTick(callback); },
  writeInformation(status, headers, callback = undefined) { if (callback) nextTick(callback); },
  writeEarlyHints(hints, callback = undefined) {
    for (const name of Object.keys(hints ?? {})) validateHeaderName(name);
    if (callback) nextTick(callback);
  },

  assignSocket(socket) { this.socket = socket; },
  detachSocket() { this.socket = null; },
});

// The servers that listen, by their ports.
const listening = new Map();
const FIRST_FREE_PORT = 49152;

export function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === 'function') [options, listener] = [{}, options];
  EventEmitter.call(this);
  Object.assign(this, { listening: false, timeout: 0, keepAliveTimeout: 5000, headersTimeout: 60_000, requestTimeout: 300_000, maxHeadersCount: null, maxRequestsPerSocket: 0 });
  this.port = null;
  this.messages = { request: options?.IncomingMessage ?? IncomingMessage, response: options?.ServerResponse ?? ServerResponse };
  Object.defineProperties(this, { port: { enumerable: false }, messages: { enumerable: false } });
  if (listener !== undefined) {
    requireFunction(listener, 'requestListener');
    this.on('request', listener);
  }
}
extend(Server, EventEmitter);

function portFrom(value) {
  if (typeof value === 'object' && value !== null) return portFrom(value.port);
  if (value === undefined || value === null) return 0;
  const port = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof port !== 'number') throw invalidArgType('options.port', 'of type number or string', value);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw coded(RangeError, 'ERR_SOCKET_BAD_PORT', `options.port should be >= 0 and < 65536. Received type number (${port}).`);
  return port;
}

define(Server, {
  listen(...args) {
    const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    if (this.listening) throw coded(Error, 'ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
    let port = portFrom(args[0]);
    if (port === 0) for (port = FIRST_FREE_PORT; listening.has(port);) port++;
    if (listening.has(port)) {
      const error = Object.assign(new Error(`listen EADDRINUSE: address already in use :::${port}`), { code: 'EADDRINUSE', errno: -98, syscall: 'listen', address: '::', port });
      nextTick(() => this.emit('error', error));
      return this;
    }
    listening.set(port, this);
    this.port = port;
    this.listening = true;
    if (callback !== undefined) this.once('listening', callback);
    nextTick(() => this.emit('listening'));
    return this;
  },

  close(callback = undefined) {
    const error = this.listening ? undefined : coded(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.');
    if (this.listening) listening.delete(this.port);
    this.listening = false;
    this.port = null;
    if (typeof callback === 'function') this.once('close', () => callback(error));
    nextTick(() => this.emit('close'));
    return this;
  },

  address() {
    return this.port === null ? null : { address: '127.0.0.1', family: 'IPv4', port: this.port };
  },

  setTimeout(time, callback = undefined) {
    if (callback !== undefined) this.on('timeout', callback);
    this.timeout = time;
    return this;
  },

  closeAllConnections() {},
  closeIdleConnections() {},
  getConnections(callback) { nextTick(callback, null, 0); },
  ref() { return this; },
  unref() { return this; },
  async [Symbol.asyncDispose]() { await new Promise((resolve) => this.close(resolve)); },
});

// A promise of the Response that a server's listeners make of a Request.
function answer(server, request, env, ctx) {
  const url = new URL(request.url), secure = url.protocol === 'https:';
  const socket = new MessageSocket(secure, request.headers.get('cf-connecting-ip') ?? '127.0.0.1');
  const incoming = new server.messages.request(socket);
  fill(incoming, request);
  if (!request.headers.has('host')) incoming.rawHeaders.push('host', url.host);
  // So that a body is looked for, where there is no length.
  if (request.body !== null && !request.headers.has('content-length') && !request.headers.has('transfer-encoding')) incoming.rawHeaders.push('transfer-encoding', 'chunked');
  Object.assign(incoming, { method: request.method, url: url.pathname + url.search });
  Object.defineProperty(incoming, 'cloudflare', { value: { cf: request.cf, env, ctx }, writable: true, configurable: true });
  const response = new server.messages.response(incoming);
  return new Promise((resolve, reject) => {
    response[ANSWER] = resolve;
    response.once('close', () => {
      socket.destroy();
      if (!incoming.complete) incoming.resume();
    });
    request.signal.addEventListener('abort', () => {
      if (response.writableFinished) return;
      incoming.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      response.destroy();
    });
    if (server.listenerCount('request') === 0) reject(new Error('The server has no listener for requests.'));
    try {
      server.emit('request', incoming, response);
    } catch (error) {
      reject(error);
    }
  });
}

function serverOf(given) {
  if (given instanceof Server) {
    if (given.port === null) given.listen(0);
    return given;
  }
  if (typeof given !== 'object' || given === null) throw invalidArgType('desc', 'an instance of Server or of type object', given);
  requireInteger(given.port, 'desc.port', 0, 65535);
  return undefined;
}

const requireListening = (port) => {
  const server = listening.get(port);
  if (server === undefined) throw new Error(`No server listens on port ${port}: listen(${port}) of a server of node:http was not called, or the server was closed.`);
  return server;
};

export async function handleAsNodeRequest(given, request, env = undefined, ctx = undefined) {
  const server = typeof given === 'number' ? requireListening(given) : serverOf(given) ?? requireListening(given.port);
  return answer(server, request, env, ctx);
}

export function httpServerHandler(given, handlers = {}) {
  serverOf(given);
  return Object.assign({ fetch: (request, env, ctx) => handleAsNodeRequest(given, request, env, ctx) }, handlers);
}
