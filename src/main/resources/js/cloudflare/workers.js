// `cloudflare:workers`: https://developers.cloudflare.com/workers/runtime-apis/rpc/ and /bindings/#importing-env-as-a-global

import { environment, hold } from './worker.js';

export class WorkerEntrypoint {
  constructor(ctx, env) {
    this.ctx = ctx;
    this.env = env;
  }
}

export class DurableObject {
  constructor(ctx, env) {
    this.ctx = ctx;
    this.env = env;
  }
}

export class RpcTarget {}

export const env = environment();

export function waitUntil(promise) {
  hold(promise);
}
