// Response (https://fetch.spec.whatwg.org/#response-class) as Workers has it: with `webSocket`, `cf` and `encodeBody`.

import { Body, INTERNAL, adopt, cloneBody, bodyOwnerOf, extract, handOver, headersFor, isEmpty, listFor } from './body.js';
import { codedBody } from './body/content.js';
import { listFrom, valueIn } from './headers.js';
import { exposed, require } from './webidl.js';

const { stringify } = JSON;
const REASON_PHRASE = /^[\t\x20-\x7e\x80-\xff]*$/;
const REDIRECTS = [301, 302, 303, 307, 308];
const NULL_BODY = [101, 204, 205, 304];

// What few responses have; shared by those that do not.
const USUAL = Object.freeze({
  __proto__: null, statusText: '', type: 'default', redirected: false, webSocket: null, cf: undefined, encodeBody: 'automatic',
});

function rareFrom(init) {
  const { statusText, webSocket, cf, encodeBody } = init;
  if (statusText === undefined && !webSocket && cf === undefined && encodeBody === undefined) return USUAL;
  const rare = { ...USUAL, cf };
  if (statusText !== undefined) {
    rare.statusText = `${statusText}`;
    if (!REASON_PHRASE.test(rare.statusText)) throw new TypeError(`Invalid statusText: ${stringify(rare.statusText)}.`);
  }
  if (webSocket !== undefined && webSocket !== null) {
    if (!load('websocket').isWebSocket(webSocket)) throw new TypeError('Response: webSocket is not a WebSocket.');
    rare.webSocket = webSocket;
  }
  if (encodeBody !== undefined) {
    rare.encodeBody = `${encodeBody}`;
    if (rare.encodeBody !== 'automatic' && rare.encodeBody !== 'manual') {
      throw new TypeError(`encodeBody: unexpected value: ${rare.encodeBody}`);
    }
  }
  return rare;
}

// The content of a response whose `encodeBody` is 'manual': it is in the coding that the headers name already.
function coded(content, list) {
  const coding = valueIn(list, 'content-encoding');
  return content === null || coding === null ? content : codedBody(content, coding);
}

function checkStatus(status, webSocket) {
  if (webSocket !== null) {
    if (status !== 101) throw new RangeError('Responses with a WebSocket must have status code 101.');
  } else if (status < 200 || status > 599) {
    throw new RangeError('Responses may only be constructed with status codes in the range 200 to 599, inclusive.');
  }
}

let incomingResponse, outgoing, isResponse, webSocketOf, ownerOf;

class Response extends Body {
  #status = 200;
  #url = ''; // of a response that came from somewhere
  #named = false; // whether a status without words has the usual ones
  #rare = USUAL;

  static {
    incomingResponse = (status, statusText, headers, content, { url = '', redirected = false, webSocket = null, immutable = true, named = false, encodeBody = 'automatic' } = {}) => {
      const response = new Response(INTERNAL, headers, immutable);
      response.#status = status;
      response.#url = url;
      response.#named = named;
      if (statusText !== '' || redirected || webSocket !== null || encodeBody !== 'automatic') response.#rare = { ...USUAL, statusText, redirected, webSocket, encodeBody };
      adopt(response, content);
      return response;
    };

    outgoing = (response, respond) => {
      if (!isResponse(response)) {
        throw new TypeError("Incorrect type for Promise: the Promise did not resolve to 'Response'.");
      }
      if (response.#rare.type === 'error') throw new TypeError('Return value from serve handler must not be an error response (like Response.error())');
      const rare = response.#rare;
      return handOver(response, (content) => {
        const list = listFor(response);
        respond(response.#status, list, rare.encodeBody === 'manual' ? coded(content, list) : content, rare.statusText, rare.webSocket);
      });
    };

    isResponse = (value) => typeof value === 'object' && value !== null && #status in value;

    ownerOf = (response) => (isResponse(response) ? bodyOwnerOf(response) : undefined);

    webSocketOf = (response) => response.#rare.webSocket;
  }

  constructor(body = null, init = undefined, immutable = false) {
    if (body === INTERNAL) {
      super(INTERNAL, init, immutable);
      return;
    }
    if (init === undefined || init === null) {
      super(INTERNAL, '');
    } else if (typeof init !== 'object' && typeof init !== 'function') {
      throw new TypeError('Response: the second argument is not an object.');
    } else if (#status in init) {
      super(INTERNAL, listFor(init));
      this.#status = init.#status;
      const { cf, encodeBody, statusText, webSocket } = init.#rare;
      if (init.#rare !== USUAL) this.#rare = { ...USUAL, cf, encodeBody, statusText, webSocket };
      checkStatus(this.#status, webSocket);
    } else {
      const { headers, status } = init;
      super(INTERNAL, headers === undefined ? '' : listFrom(headers));
      this.#rare = rareFrom(init);
      if (status !== undefined) this.#status = +status & 0xffff;
      checkStatus(this.#status, this.#rare.webSocket);
    }
    if (body !== null) this.#fill(body);
  }

  static error() {
    const response = new Response(INTERNAL, '', true);
    response.#status = 0;
    response.#rare = { ...USUAL, type: 'error' };
    return response;
  }

  static json(data, init = undefined) {
    require(arguments.length, 1, 'Response.json');
    const text = stringify(data);
    if (text === undefined) throw new TypeError('Response.json: the data cannot be written as JSON.');
    const response = new Response(null, init);
    response.#fill(text, 'application/json');
    return response;
  }

  static redirect(url, status = 302) {
    require(arguments.length, 1, 'Response.redirect');
    const location = load('url').hrefOf(url);
    status = +status & 0xffff;
    if (!REDIRECTS.includes(status)) throw new RangeError(`${status} is not a redirect status code.`);
    const response = new Response(INTERNAL, `\nlocation:${location}`, true);
    response.#status = status;
    return response;
  }

  get type() {
    return this.#rare.type;
  }

  get url() {
    return this.#url;
  }

  get redirected() {
    return this.#rare.redirected;
  }

  get status() {
    return this.#status;
  }

  get ok() {
    return this.#status >= 200 && this.#status <= 299;
  }

  get statusText() {
    const { statusText } = this.#rare;
    return statusText === '' && this.#named ? load('reasons').reasonOf(this.#status) : statusText;
  }

  get headers() {
    return headersFor(this);
  }

  get webSocket() {
    return this.#rare.webSocket;
  }

  get cf() {
    return this.#rare.cf;
  }

  clone() {
    if (this.#rare.webSocket !== null) throw new TypeError('Cannot clone a response to a WebSocket handshake.');
    const response = new Response(INTERNAL, listFor(this));
    response.#status = this.#status;
    response.#rare = this.#rare;
    response.#url = this.#url;
    response.#named = this.#named;
    cloneBody(this, response);
    return response;
  }

  #fill(body, type) {
    if (this.#status !== 200 && NULL_BODY.includes(this.#status)) {
      // As in Workers, a body without a byte is none.
      const given = new Response(INTERNAL, '');
      extract(given, body, type);
      if (!isEmpty(given)) throw new TypeError('Response with null body status (101, 204, 205, or 304) cannot have a body.');
    } else {
      extract(this, body, type);
    }
  }
}
exposed(Response);

export { Response, incomingResponse, outgoing, isResponse, webSocketOf, ownerOf };
