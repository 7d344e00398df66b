// WebSocketRequestResponsePair: https://developers.cloudflare.com/durable-objects/api/state/#setwebsocketautoresponse

import { exposed, require } from './webidl.js';

export class WebSocketRequestResponsePair {
  #request;
  #response;

  constructor(request, response) {
    require(arguments.length, 2, 'WebSocketRequestResponsePair');
    this.#request = `${request}`.toWellFormed();
    this.#response = `${response}`.toWellFormed();
  }

  get request() {
    return this.#request;
  }

  get response() {
    return this.#response;
  }
}
exposed(WebSocketRequestResponsePair);
