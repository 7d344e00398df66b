// What few calls of a service binding's fetch() ask for: to be aborted, to follow redirects, to take `cf` along, a URL with more in
// it than the other worker should see.

import { toResponse } from './bindings/service.js';
import { call } from './errors.js';
import { drop, redirected } from './fetch.js';
import { whenEnded } from './invocation.js';
import { op } from './ops.js';
import { redirectOf, requestSignal } from './request.js';
import { UrlRecord, parse, serialize } from './url/parse.js';

const { assign } = Object;

// The URL that the other worker sees.
function seen(url) {
  if (url.scheme !== 'http' && url.scheme !== 'https') throw new TypeError(`Fetch API cannot load: ${serialize(url)}`);
  return serialize(assign(new UrlRecord(), url, { username: '', password: '', fragment: null }));
}

const begin = (host, request) => call(() => host.begin(request.method, seen(request.url), request.headers, request.body, request.cf));
const stateOf = (request, url, headers, body, cf) => ({ url: parse(url), method: request.method, headers, body, cf, mode: redirectOf(request), count: 0 });

async function follow(host, request, state, response) {
  for (;;) {
    response ??= await op((state.sent = begin(host, request)).id());
    let next;
    try {
      next = redirected(request, response);
    } catch (error) {
      drop(response);
      throw error;
    }
    if (next === null) return toResponse(response, seen(request.url), request.count > 0);
    drop(response);
    response = undefined;
  }
}

export function redirectFrom(host, request, url, headers, body, response) {
  return follow(host, stateOf(request, url, headers, body, null), {}, response);
}

// Settles with the response, or with the signal's reason when that aborts before; then and later it gives up what is on its way.
export function fetchFrom(host, request, url, headers, body, cf) {
  const followed = requestSignal(request), signal = followed === null ? null : load('abort').signalOf(followed, 'fetch');
  if (signal !== null && signal.aborted) throw signal.reason;
  const asked = stateOf(request, url, headers, body, cf), state = {};
  if (signal === null) return follow(host, asked, state);
  return new Promise((resolve, reject) => {
    const giveUp = signal.add((reason) => {
      state.sent?.abort();
      reject(reason);
    });
    // A signal may live longer than the event.
    whenEnded(() => signal.remove(giveUp));
    follow(host, asked, state).then(resolve, (error) => {
      signal.remove(giveUp);
      reject(error);
    });
  });
}
