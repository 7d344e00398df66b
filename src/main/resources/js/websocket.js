// WebSocket (https://websockets.spec.whatwg.org/#the-websocket-interface) as Workers has it, and WebSocketPair
// (https://developers.cloudflare.com/workers/runtime-apis/websockets/). `host` is dev.skerry.webapi.websocket.WebSocketApi.

import { slice, sizeOf, sourceExtent } from './buffers.js';
import { DOMException, describe } from './errors.js';
import { Event, EventTarget, defineHandlers, fire, hasListeners } from './events.js';
import { CloseEvent, ErrorEvent, MessageEvent } from './events/kinds.js';
import { valueIn } from './headers.js';
import { checkOwner, owner } from './invocation.js';
import { op } from './ops.js';
import { then } from './streams/promises.js';
import { parse, serialize } from './url/parse.js';
import { exposed, require } from './webidl.js';

const { defineProperty } = Object;
const { trunc } = Math;
const { call: callOf } = Function.prototype;
const hasSeen = callOf.bind(Set.prototype.has), addSeen = callOf.bind(Set.prototype.add);
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const CONNECTING = 0, OPEN = 1, CLOSING = 2, CLOSED = 3;
const NO_CODE = 1005, NORMAL = 1000;
const MOST_REASON_BYTES = 123;
const INTERNAL = Symbol();

const GIVEN = 'It was passed on in a response, and is whoever got it to use.';

function exactly({ buffer, offset, length }) {
  return length === sizeOf(buffer) ? buffer : slice(buffer, offset, length);
}

// The bytes of what send() was given as an ArrayBuffer; undefined for what is sent as text.
function bytesIn(message) {
  if (typeof message !== 'object' || message === null) return undefined;
  const extent = sourceExtent(message) ?? load('blob').bytesOf(message);
  return extent === undefined ? undefined : exactly(extent);
}

function checkCode(code) {
  const number = trunc(code) || 0;
  if (number < NORMAL || number > 4999 || number === 1004 || number === NO_CODE || number === 1006 || number === 1015) {
    throw new DOMException(`Invalid WebSocket close code: ${number}.`, 'InvalidAccessError');
  }
  return number;
}

function checkReason(reason) {
  const text = `${reason}`.toWellFormed();
  if (sizeOf(load('body/content').encode(text)) > MOST_REASON_BYTES) {
    throw new DOMException(`WebSocket close reason must not be longer than ${MOST_REASON_BYTES} bytes when UTF-8 encoded.`, 'SyntaxError');
  }
  return text;
}

// https://websockets.spec.whatwg.org/#dom-websocket-websocket, the URL's part.
function urlFrom(value) {
  const url = parse(`${value}`.toWellFormed());
  if (url === null) throw new DOMException(`Invalid WebSocket URL: ${value}`, 'SyntaxError');
  if (url.scheme === 'http') url.scheme = 'ws';
  else if (url.scheme === 'https') url.scheme = 'wss';
  if (url.scheme !== 'ws' && url.scheme !== 'wss') throw new DOMException(`The URL of a WebSocket has the scheme ws or wss, not ${url.scheme}.`, 'SyntaxError');
  if (url.fragment !== null) throw new DOMException('The URL of a WebSocket has no fragment.', 'SyntaxError');
  return url;
}

// Subprotocols as the handshake names them.
function protocolsFrom(value) {
  if (value === undefined) return '';
  const names = typeof value === 'object' && value !== null ? [...value] : [value], seen = new Set();
  let text = '';
  for (let i = 0; i < names.length; i++) {
    const name = `${names[i]}`;
    if (!TOKEN.test(name) || hasSeen(seen, name)) throw new DOMException(`Invalid or repeated WebSocket subprotocol: ${name}`, 'SyntaxError');
    addSeen(seen, name);
    text += i === 0 ? name : `,${name}`;
  }
  return text;
}

function connect(url, headers, protocols) {
  const secure = url.scheme === 'wss' || url.scheme === 'https', path = url.query === null ? url.path : `${url.path}?${url.query}`;
  const name = url.host[0] === '[' ? url.host.slice(1, -1) : url.host;
  return host.connect(secure, name, url.port ?? (secure ? 443 : 80), path, headers, protocols);
}

