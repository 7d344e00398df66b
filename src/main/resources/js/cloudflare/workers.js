// `cloudflare:workers`: https://developers.cloudflare.com/workers/runtime-apis/rpc/ and /bindings/#importing-env-as-a-global

import { Fetcher as ServiceStub } from './bindings/service.js';
import { RpcPromise, RpcProperty, RpcStub } from './rpc/stubs.js';
import { DurableObject, RpcTarget, WorkerEntrypoint, WorkflowEntrypoint } from './rpc/targets.js';
import { tracing } from './tracing.js';
import { environmentNow, exportsNow, hold, withEnvironment, withOwnExports } from './worker.js';

const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, has, ownKeys } = Reflect;

// The object that `now()` gives, each time that it is looked at.
const live = (now) => new Proxy({}, {
  get: (_, name) => now()[name],
  set(_, name, value) {
    now()[name] = value;
    return true;
  },
  has: (_, name) => has(now(), name),
  ownKeys: () => ownKeys(now()),
  getOwnPropertyDescriptor(_, name) {
    const property = getOwnPropertyDescriptor(now(), name);
    return property === undefined ? undefined : { ...property, configurable: true };
  },
  defineProperty: (_, name, property) => defineProperty(now(), name, property),
  deleteProperty: (_, name) => deleteProperty(now(), name),
});

// The environment, or what withEnv() has put in its place for what runs now; and likewise the worker's own entrypoints.
export const env = live(environmentNow);
export const exports = live(exportsNow);

function check(method, values, run) {
  if (typeof values !== 'object' || values === null) throw new TypeError(`${method}: what is to be put in place is not an object.`);
  if (typeof run !== 'function') throw new TypeError(`${method}: the last argument is not a function.`);
}

// https://developers.cloudflare.com/workers/runtime-apis/bindings/#overriding-env-values
export function withEnv(values, run) {
  check('withEnv', values, run);
  return withEnvironment(values, () => apply(run, undefined, []));
}

export function withExports(values, run) {
  check('withExports', values, run);
  return withOwnExports(values, () => apply(run, undefined, []));
}

export function withEnvAndExports(values, exported, run) {
  check('withEnvAndExports', exported, run);
  return withEnv(values, () => withExports(exported, run));
}

export function waitUntil(promise) {
  hold(promise);
}

// Names that Workers have, of what is not here: responses kept by Cloudflare's cache, and what ends or restores an isolate.
export const cache = {};
export const restore = undefined;

export function abortIsolate() {
  throw new Error('abortIsolate() is not available here.');
}

export { DurableObject, RpcPromise, RpcProperty, RpcStub, RpcTarget, ServiceStub, WorkerEntrypoint, WorkflowEntrypoint, tracing };
