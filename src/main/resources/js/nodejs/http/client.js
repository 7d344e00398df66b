// http.ClientRequest, which is a fetch(): https://nodejs.org/api/http.html#class-httpclientrequest

import { AbortController } from './abort.js';
import { fetch } from './fetch.js';
import { Buffer } from './node/buffer.js';
import { clearTimeout, setTimeout } from './node/timers.js';
import { abortError, coded, invalidArgType, missing, requireString } from './nodejs/errors.js';
import { IncomingMessage, fill } from './nodejs/http/incoming.js';
import { STATUS_CODES, isToken } from './nodejs/http/names.js';
import { OutgoingMessage, headerPairs, pairsOf } from './nodejs/http/outgoing.js';
import { MessageSocket } from './nodejs/http/socket.js';
import { connectError } from './nodejs/net/errors.js';
import { define, extend } from './nodejs/streams/base.js';
import { nextTick } from './nodejs/ticks.js';
import { URL } from './url.js';

const PIECES = Symbol('pieces'), CONTROL = Symbol('control'), TIMER = Symbol('timer'), TARGET = Symbol('target');
const BODYLESS = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

function optionsOf(url) {
  const { protocol, hostname, port, pathname, search, username, password, href } = url;
  const options = { protocol, hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname, path: `${pathname}${search}`, href };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

function argumentsOf(args) {
  const callback = typeof args.at(-1) === 'function' ? args.at(-1) : undefined, [first, second] = args;
  const more = typeof second === 'object' && second !== null ? second : {};
  if (typeof first === 'string') return [{ ...optionsOf(new URL(first)), ...more }, callback];
  if (first instanceof URL) return [{ ...optionsOf(first), ...more }, callback];
  if (typeof first !== 'object' || first === null) throw invalidArgType('url', 'of type string or an instance of URL or Object', first);
  return [{ ...first, ...more }, callback];
}

export function ClientRequest(...args) {
  if (!(this instanceof ClientRequest)) return new ClientRequest(...args);
  // When all was written, its answer is still to come.
  OutgoingMessage.call(this, { autoDestroy: false });
  const [options, callback] = argumentsOf(args), { agent } = options;
  const protocol = options.protocol ?? agent?.protocol ?? options._defaultAgent?.protocol ?? 'http:';
  if (options.socketPath) missing('http.request() to a path', 'a worker connects to hosts and ports')();
  if (protocol !== 'http:' && protocol !== 'https:') throw coded(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "http:"`);
  const path = `${options.path ?? '/'}`;
  if (/[^\u0021-\u00ff]/.test(path)) throw coded(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
  for (const name of ['hostname', 'host']) if (options[name] !== undefined && options[name] !== null) requireString(options[name], `options.${name}`);
  const host = options.hostname ?? options.host ?? 'localhost', port = Number(options.port || options.defaultPort || (protocol === 'https:' ? 443 : 80));
  if (options.method !== undefined && options.method !== null) requireString(options.method, 'options.method');
  const method = (options.method ?? 'GET').toUpperCase();
  if (!isToken(method)) throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${options.method}"]`);

  Object.assign(this, { agent: agent ?? options._defaultAgent, method, path, host, port, protocol, aborted: false, reusedSocket: false, res: null, timeout: options.timeout, maxHeadersCount: null,
    useChunkedEncodingByDefault: !BODYLESS.includes(method) });
  // A host may be given with its port, where there is no port.
  this[TARGET] = `${protocol}//${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}${path.startsWith('/') ? path : `/${path}`}`;
  this[PIECES] = [];
  this[CONTROL] = new AbortController();
  this[TIMER] = undefined;
  setAll(this, options.headers);
  if (options.setHost !== false && !this.hasHeader('host')) this.setHeader('Host', `${host.includes(':') ? `[${host}]` : host}${port === (protocol === 'https:' ? 443 : 80) ? '' : `:${port}`}`);
  if (options.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
  if (callback !== undefined) this.once('response', callback);
  if (options.signal) obey(this, options.signal);
  if (options.timeout) this.setTimeout(options.timeout);
  nextTick(() => {
    if (this.destroyed) return;
    this.socket = new MessageSocket(protocol === 'https:');
    this.emit('socket', this.socket);
  });
}
extend(ClientRequest, OutgoingMessage);

// Of the forms that the option `headers` may have.
function setAll(request, headers) {
  if (headers === undefined || headers === null) return;
  if (Array.isArray(headers)) {
    for (const [name, value] of pairsOf(headers)) request.appendHeader(name, value);
  } else if (typeof headers.entries === 'function') {
    request.setHeaders(headers);
  } else {
    for (const name of Object.keys(headers)) request.setHeader(name, headers[name]);
  }
}

function hangUp() {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

// Until it is closed: its answer may be given up, too.
function obey(request, signal) {
  if (typeof signal.addEventListener !== 'function') throw invalidArgType('options.signal', 'an instance of AbortSignal', signal);
  const abort = () => request.destroy(abortError(signal));
  if (signal.aborted) {
    nextTick(abort);
    return;
  }
  signal.addEventListener('abort', abort, { once: true });
  request.once('close', () => signal.removeEventListener('abort', abort));
}

function send(request) {
  const body = request[PIECES].length === 0 ? undefined : Buffer.concat(request[PIECES]);
  // It is sent as it was asked for: who looks at answers here looks at redirects, and at content codings, too.
  const headers = headerPairs(request).filter(([name]) => !/^(?:host|content-length)$/i.test(name));
  fetch(request[TARGET], { method: request.method, headers, body, redirect: 'manual', encodeResponseBody: 'manual', signal: request[CONTROL].signal })
    .then((response) => receive(request, response), (error) => {
      if (!request.destroyed) request.destroy(connectError(error, request.host, request.port));
    });
}

function receive(request, response) {
  if (request.destroyed) return;
  const message = request.res = new IncomingMessage(request.socket ?? undefined);
  fill(message, response);
  Object.assign(message, { statusCode: response.status, statusMessage: response.statusText || STATUS_CODES[response.status] || '', req: request, url: '' });
  touch(request);
  message.once('close', () => {
    touch(request, 0);
    if (!request.destroyed) request.destroy();
  });
  if (!request.emit('response', message)) message._dump();
}

function touch(request, time = request.timeout) {
  if (request[TIMER] !== undefined) clearTimeout(request[TIMER]);
  request[TIMER] = time > 0 ? setTimeout(() => {
    request[TIMER] = undefined;
    request.emit('timeout');
    request.socket?.emit('timeout');
  }, time) : undefined;
}

define(ClientRequest, {
  _implicitHeader() {
    this._header = `${this.method} ${this.path} HTTP/1.1\r\n`;
  },

  write(chunk, encoding, callback) {
    if (this._header === null) this._implicitHeader();
    return OutgoingMessage.prototype.write.call(this, chunk, encoding, callback);
  },

  end(chunk, encoding, callback) {
    if (this._header === null) this._implicitHeader();
    OutgoingMessage.prototype.end.call(this, chunk, encoding, callback);
    this.finished = true;
    return this;
  },

  // Sent when all of it is there: then its length is known.
  _write(chunk, encoding, callback) {
    this[PIECES].push(chunk);
    callback();
  },

  _final(callback) {
    callback();
    if (!this.destroyed) send(this);
  },

  abort() {
    if (this.aborted) return;
    this.aborted = true;
    nextTick(() => this.emit('abort'));
    this.destroy();
  },

  _destroy(error, callback) {
    touch(this, 0);
    if (this.res === null) {
      this[CONTROL].abort();
      error ??= hangUp();
    } else if (!this.res.complete) {
      this.res.destroy(error ?? hangUp());
      error = null;
    }
    this.socket?.destroy();
    callback(error);
  },

  setTimeout(time, callback = undefined) {
    if (callback !== undefined) this.once('timeout', callback);
    this.timeout = time;
    touch(this);
    return this;
  },

  // Of connections, which are the host's.
  setNoDelay() { return this; },
  setSocketKeepAlive() { return this; },
  onSocket() {},
});

export const request = (...args) => new ClientRequest(...args);

export function get(...args) {
  const made = new ClientRequest(...args);
  made.end();
  return made;
}
