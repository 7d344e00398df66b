// Request (https://fetch.spec.whatwg.org/#request-class) as Workers has it: with `cf`, without `mode`, `credentials`, `destination` and the like.

import { Body, INTERNAL, adopt, cloneBody, extract, handOver, hasContent, headersFor, listFor, moveBody } from './body.js';
import { listFrom } from './headers.js';
import { exposed, require } from './webidl.js';

const { parse, stringify } = JSON;
const { keys } = Object;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const REDIRECTS = ['follow', 'error', 'manual'];
const CACHES = ['no-store', 'no-cache', 'reload'];

// What few requests have; shared by those that do not.
const USUAL = Object.freeze({ __proto__: null, redirect: 'follow', cache: undefined, integrity: '', keepalive: false, encodeResponseBody: 'automatic' });
// What came from a client: who passes it on passes a redirect back.
const INCOMING = Object.freeze({ __proto__: null, ...USUAL, redirect: 'manual' });

// As Workers does since 2024-10-14, all names become upper case and not just those that the standard lists.
function methodFrom(value) {
  const method = `${value}`;
  if (method === 'GET' || method === 'POST') return method;
  if (!TOKEN.test(method)) throw new TypeError(`Invalid HTTP method string: ${method}`);
  const upper = method.toUpperCase();
  if (upper === 'CONNECT' || upper === 'TRACE' || upper === 'TRACK') throw new TypeError(`A request cannot have the method ${upper}.`);
  return upper;
}

function rareFrom(before, init) {
  const { cache, encodeResponseBody, integrity, keepalive, redirect } = init;
  if (cache === undefined && encodeResponseBody === undefined && integrity === undefined && keepalive === undefined && redirect === undefined) return before;
  const rare = { ...before };
  if (cache !== undefined && cache !== null) {
    rare.cache = `${cache}`;
    if (!CACHES.includes(rare.cache)) throw new TypeError(`Unsupported cache mode: ${rare.cache}`);
  }
  if (encodeResponseBody !== undefined) {
    rare.encodeResponseBody = `${encodeResponseBody}`;
    if (rare.encodeResponseBody !== 'automatic' && rare.encodeResponseBody !== 'manual') {
      throw new TypeError(`encodeResponseBody: unexpected value: ${rare.encodeResponseBody}`);
    }
  }
  if (integrity !== undefined) {
    rare.integrity = `${integrity}`;
    if (rare.integrity !== '') throw new TypeError('Request: integrity is not checked here; it must be undefined or an empty string.');
  }
  if (keepalive !== undefined) rare.keepalive = !!keepalive;
  if (redirect !== undefined) {
    rare.redirect = `${redirect}`;
    if (!REDIRECTS.includes(rare.redirect)) throw new TypeError(`Invalid redirect value: ${rare.redirect}; it is follow, manual or error.`);
  }
  return rare;
}

function signalFrom(value) {
  if (value === null) return null;
  if (!(value instanceof load('abort').AbortSignal)) throw new TypeError('Request: the signal is not an AbortSignal.');
  return value;
}

let cfOf, incomingRequest, outgoingRequest, redirectOf, wantsWire, requestSignal, isRequest;

class Request extends Body {
  #method = 'GET';
  #url;
  #rare = USUAL;
  #cf; // of an incoming request an object, made of JSON or null when it is first read
  #follows = null; // the signal that the own one follows
  #client = null; // of an incoming request what makes the own one
  #signal = null; // the own one, made when it is first read

