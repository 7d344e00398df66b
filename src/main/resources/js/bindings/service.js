// A service binding: `env.AUTH.fetch(request)` runs another worker of this process.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/http/. Any other name is a method of its entrypoint or a property:
// https://developers.cloudflare.com/workers/runtime-apis/rpc/

import { holdFor } from './invocation.js';
import { op } from './ops.js';
import { Request, cfOf, isRequest, outgoingRequest, redirectOf, requestSignal } from './request.js';
import { incomingResponse } from './response.js';

const { create, defineProperty, getPrototypeOf, setPrototypeOf } = Object;
const { call: callOf } = Function.prototype;
const PLAIN = Object.prototype;
// How many names a binding remembers.
const NAMES = 256;
// What goes to the other worker as it is: no credentials, no fragment.
const PLAIN_URL = /^https?:\/\/[^/@]*\/[^#]*$/;
const matches = callOf.bind(RegExp.prototype.test);

const INTERNAL = {};

let remoteProperty, hostOf;

class Fetcher {
  #host;
  #names = 0;

  static {
    hostOf = (value) => (#host in value ? value.#host : undefined);

    remoteProperty = (fetcher, name) => {
      if (typeof fetcher !== 'object' || fetcher === null || !(#host in fetcher)) return undefined;
      const host = fetcher.#host, property = load('rpc/stubs').property((path, message) => host.call(path, message), name);
      // Found there, ahead of the proxy, the next time.
      if (fetcher.#names++ < NAMES) defineProperty(getPrototypeOf(fetcher), name, { value: property, writable: true, configurable: true });
      return property;
    };
  }

  constructor(token, host) {
    if (token !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#host = host;
  }

  async fetch(input, init = undefined) {
    const host = this.#host;
    const request = init === undefined && isRequest(input) ? input : new Request(input, init);
    const outgoing = outgoingRequest(request), { method, url, headers, body, pumped } = outgoing;
    // The event lasts until the body is sent; a failure of that reaches the callee as one of the body it reads.
    if (pumped !== undefined) holdFor(pumped);
    const cf = cfOf(request);
    if (cf !== null || requestSignal(request) !== null || !matches(PLAIN_URL, url)) {
      return load('bindings/fetcher').fetchFrom(host, request, outgoing, cf);
    }
    const response = await op(typeof body === 'string' ? host.fetchText(method, url, headers, body) : host.fetchBody(method, url, headers, body));
    const status = response.status();
    if (status > 300 && status < 400 && redirectOf(request) !== 'manual') {
      return load('bindings/fetcher').redirectFrom(host, request, outgoing, response);
    }
    return toResponse(response, url);
  }
}

// What a name that Fetcher does not have comes to.
setPrototypeOf(Fetcher.prototype, new Proxy(create(null), {
  get(_, name, fetcher) {
    if (typeof name === 'symbol' || name in PLAIN) return PLAIN[name];
    return isRemote(name) ? remoteProperty(fetcher, name) : undefined;
  },
  has: (_, name) => name in PLAIN || isRemote(name),
}));
defineProperty(Fetcher.prototype, Symbol.toStringTag, { value: 'Fetcher', writable: true, configurable: true });

const isRemote = (name) => typeof name === 'string' && name !== 'then' && name !== 'toJSON' && !name.includes('\0');

// The response of another worker as the caller sees it.
export function toResponse(response, url, redirected = false) {
  const status = response.status(), webSocket = status === 101 ? load('websocket').fromHost(response.socket()) : null;
  return incomingResponse(status, response.statusText(), response.headers(), response.body(), { url, redirected, webSocket, named: true });
}

export function bind(host) {
  const fetcher = new Fetcher(INTERNAL, host);
  return setPrototypeOf(fetcher, create(Fetcher.prototype));
}

// Java's half of a binding, undefined for anything else.
export { Fetcher, hostOf };
