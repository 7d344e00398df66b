// net.Socket, a connection of `cloudflare:sockets` as a stream of Node: https://nodejs.org/api/net.html#class-netsocket

import { connect as open } from './cloudflare/sockets.js';
import { Buffer } from './node/buffer.js';
import { Duplex } from './node/stream.js';
import { clearTimeout, setTimeout } from './node/timers.js';
import { coded, invalidArgType, missing, requireFunction, requireInteger, requireString } from './nodejs/errors.js';
import { isIP } from './nodejs/net/addresses.js';
import { connectError, connectionError } from './nodejs/net/errors.js';
import { define, extend, noop } from './nodejs/streams/base.js';

// The connection of a socket, and what goes on with it: { tcp, host, port, reader, writer, reading, written, remote, local }.
const LINK = Symbol('link'), TIMER = Symbol('timer');
// The event of a socket that its connection is open, before anybody else is told.
const OPEN = Symbol('open');

export function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (typeof options === 'number') options = { fd: options };
  if (options?.fd !== undefined || options?.handle !== undefined) missing('net.Socket of a file or a handle', 'connect() opens a connection')();
  const { allowHalfOpen = false, highWaterMark, readableHighWaterMark, writableHighWaterMark, signal } = options ?? {};
  Duplex.call(this, { allowHalfOpen: !!allowHalfOpen, highWaterMark, readableHighWaterMark, writableHighWaterMark, signal });
  Object.assign(this, { connecting: false, _hadError: false, _parent: null, _host: null, server: null, timeout: 0, bytesRead: 0, _bytesWritten: 0 });
  this[LINK] = null;
  this[TIMER] = undefined;
}
extend(Socket, Duplex);

function touch(socket) {
  if (socket[TIMER] !== undefined) clearTimeout(socket[TIMER]);
  socket[TIMER] = socket.timeout > 0 && !socket.destroyed ? setTimeout(() => {
    socket[TIMER] = undefined;
    socket.emit('timeout');
  }, socket.timeout) : undefined;
}

// Makes a connection the socket's, which is `connect`ed when it is open.
export function attach(socket, tcp, host, port, connected) {
  const link = { tcp, host, port, reader: tcp.readable.getReader(), writer: tcp.writable.getWriter(), reading: false, written: undefined };
  socket[LINK] = link;
  link.reader.closed.catch(noop);
  link.writer.closed.catch(noop);
  tcp.closed.catch(noop);
  tcp.opened.then(({ remoteAddress, localAddress }) => {
    if (socket[LINK] !== link || socket.destroyed) return;
    socket.connecting = false;
    Object.assign(link, { remote: addressOf(remoteAddress), local: addressOf(localAddress) });
    touch(socket);
    socket.emit(OPEN);
    connected();
    if (!socket.destroyed) socket.emit('ready');
    socket.read(0);
  }, (error) => {
    if (socket[LINK] === link) socket.destroy(connectError(error, host, port));
  });
}

