// `cloudflare:sockets`: https://developers.cloudflare.com/workers/runtime-apis/tcp-sockets/. `host` is dev.skerry.webapi.tcp.SocketsApi.

import { HOST, reclaim, streamOf } from './body/content.js';
import { slice, sizeOf, sourceExtent } from './buffers.js';
import { checkOwner, owner } from './invocation.js';
import { op } from './ops.js';
import { handled, rejected, resolved, then } from './streams/promises.js';
import { exposed } from './webidl.js';

const INTERNAL = Symbol();
// A URL or a part of one.
const NO_HOST = /[\s/?#@\\]/;
const SECURE_TRANSPORTS = ['off', 'on', 'starttls'];

// The host without brackets, and the port.
function addressFrom(address) {
  if (typeof address === 'object' && address !== null) {
    const { hostname, port } = address;
    if (hostname === undefined) throw new TypeError('Specified address is missing hostname.');
    return { host: bare(`${hostname}`), port: portFrom(port) };
  }
  const text = `${address}`, colon = text.lastIndexOf(':');
  if (text === '' || colon === 0) throw new TypeError('Specified address is missing hostname.');
  if (colon < 0) throw new TypeError('Specified address is missing port.');
  return { host: bare(text.slice(0, colon)), port: portFrom(text.slice(colon + 1)) };
}

function bare(host) {
  const name = host[0] === '[' ? host.slice(1, -1) : host;
  if (name === '') throw new TypeError('Specified address is missing hostname.');
  if (NO_HOST.test(name)) throw new TypeError('Specified address is empty string, contains unsupported characters or is too long.');
  return name;
}

function portFrom(value) {
  const port = +value;
  if (value === '' || value === undefined) throw new TypeError('Specified address is missing port.');
  if (!(port > 0 && port < 65536) || port % 1 !== 0) throw new TypeError('Specified address could not be parsed.');
  return port;
}

function bytesOf(chunk) {
  const extent = sourceExtent(chunk);
  if (extent === undefined) throw new TypeError('A socket takes chunks of bytes: ArrayBuffer or views.');
  const { buffer, offset, length } = extent;
  return length === sizeOf(buffer) ? buffer : slice(buffer, offset, length);
}

class Socket {
  #tcp;
  #host;
  #transport;
  #starts; // the value of secureTransport that it was made with
  #upgraded = false;
  #readable;
  #writable;
  #opened;
  #closed;

  constructor(token, tcp, body, name, transport, opened, closed) {
    if (token !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#tcp = tcp;
    this.#host = name;
    this.#starts = transport;
    this.#transport = transport === 'on' ? 'on' : 'off';
    this.#opened = opened;
    this.#closed = closed;
    handled(opened);
    handled(closed);
    const event = owner();
    this.#readable = streamOf(HOST, body, event);
    this.#writable = load('streams').hostWritable({
      write: (chunk) => {
        let bytes;
        try {
          checkOwner(event);
          bytes = bytesOf(chunk);
        } catch (error) {
          return rejected(error);
        }
        return then(this.#opened, () => op(host.write(tcp, bytes)));
      },
      close: () => then(this.#opened, () => op(host.end(tcp))),
      abort: () => {
        host.close(tcp);
        return resolved(undefined);
      },
    });
  }

  get readable() { return this.#readable; }
  get writable() { return this.#writable; }
  get opened() { return this.#opened; }
  get closed() { return this.#closed; }
  get upgraded() { return this.#upgraded; }
  get secureTransport() { return this.#transport; }

  close() {
    host.close(this.#tcp);
    return this.#closed;
  }

  // The socket that goes on in TLS; this one is of no use any more.
  startTls(options = undefined) {
    if (this.#starts !== 'starttls') {
      throw new TypeError('The `secureTransport` socket option must be set to \'starttls\' for startTls to be used.');
    }
    if (this.#upgraded) throw new TypeError('startTls can only be called once on a socket.');
    const { isLocked } = load('streams');
    if (isLocked(this.#readable) || this.#writable.locked) throw new TypeError('The streams of the socket must not be locked when startTls is called.');
    this.#upgraded = true;
    const name = options?.expectedServerHostname === undefined ? this.#host : `${options.expectedServerHostname}`;
    const tcp = this.#tcp;
    const rest = reclaim(this.#readable);
    const opened = then(this.#opened, (ends) => then(op(host.startTls(tcp, name)), () => ends));
    return new Socket(INTERNAL, tcp, rest.content, name, 'on', opened, this.#closed);
  }
}
exposed(Socket);

export function connect(address, options = undefined) {
  const { host: name, port } = addressFrom(address), transport = options?.secureTransport === undefined ? 'off' : `${options.secureTransport}`;
  if (!SECURE_TRANSPORTS.includes(transport)) throw new TypeError(`Unsupported value in secureTransport socket option: ${transport}`);
  const tcp = host.connect(name, port, transport === 'on', !!options?.allowHalfOpen);
  const opened = then(op(host.opened(tcp)), (ends) => ({ remoteAddress: ends.remoteAddress(), localAddress: ends.localAddress() }));
  const closed = then(op(host.closed(tcp)), () => undefined);
  return new Socket(INTERNAL, tcp, host.body(tcp), name, transport, opened, closed);
}
