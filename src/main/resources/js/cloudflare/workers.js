// `cloudflare:workers`: https://developers.cloudflare.com/workers/runtime-apis/rpc/ and /bindings/#importing-env-as-a-global

import { RpcPromise, RpcProperty, RpcStub } from './rpc/stubs.js';
import { DurableObject, RpcTarget, WorkerEntrypoint } from './rpc/targets.js';
import { environmentNow, hold, withEnvironment } from './worker.js';

const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, has, ownKeys } = Reflect;

// The environment, or what withEnv() has put in its place for what runs now.
export const env = new Proxy({}, {
  get: (_, name) => environmentNow()[name],
  set(_, name, value) {
    environmentNow()[name] = value;
    return true;
  },
  has: (_, name) => has(environmentNow(), name),
  ownKeys: () => ownKeys(environmentNow()),
  getOwnPropertyDescriptor(_, name) {
    const property = getOwnPropertyDescriptor(environmentNow(), name);
    return property === undefined ? undefined : { ...property, configurable: true };
  },
  defineProperty: (_, name, property) => defineProperty(environmentNow(), name, property),
  deleteProperty: (_, name) => deleteProperty(environmentNow(), name),
});

// https://developers.cloudflare.com/workers/runtime-apis/bindings/#overriding-env-values
export function withEnv(values, run) {
  if (typeof values !== 'object' || values === null) throw new TypeError('withEnv: the new environment is not an object.');
  if (typeof run !== 'function') throw new TypeError('withEnv: the second argument is not a function.');
  return withEnvironment(values, () => apply(run, undefined, []));
}

export function waitUntil(promise) {
  hold(promise);
}

export { DurableObject, RpcPromise, RpcProperty, RpcStub, RpcTarget, WorkerEntrypoint };
