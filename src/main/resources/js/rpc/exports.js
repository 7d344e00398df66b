// `ctx.exports`: the worker's own entrypoints as service bindings, each also a function that gives one with props.
// https://developers.cloudflare.com/workers/runtime-apis/context/#exports

import { bind } from './bindings/service.js';
import { rpc } from './rpc/host.js';
import { DurableObject, WorkflowEntrypoint } from './rpc/targets.js';

const { keys } = Object;
const { stringify } = JSON;

function loopback(name) {
  const fetcher = bind(rpc.loopback(name, '{}'));
  return new Proxy((options) => bind(rpc.loopback(name, stringify(options?.props ?? {}))), {
    get: (_, member) => (member === 'fetch' ? (input, init) => fetcher.fetch(input, init) : fetcher[member]),
  });
}

// Whatever may have handlers: an object, or a class that is not another's to make.
function isEntrypoint(value) {
  if (typeof value !== 'function') return typeof value === 'object' && value !== null;
  return !(value.prototype instanceof DurableObject) && !(value.prototype instanceof WorkflowEntrypoint);
}

export function exportsOf(namespace) {
  const exported = {}, names = keys(namespace);
  for (let i = 0; i < names.length; i++) {
    const value = namespace[names[i]];
    if (isEntrypoint(value)) exported[names[i]] = loopback(names[i]);
  }
  return exported;
}
