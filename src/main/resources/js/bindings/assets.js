// The version's static files: `env.ASSETS.fetch(request)`.
// https://developers.cloudflare.com/workers/static-assets/binding/#runtime-api-reference

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
    const { method, url, headers } = outgoingRequest(request);
    const answer = await op(this.#host.fetch(method, url, headers));
    return incomingResponse(answer.status(), '', answer.headers(), answer.body());
  }
}

export function bind(host) {
  return new Fetcher(host);
}
