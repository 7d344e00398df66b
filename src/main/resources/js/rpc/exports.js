// `ctx.exports`: the worker's own entrypoints as service bindings, each also a function that gives one with props.
// https://developers.cloudflare.com/workers/runtime-apis/context/#exports

import { bind } from './bindings/service.js';
import { rpc } from './rpc/host.js';
import { WorkerEntrypoint } from './rpc/targets.js';

const { freeze, keys } = Object;
const { stringify } = JSON;

function loopback(name) {
  const fetcher = bind(rpc.loopback(name, '{}'));
  return new Proxy((options) => bind(rpc.loopback(name, stringify(options?.props ?? {}))), {
    get: (_, member) => (member === 'fetch' ? (input, init) => fetcher.fetch(input, init) : fetcher[member]),
  });
}

export function exportsOf(namespace) {
  const exported = {}, names = keys(namespace);
  for (let i = 0; i < names.length; i++) {
    const value = namespace[names[i]];
    if (names[i] === 'default' || (typeof value === 'function' && value.prototype instanceof WorkerEntrypoint)) {
      exported[names[i]] = loopback(names[i]);
    }
  }
  return freeze(exported);
}
