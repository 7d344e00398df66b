// A service binding: `env.AUTH.fetch(request)` runs another worker of this process.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/http/

import { call } from './errors.js';
import { holdFor } from './invocation.js';
import { op } from './ops.js';
import { Request, outgoingRequest } from './request.js';
import { incomingResponse } from './response.js';

class Fetcher {
  #host;

  constructor(host) {
    this.#host = host;
  }

  async fetch(input, init) {
    const request = init === undefined && input instanceof Request ? input : new Request(input, init);
    const { method, url, headers, body, pumped } = outgoingRequest(request);
    // The event lasts until the body is sent; a failure of that reaches the callee as one of the body it reads.
    if (pumped !== undefined) holdFor(pumped);
    const host = this.#host;
    const response = await op(call(() => {
      if (body === null) return host.fetchBody(method, url, headers, null);
      if (typeof body === 'string') return host.fetchText(method, url, headers, body);
      return body instanceof ArrayBuffer ? host.fetchBytes(method, url, headers, body) : host.fetchBody(method, url, headers, body);
    }));
    return incomingResponse(response.status(), response.statusText(), response.headers(), response.body());
  }
}

export function bind(host) {
  return new Fetcher(host);
}
