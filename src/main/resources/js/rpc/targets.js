// What can be called from other isolates: instances of these classes, and functions. The table holds what was given to others; Java knows an entry by
// its number and has it dropped when nobody can call it any more.
// https://developers.cloudflare.com/workers/runtime-apis/rpc/visibility/

import { current } from './worker.js';

const { apply } = Reflect;
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
const { call } = Function.prototype;
const hasOwn = Object.hasOwn;
const isArray = Array.isArray;
const PLAIN = Object.prototype;
const table = new Map();
const get = call.bind(Map.prototype.get), set = call.bind(Map.prototype.set), remove = call.bind(Map.prototype.delete);
let last = 0;

let isTarget, isEntrypoint;

export class RpcTarget {
  #target;

  static {
    isTarget = (value) => #target in value;
  }
}

function checkContext(type, ctx) {
  if (typeof ctx === 'object' && ctx !== null) return;
  throw new TypeError(`Failed to construct '${type.name}': constructor parameter 1 is not of type 'Object'.`);
}

export class WorkerEntrypoint {
  #entrypoint;

  static {
    isEntrypoint = (value) => #entrypoint in value;
  }

  constructor(ctx, env) {
    checkContext(WorkerEntrypoint, ctx);
    this.ctx = ctx;
    this.env = env;
  }
}

export class DurableObject {
  constructor(ctx, env) {
    checkContext(DurableObject, ctx);
    this.ctx = ctx;
    this.env = env;
  }
}

// Nothing here runs workflows; code that has one beside other entrypoints starts all the same.
export class WorkflowEntrypoint {
  constructor(ctx, env) {
    checkContext(WorkflowEntrypoint, ctx);
    this.ctx = ctx;
    this.env = env;
  }
}
for (const [type, name] of [
  [RpcTarget, 'JsRpcTarget'], [WorkerEntrypoint, 'WorkerEntrypoint'], [DurableObject, 'DurableObject'], [WorkflowEntrypoint, 'WorkflowEntrypoint'],
]) defineProperty(type.prototype, Symbol.toStringTag, { value: name, writable: true, configurable: true });

// Enters a value into the table, with the event that it belongs to.
export function enter(value) {
  set(table, ++last, { value, event: current.get() });
  return last;
}

export function entered(id) {
  return get(table, id);
}

// Called by Java.
export function drop(id, dispose) {
  const entry = get(table, id);
  remove(table, id);
  if (entry === undefined || !dispose) return;
  try {
    current.run(entry.event, () => {
      const disposer = entry.value[Symbol.dispose];
      if (typeof disposer === 'function') apply(disposer, entry.value, []);
    });
  } catch (error) {
    load('errors').reportError(error);
  }
}

export const missing = (name) => new TypeError(`The RPC receiver does not implement the method "${name}".`);

// A member of an object that others may reach: on the prototypes of a target, its own of a plain object or a function.
export function member(object, name) {
  if (typeof object === 'function' && name !== 'prototype' && hasOwn(object, name)) return object[name];
  if (typeof object !== 'object' || object === null) throw missing(name);
  if (isTarget(object) || isEntrypoint(object)) {
    if (name === 'constructor' || name === 'dup' || hasOwn(object, name)) throw missing(name);
    for (let at = getPrototypeOf(object); at !== null && at !== PLAIN; at = getPrototypeOf(at)) {
      const property = getOwnPropertyDescriptor(at, name);
      if (property !== undefined) return property.get === undefined ? property.value : apply(property.get, object, []);
    }
    throw missing(name);
  }
  const prototype = getPrototypeOf(object);
  if ((prototype === PLAIN || prototype === null || isArray(object)) && hasOwn(object, name)) return object[name];
  throw missing(name);
}

export { isEntrypoint, isTarget };
