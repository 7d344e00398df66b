// fetch(): https://fetch.spec.whatwg.org/#fetch-method. Java (dev.skerry.webapi.fetch.FetchApi) sends one request and gives its response; redirects are
// followed here.

import { describe, call } from './errors.js';
import { valueIn, without } from './headers.js';
import { holdFor, whenEnded } from './invocation.js';
import { op } from './ops.js';
import { Request, outgoingRequest, redirectOf, requestSignal } from './request.js';
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

// One request; `state.exchange` is what an abort would give up.
function send(state, method, url, headers, body) {
  check(url);
  const secure = url.scheme === 'https', path = url.query === null ? url.path : `${url.path}?${url.query}`;
  state.exchange = call(() => host.send(method, secure, bare(url.host), url.port ?? (secure ? 443 : 80), path, headers, body));
  return op(host.id(state.exchange));
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

async function follow(request, state) {
  for (;;) {
    const response = await send(state, request.method, request.url, request.headers, request.body);
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
    if (next === null) return toResponse(response, request.url, request.count > 0);
    drop(response);
  }
}

function drop(response) {
  const body = response.body();
  if (body !== null) host.drop(body);
}

function toResponse(response, url, followed) {
  const { fragment } = url;
  url.fragment = null;
  const href = serialize(url);
  url.fragment = fragment;
  return incomingResponse(response.status(), response.statusText(), response.headers(), response.body(), { url: href, redirected: followed });
}

// Settles as `promise` does, or with the signal's reason when it aborts before; then and later it gives up what is on its way.
function abortable(signal, state, promise) {
  return new Promise((resolve, reject) => {
    const giveUp = signal.add((reason) => {
      state.aborted = true;
      const { name, message } = describe(reason);
      if (state.exchange !== null) host.abort(state.exchange, name, message);
      reject(reason);
    });
    // A signal may live longer than the event.
    whenEnded(() => signal.remove(giveUp));
    promise.then(resolve, (error) => {
      signal.remove(giveUp);
      reject(error);
    });
  });
}

export async function fetch(input, init = undefined) {
  const request = new Request(input, init), url = parse(request.url);
  const followed = requestSignal(request), signal = followed === null ? null : load('abort').signalOf(followed, 'fetch');
  if (signal !== null && signal.aborted) throw signal.reason;
  if (url.scheme === 'data') {
    url.fragment = null;
    return toResponse(call(() => host.data(serialize(url).slice(5))), url, false);
  }
  check(url);
  const { method, headers, body, pumped } = outgoingRequest(request);
  if (pumped !== undefined) holdFor(pumped);
  if (`${valueIn(headers, 'upgrade')}`.toLowerCase() === 'websocket') return load('websocket').openFor(url, headers, signal);
  const state = { exchange: null, aborted: false };
  const first = { url, method, headers, body: typeof body === 'string' ? host.text(body) : body, mode: redirectOf(request), count: 0 };
  return signal === null ? follow(first, state) : abortable(signal, state, follow(first, state));
}

export { drop, redirected };
