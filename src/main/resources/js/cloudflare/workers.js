// `cloudflare:workers`: https://developers.cloudflare.com/workers/runtime-apis/rpc/ and /bindings/#importing-env-as-a-global

import { RpcPromise, RpcProperty, RpcStub } from './rpc/stubs.js';
import { DurableObject, RpcTarget, WorkerEntrypoint } from './rpc/targets.js';
import { environment, hold } from './worker.js';

export const env = environment();

export function waitUntil(promise) {
  hold(promise);
}

export { DurableObject, RpcPromise, RpcProperty, RpcStub, RpcTarget, WorkerEntrypoint };