  static {
    // `signal()` makes the signal that aborts when the client goes away; it is called when the worker first asks for it.
    incomingRequest = (method, url, headers, content, signal, immutable = true, cf = null) => {
      const request = new Request(INTERNAL, headers, immutable);
      request.#method = method;
      request.#url = url;
      request.#cf = cf;
      if (immutable) request.#rare = INCOMING;
      request.#client = signal;
      adopt(request, content);
      return request;
    };

    outgoingRequest = (request) => {
      const outgoing = { method: request.#method, url: request.#url, headers: listFor(request), body: null, pumped: undefined };
      outgoing.pumped = handOver(request, (content) => {
        outgoing.body = content;
      });
      return outgoing;
    };

    // What is in its `cf` as JSON; null for nothing.
    cfOf = (request) => {
      const cf = request.#cf;
      if (cf === null || cf === undefined) return null;
      return typeof cf === 'string' ? cf : keys(cf).length === 0 ? null : stringify(cf);
    };

    redirectOf = (request) => request.#rare.redirect;

    // Whether it asks for the bytes of its response as they are.
    wantsWire = (request) => request.#rare.encodeResponseBody === 'manual';

    // The signal that aborts a request when it is sent, or null: there is none that could.
    requestSignal = (request) => request.#signal ?? request.#follows;

    isRequest = (value) => typeof value === 'object' && value !== null && #url in value;
  }

  constructor(input, init = undefined, immutable = false) {
    if (input === INTERNAL) {
      super(INTERNAL, init, immutable);
      return;
    }
    require(arguments.length, 1, 'Request');
    if (init !== undefined && init !== null && typeof init !== 'object' && typeof init !== 'function') {
      throw new TypeError('Request: the second argument is not an object.');
    }
    const source = isRequest(input) ? input : null;
    const url = source === null ? requestUrl(input) : source.#url;
    const settings = init === undefined || init === null ? null : init;
    if (settings !== null && isRequest(settings)) {
      super(INTERNAL, listFor(settings));
      this.#method = settings.#method;
      this.#rare = settings.#rare;
      this.#cf = settings.cf;
      this.#follows = settings.signal;
      moveBody(settings, this);
      this.#url = url;
      return;
    }
    const headers = settings?.headers;
    super(INTERNAL, headers === undefined ? (source === null ? '' : listFor(source)) : listFrom(headers));
    this.#url = url;
    if (source !== null) {
      this.#method = source.#method;
      this.#rare = source.#rare;
      this.#cf = source.cf;
      this.#follows = requestSignal(source);
    }
    let body;
    if (settings !== null) {
      const { cf, method, signal } = settings;
      body = settings.body;
      if (method !== undefined) this.#method = methodFrom(method);
      if (cf !== undefined && cf !== null) this.#cf = cf;
      if (signal !== undefined) this.#follows = signalFrom(signal);
      this.#rare = rareFrom(this.#rare, settings);
    }
    const given = body !== undefined && body !== null;
    if ((given || (source !== null && hasContent(source))) && (this.#method === 'GET' || this.#method === 'HEAD')) {
      throw new TypeError('Request with a GET or HEAD method cannot have a body.');
    }
    if (given) extract(this, body);
    else if (source !== null) moveBody(source, this);
  }

  get method() {
    return this.#method;
  }

  get url() {
    return this.#url;
  }

  get headers() {
    return headersFor(this);
  }

  get redirect() {
    return this.#rare.redirect;
  }

  get cache() {
    return this.#rare.cache;
  }

  get integrity() {
    return this.#rare.integrity;
  }

  get keepalive() {
    return this.#rare.keepalive;
  }

  get cf() {
    const cf = this.#cf;
    if (cf === null) return this.#cf = {};
    return typeof cf === 'string' ? this.#cf = parse(cf) : cf;
  }

  get signal() {
    if (this.#signal === null && this.#client !== null) this.#signal = this.#client();
    if (this.#signal === null) {
      const { AbortController, AbortSignal } = load('abort');
      this.#signal = this.#follows === null ? new AbortController().signal : AbortSignal.any([this.#follows]);
    }
    return this.#signal;
  }

  clone() {
    const request = new Request(INTERNAL, listFor(this));
    request.#method = this.#method;
    request.#url = this.#url;
    request.#rare = this.#rare;
    request.#cf = this.cf;
    cloneBody(this, request);
    request.#follows = requestSignal(this);
    return request;
  }
}
exposed(Request);

function requestUrl(input) {
  const url = load('url').parseHref(`${input}`);
  if (url === null) throw new TypeError(`Invalid URL: ${input}`);
  return url;
}

export { Request, cfOf, incomingRequest, outgoingRequest, redirectOf, wantsWire, requestSignal, isRequest };
