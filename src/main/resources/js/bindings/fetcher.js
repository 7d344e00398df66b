// What few calls of a service binding's fetch() ask for: to be aborted, to follow redirects, to take `cf` along, a URL with more in
// it than the other worker should see.

import { toResponse } from './bindings/service.js';
import { follow, requestOf, signalFor } from './fetch.js';
import { op } from './ops.js';
import { UrlRecord, parse, serialize } from './url/parse.js';

const { assign } = Object;

// The URL that the other worker sees.
function seen(url) {
  if (url.scheme !== 'http' && url.scheme !== 'https') throw new TypeError(`Fetch API cannot load: ${serialize(url)}`);
  return serialize(assign(new UrlRecord(), url, { username: '', password: '', fragment: null }));
}

// What `follow` needs of a binding.
class Callee {
  #host;
  #cf;
  #call;

  constructor(host, cf) {
    this.#host = host;
    this.#cf = cf;
  }

  send({ method, url, headers, body }) {
    this.#call = this.#host.begin(method, seen(url), headers, body, this.#cf);
    return op(this.#call.id());
  }

  abort() {
    this.#call?.abort();
  }

  toResponse(response, url, followed) {
    return toResponse(response, seen(url), followed);
  }
}

const asked = (request, { method, url, headers, body }) => requestOf(request, method, parse(url), headers, body);

export function redirectFrom(host, request, outgoing, response) {
  return follow(new Callee(host, null), asked(request, outgoing), null, response);
}

export function fetchFrom(host, request, outgoing, cf) {
  const signal = signalFor(request);
  return follow(new Callee(host, cf), asked(request, outgoing), signal);
}
