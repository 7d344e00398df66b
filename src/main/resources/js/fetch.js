// fetch(): https://fetch.spec.whatwg.org/#fetch-method. Java (dev.skerry.webapi.fetch.FetchApi) sends one request and gives its response; redirects are
// followed here.

import { describe } from './errors.js';
import { valueIn, without } from './headers.js';
import { holdFor, whenEnded } from './invocation.js';
import { op } from './ops.js';
import { Request, outgoingRequest, redirectOf, requestSignal, wantsWire } from './request.js';
import { incomingResponse } from './response.js';
import { originOf, parse, serialize } from './url/parse.js';

const MOST_REDIRECTS = 20;
const OF_THE_BODY = ['content-encoding', 'content-language', 'content-length', 'content-location', 'content-type'];
const OF_THE_ORIGIN = ['authorization', 'cookie', 'host', 'proxy-authorization'];

function isRedirect(status) {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

function bare(host) {
  return host[0] === '[' ? host.slice(1, -1) : host;
}

function check(url) {
  if (url.scheme !== 'http' && url.scheme !== 'https') {
    throw new TypeError(`Fetch API cannot load: ${serialize(url)}. It loads http:, https: and data: URLs.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('fetch: the URL includes credentials; send them in an Authorization header.');
  }
}

// What `follow` needs of the network.
class Network {
  #exchange = null;
  #wire;

  constructor(wire) {
    this.#wire = wire;
  }

  send({ method, url, headers, body }) {
    check(url);
    const secure = url.scheme === 'https', path = url.query === null ? url.path : `${url.path}?${url.query}`;
    this.#exchange = host.send(method, secure, bare(url.host), url.port ?? (secure ? 443 : 80), path, headers, body, this.#wire);
    return op(host.id(this.#exchange));
  }

  abort(reason) {
    if (this.#exchange === null) return;
    const { name, message } = describe(reason);
    host.abort(this.#exchange, name, message);
  }

  toResponse(response, url, followed) {
    return toResponse(response, url, followed, this.#wire ? 'manual' : undefined);
  }
}

// https://fetch.spec.whatwg.org/#http-redirect-fetch: the next request, or null where the response is the last.
function redirected(request, response) {
  const { url, method, body, headers, mode } = request, status = response.status();
  const location = isRedirect(status) ? valueIn(response.headers(), 'location') : null;
  if (location === null || mode === 'manual') return null;
  if (mode === 'error') throw new TypeError('fetch: the response is a redirect, and the redirect mode is "error".');
  const next = parse(location.toWellFormed(), url);
  if (next === null) throw new TypeError(`fetch: the response redirects to an invalid URL: ${location}`);
  if (++request.count > MOST_REDIRECTS) throw new TypeError('Too many redirects.');
  next.fragment ??= url.fragment;
  request.url = next;
  if (((status === 301 || status === 302) && method === 'POST') || (status === 303 && method !== 'GET' && method !== 'HEAD')) {
    request.method = 'GET';
    request.body = null;
    request.headers = without(headers, OF_THE_BODY);
  } else if (body !== null && typeof body !== 'string' && !host.replayable(body)) {
    throw new TypeError('A request with a one-time-use body (it was initialized from a stream, not a buffer) encountered a redirect requiring the body to be retransmitted. To avoid this error in the future, construct this request from a buffer-like body initializer.');
  }
  if (originOf(next) !== originOf(url)) request.headers = without(request.headers, OF_THE_ORIGIN);
  return request;
}

// The response to the last request; null where `state` was aborted meanwhile.
async function last(transport, request, state, response) {
  for (;;) {
    response ??= await transport.send(request);
    if (state.aborted) {
      drop(response);
      return null;
    }
    let next;
    try {
      next = redirected(request, response);
    } catch (error) {
      drop(response);
      throw error;
    }
    if (next === null) return transport.toResponse(response, request.url, request.count > 0);
    drop(response);
    response = undefined;
  }
}

// Sends a request, and those that it is redirected to, and settles with the response to the last, or with the reason of `signal`, which may be null, when
// that aborts before; then and later it gives up what is on its way. `transport` has `send(request)`, which gives a promise of Java's response,
// `abort(reason)`, and `toResponse(response, url, followed)`; a first `response` that is there already is followed as one that came.
export function follow(transport, request, signal, response = undefined) {
  const state = { aborted: false }, followed = last(transport, request, state, response);
  if (signal === null) return followed;
  return new Promise((resolve, reject) => {
    const giveUp = signal.add((reason) => {
      state.aborted = true;
      transport.abort(reason);
      reject(reason);
    });
    // A signal may live longer than the event.
    whenEnded(() => signal.remove(giveUp));
    followed.then(resolve, (error) => {
      signal.remove(giveUp);
      reject(error);
    });
  });
}

// What `follow` takes: a request whose URL is parsed.
export const requestOf = (request, method, url, headers, body) => ({ method, url, headers, body, mode: redirectOf(request), count: 0 });

// The signal that aborts a request, or null; throws its reason where it has aborted.
export function signalFor(request) {
  const followed = requestSignal(request), signal = followed === null ? null : load('abort').signalOf(followed, 'fetch');
  if (signal !== null && signal.aborted) throw signal.reason;
  return signal;
}

function drop(response) {
  const body = response.body();
  if (body !== null) host.drop(body);
}

function toResponse(response, url, followed, encodeBody = undefined) {
  const { fragment } = url;
  url.fragment = null;
  const href = serialize(url);
  url.fragment = fragment;
  return incomingResponse(response.status(), response.statusText(), response.headers(), response.body(), { url: href, redirected: followed, encodeBody });
}

export async function fetch(input, init = undefined) {
  const request = new Request(input, init), url = parse(request.url), signal = signalFor(request);
  if (url.scheme === 'data') {
    url.fragment = null;
    return toResponse(host.data(serialize(url).slice(5)), url, false);
  }
  check(url);
  const { method, headers, body, pumped } = outgoingRequest(request);
  if (pumped !== undefined) holdFor(pumped);
  if (`${valueIn(headers, 'upgrade')}`.toLowerCase() === 'websocket') return load('websocket').openFor(url, headers, signal);
  return follow(new Network(wantsWire(request)), requestOf(request, method, url, headers, typeof body === 'string' ? host.text(body) : body), signal);
}