let usual;
const usualType = () => usual ??= load('modules').compatible('websocket_standard_binary_type') ? 'blob' : 'arraybuffer';

let isWebSocket, fromHost, handOver;

class WebSocket extends EventTarget {
  #end; // Java's end, until it is accepted or given away
  #accepted = null; // what Java made of the end
  #owner; // the event that accepted it
  #given = false;
  #state = OPEN;
  #attempt = null; // to connect to a server
  #closed = false; // close() was called, or the other side's answered
  #halfOpen = false; // the other side's close is the worker's to answer
  #heardClose = false;
  #url = null;
  #protocol = '';
  #extensions = '';
  #binaryType = usualType();

  static {
    isWebSocket = (value) => typeof value === 'object' && value !== null && #end in value;

    fromHost = (end) => new WebSocket(INTERNAL, end);

    // Java's end, for a response.
    handOver = (socket) => {
      if (socket.#accepted !== null) throw new TypeError("Can't return WebSocket in a Response after calling accept().");
      if (socket.#given) throw new TypeError(`Can't return WebSocket that was already used in a Response. ${GIVEN}`);
      socket.#given = true;
      host.give(socket.#end);
      return socket.#end;
    };
  }

  constructor(url, protocols = undefined) {
    super();
    if (url === INTERNAL) {
      this.#end = protocols;
      return;
    }
    require(arguments.length, 1, 'WebSocket constructor');
    const target = urlFrom(url), names = protocolsFrom(protocols);
    this.#url = serialize(target);
    this.#state = CONNECTING;
    this.#attempt = connect(target, '', names);
    then(op(host.id(this.#attempt)), (opened) => this.#opened(opened), (error) => this.#failed(error.message));
  }

  accept(options = undefined) {
    if (this.#attempt !== null) throw new TypeError("Websockets obtained from the 'new WebSocket()' constructor cannot call accept");
    if (this.#given) throw new TypeError(`Can't accept() this WebSocket. ${GIVEN}`);
    if (this.#accepted !== null) return;
    this.#halfOpen = !!options?.allowHalfOpen;
    this.#open(this.#end);
  }

  get url() { return this.#url; }
  get readyState() { return this.#state; }
  get protocol() { return this.#protocol; }
  get extensions() { return this.#extensions; }
  get bufferedAmount() { return this.#accepted === null ? 0 : host.waiting(this.#accepted); }

  get binaryType() { return this.#binaryType; }
  set binaryType(value) {
    const type = `${value}`;
    if (type === 'blob' || type === 'arraybuffer') this.#binaryType = type;
  }

  send(message) {
    require(arguments.length, 1, 'WebSocket.send');
    this.#checkAccepted();
    if (this.#closed) throw new TypeError("Can't call WebSocket send() after close().");
    const bytes = bytesIn(message);
    if (bytes !== undefined) host.sendBytes(this.#accepted, bytes);
    else host.sendText(this.#accepted, `${message}`.toWellFormed());
  }

  close(code = undefined, reason = undefined) {
    const number = code === undefined ? NO_CODE : checkCode(code);
    if (reason !== undefined && number === NO_CODE) {
      throw new DOMException('If you specify a WebSocket close reason, you must also specify a code.', 'InvalidAccessError');
    }
    const text = reason === undefined ? '' : checkReason(reason);
    if (this.#state === CONNECTING) {
      this.#state = CLOSING;
      host.giveUp(this.#attempt, 'Error', 'It was closed before it was open.');
    }
    if (this.#closed || (this.#attempt !== null && this.#accepted === null)) return;
    this.#checkAccepted();
    this.#closed = true;
    if (this.#state === OPEN) this.#state = CLOSING;
    host.close(this.#accepted, number, text);
    if (this.#heardClose) this.#over();
  }

  #checkAccepted() {
    if (this.#accepted !== null) {
      checkOwner(this.#owner);
      return;
    }
    if (this.#given) throw new TypeError(`Can't use this WebSocket. ${GIVEN}`);
    if (this.#state === CONNECTING) throw new DOMException('The WebSocket is still connecting.', 'InvalidStateError');
    throw new TypeError('You must call one of accept() or state.acceptWebSocket() on this WebSocket before sending messages.');
  }

  #opened(opened) {
    const end = opened.socket();
    if (this.#state !== CONNECTING) {
      this.#failed('It was closed before it was open.');
    } else if (end === null) {
      this.#failed(`Failed to establish the WebSocket connection: expected server to reply with HTTP status code 101 (switching protocols), but received ${opened.status()} instead.`);
    } else {
      this.#protocol = opened.protocol();
      this.#extensions = opened.extensions();
      this.#open(end);
      fire(this, new Event('open'));
    }
  }

  #failed(message) {
    this.#state = CLOSED;
    this.#closed = true;
    fire(this, new ErrorEvent('error', { message, error: new Error(message) }));
    fire(this, new CloseEvent('close', { code: 1006, reason: message, wasClean: false }));
  }

  #open(end) {
    this.#accepted = host.accept(end);
    this.#owner = owner();
    this.#state = OPEN;
    this.#listen();
  }

  #listen() {
    then(op(host.read(this.#accepted)), (message) => this.#hear(message));
  }

  #hear(message) {
    host.heard(this.#accepted);
    if (typeof message !== 'string') {
      const ended = host.ended(message);
      if (ended !== null) {
        this.#ended(ended.code(), ended.reason(), ended.clean());
        return;
      }
    }
    if (hasListeners(this, 'message')) {
      let data = message;
      if (typeof message !== 'string') {
        data = new ArrayBuffer(message);
        if (this.#binaryType === 'blob') data = load('blob').blobOf(data, '');
      }
      fire(this, new MessageEvent('message', { data }));
    }
    this.#listen();
  }

  #over() {
    this.#state = CLOSED;
    host.release(this.#accepted);
  }

  // The other side's close is answered alike, unless the worker has closed itself or wants to do that.
  #ended(code, reason, wasClean) {
    const open = this.#halfOpen && wasClean && !this.#closed;
    this.#heardClose = true;
    this.#state = open ? CLOSING : CLOSED;
    if (!wasClean) fire(this, new ErrorEvent('error', { message: reason, error: new Error(`WebSocket connection lost: ${reason}`) }));
    fire(this, new CloseEvent('close', { code, reason, wasClean }));
    if (open) return;
    if (!this.#closed) {
      this.#closed = true;
      host.close(this.#accepted, code, reason);
    }
    this.#over();
  }
}
defineHandlers(WebSocket, 'open', 'message', 'error', 'close');
exposed(WebSocket);
for (const [name, value] of [['CONNECTING', CONNECTING], ['OPEN', OPEN], ['CLOSING', CLOSING], ['CLOSED', CLOSED]]) {
  defineProperty(WebSocket, name, { value, enumerable: true });
  defineProperty(WebSocket.prototype, name, { value, enumerable: true });
  for (const owner of [WebSocket, WebSocket.prototype]) defineProperty(owner, `READY_STATE_${name}`, { value, enumerable: true });
}

class WebSocketPair {
  constructor() {
    const pair = host.pair();
    this[0] = fromHost(host.one(pair));
    this[1] = fromHost(host.other(pair));
  }

  *[Symbol.iterator]() {
    yield this[0];
    yield this[1];
  }
}
exposed(WebSocketPair);

// fetch() with `Upgrade: websocket`: a response of status 101 with a WebSocket that is to be accepted, or what the server answered instead.
async function openFor(url, headers, signal) {
  const attempt = connect(url, headers, valueIn(headers, 'sec-websocket-protocol') ?? '');
  const opening = op(host.id(attempt));
  const giveUp = signal?.add((reason) => {
    const { name, message } = describe(reason);
    host.giveUp(attempt, name, message);
  });
  let opened;
  try {
    opened = await opening;
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  }
  if (giveUp !== undefined) signal.remove(giveUp);
  const end = opened.socket();
  return load('response').incomingResponse(opened.status(), opened.statusText(), opened.headers(), opened.body(), {
    url: serialize(url), webSocket: end === null ? null : fromHost(end),
  });
}

export { openFor, WebSocket, WebSocketPair, isWebSocket, fromHost, handOver };