// Takes the connection out of the socket, to go on in TLS: nothing more is read or written through it. A promise of { tcp, host, port }, when all was written.
export async function detach(socket) {
  const link = socket[LINK];
  if (link === null) throw coded(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed');
  socket[LINK] = null;
  await link.written;
  link.reader.releaseLock();
  link.writer.releaseLock();
  return link;
}

function addressOf(text) {
  const colon = `${text}`.lastIndexOf(':'), address = `${text}`.slice(0, Math.max(colon, 0)).replace(/^\[|\]$/g, '');
  return { address, port: Number(`${text}`.slice(colon + 1)), family: address.includes(':') ? 'IPv6' : 'IPv4' };
}

// https://nodejs.org/api/net.html#socketconnect: (options), (port, host), (port), each with a callback.
export function connectArguments(args) {
  if (Array.isArray(args[0])) return connectArguments(args[0]);
  const callback = typeof args.at(-1) === 'function' ? args.at(-1) : undefined;
  const [first, second] = args;
  if (typeof first === 'object' && first !== null) return [first, callback];
  if (typeof first === 'string' && !/^\d+$/.test(first)) return [{ path: first }, callback];
  return [{ port: first, host: typeof second === 'string' ? second : undefined }, callback];
}

function read(socket, link) {
  link.reading = true;
  link.reader.read().then(({ value, done }) => {
    link.reading = false;
    if (socket[LINK] !== link || socket.destroyed) return;
    if (done) {
      socket.push(null);
      socket.read(0);
      return;
    }
    touch(socket);
    socket.bytesRead += value.byteLength;
    socket.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
  }, (error) => {
    link.reading = false;
    if (socket[LINK] === link) socket.destroy(connectionError(error, 'read'));
  });
}

define(Socket, {
  connect(...args) {
    const [options, callback] = connectArguments(args);
    if (options.path !== undefined) missing('A connection to a path', 'a worker connects to hosts and ports')();
    const { host = 'localhost', port } = options;
    if (typeof port !== 'number' && typeof port !== 'string') throw invalidArgType('options.port', 'of type number or string', port);
    if (!(Number(port) > 0 && Number(port) < 65536)) throw coded(RangeError, 'ERR_SOCKET_BAD_PORT', `Port should be > 0 and < 65536. Received ${typeof port === 'string' ? `type string ('${port}')` : `type number (${port})`}.`);
    requireString(host, 'options.host');
    if (callback !== undefined) this.once('connect', callback);
    if (options.timeout) this.setTimeout(options.timeout);
    this.connecting = true;
    this._host = host;
    attach(this, open({ hostname: host, port: Number(port) }, { allowHalfOpen: this.allowHalfOpen, secureTransport: this._secureTransport }), host, Number(port), () => {
      if (isIP(host) === 0) this.emit('lookup', null, this.remoteAddress, this.remoteFamily === 'IPv6' ? 6 : 4, host);
      this.emit('connect');
    });
    touch(this);
    return this;
  },

  // That which may go on in TLS, when it is asked to.
  get _secureTransport() { return 'starttls'; },

  _read() {
    const link = this[LINK];
    if (link === null || this.connecting) this.once(OPEN, () => this._read());
    else if (!link.reading) read(this, link);
  },

  _write(chunk, encoding, callback) {
    const link = this[LINK];
    if (this.connecting) {
      this.once(OPEN, () => this._write(chunk, encoding, callback));
      return;
    }
    if (link === null) {
      callback(coded(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
      return;
    }
    touch(this);
    this._bytesWritten += chunk.byteLength;
    link.written = link.writer.write(chunk).then(() => callback(), (error) => callback(connectionError(error, 'write')));
  },

  _writev(chunks, callback) {
    this._write(Buffer.concat(chunks.map(({ chunk, encoding }) => typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)), 'buffer', callback);
  },

  _final(callback) {
    const link = this[LINK];
    if (this.connecting) this.once(OPEN, () => this._final(callback));
    else if (link === null) callback();
    else link.writer.close().then(() => callback(), () => callback());
  },

  _destroy(error, callback) {
    this.connecting = false;
    this._hadError = error !== null;
    this.timeout = 0;
    touch(this);
    const link = this[LINK];
    if (link !== null) {
      this[LINK] = null;
      link.tcp.close().catch(noop);
    }
    callback(error);
  },

  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', this.destroy);
  },

  resetAndDestroy() {
    return this.destroy();
  },

  setTimeout(time, callback = undefined) {
    requireInteger(time, 'msecs', 0);
    if (callback !== undefined) requireFunction(callback, 'callback');
    this.timeout = time;
    touch(this);
    if (callback !== undefined) {
      if (time === 0) this.removeListener('timeout', callback);
      else this.once('timeout', callback);
    }
    return this;
  },

  // The connection is the host's: it sets these as it sees fit.
  setNoDelay() { return this; },
  setKeepAlive() { return this; },
  ref() { return this; },
  unref() { return this; },

  address() {
    return { ...this[LINK]?.local };
  },

  get pending() { return this[LINK] === null || this.connecting; },
  get readyState() {
    if (this.connecting) return 'opening';
    if (this.readable && this.writable) return this[LINK] === null ? 'closed' : 'open';
    return this.readable ? 'readOnly' : this.writable ? 'writeOnly' : 'closed';
  },
  get bufferSize() { return this.writableLength; },
  get bytesWritten() { return this._bytesWritten + (this.writableLength ?? 0); },
  get remoteAddress() { return this[LINK]?.remote?.address; },
  get remotePort() { return this[LINK]?.remote?.port; },
  get remoteFamily() { return this[LINK]?.remote?.family; },
  get localAddress() { return this[LINK]?.local?.address; },
  get localPort() { return this[LINK]?.local?.port; },
  get localFamily() { return this[LINK]?.local?.family; },
});
