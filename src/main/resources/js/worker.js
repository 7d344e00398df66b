// The worker in its isolate: its handlers, `env`, and how events reach it. Java calls the exported functions; `host` is dev.skerry.runtime.WorkerHost.

import { Variable } from './context.js';
import { DOMException, describe } from './errors.js';
import { op } from './ops.js';
import { resolved, then } from './streams/promises.js';
import { withTicks } from './ticks.js';
import { exposed, require } from './webidl.js';

const handlers = { __proto__: null };
let exported;
let listeners;
const env = {};

// Makes `env[name]`: every kind of binding has a module with `bind(host, config, name)`.
export function bind(name, module, config, half) {
  env[name] = load(module).bind(half, JSON.parse(config), name);
}

export function environment() {
  return env;
}

// What stands in for it and for the exports while withEnv() and its like run.
const replacement = new Variable(), exportsReplacement = new Variable();

export function withEnvironment(values, run) {
  return replacement.run(values, run);
}

export function withOwnExports(values, run) {
  return exportsReplacement.run(values, run);
}

export function environmentNow() {
  return replacement.get() ?? env;
}

export function exportsNow() {
  return exportsReplacement.get() ?? ownExports();
}

// The event whose handler is running, also after an await: follows the code, not the clock.
export const current = new Variable();

// Has a promise run; whether that of the last call was.
let beat = false;

export function pulse() {
  const had = beat;
  beat = false;
  then(resolved(undefined), () => { beat = true; });
  return had;
}

export function currentEvent() {
  return current.get();
}

// As that event's code, if there is one.
export function runAs(event, run) {
  return event === undefined ? run() : current.run(event, run);
}

// As ctx.waitUntil(), for code that has no ctx at hand.
export function hold(promise) {
  const event = current.get();
  if (event === undefined) throw new Error('waitUntil() needs an event: it cannot be called in global scope.');
  event.waitUntil(promise);
}

// What the worker exports when it has started.
export function enterModules(namespace) {
  for (const name of Object.keys(namespace)) handlers[name] = namespace[name];
  exported = undefined;
}

// The events that are delivered to a worker; others are the global object's own.
const HANDLED = { __proto__: null, fetch: true, scheduled: true, queue: true, tail: true, email: true };

export function enterServiceWorker() {
  listeners = { __proto__: null };
  for (const name of Object.keys(env)) globalThis[name] = env[name];
  const { dispatchFetch, dispatchScheduled, isListener } = load('serviceworker');
  const { addEventListener } = load('events');
  globalThis.addEventListener = (type, listener, options) => {
    type = `${type}`;
    if (!(type in HANDLED)) addEventListener(type, listener, options);
    else if (isListener(listener)) (listeners[type] ??= []).push(listener);
    else throw new TypeError('addEventListener: the listener is neither a function nor an object.');
  };
  handlers.default = {
    fetch: (request, _, ctx) => dispatchFetch(request, ctx, listeners.fetch),
    scheduled: (controller, _, ctx) => dispatchScheduled(controller, ctx, listeners.scheduled),
  };
}

// The events that there are handlers for, and the named entrypoints.
export function handlerNames() {
  if (listeners !== undefined) return Object.keys(listeners);
  const main = handlers.default;
  const methods = typeof main === 'function' ? main.prototype : main ?? {};
  const events = Object.keys(HANDLED).filter((name) => typeof methods[name] === 'function');
  return [...events, ...Object.keys(handlers).filter((name) => name !== 'default')];
}

// Bindings to the worker's own entrypoints.
function ownExports() {
  return exported ??= load('rpc/exports').exportsOf(handlers);
}

const illegal = () => new TypeError('Illegal invocation: function called with incorrect `this` reference: take it along as in `ctx.waitUntil(promise)`.');

// https://developers.cloudflare.com/workers/runtime-apis/context/
class ExecutionContext {
  #event;

  constructor(event, props) {
    this.#event = event;
    this.props = props;
  }

  get exports() {
    return ownExports();
  }

  get tracing() {
    return load('tracing').tracing;
  }

  waitUntil(promise) {
    if (typeof this !== 'object' || this === null || !(#event in this)) throw illegal();
    require(arguments.length, 1, 'ExecutionContext.waitUntil');
    this.#event.waitUntil(promise);
  }

  passThroughOnException() {
    if (typeof this !== 'object' || this === null || !(#event in this)) throw illegal();
    this.#event.passThrough();
  }
}
exposed(ExecutionContext);

function checkUpgrade(headers) {
  if (`${load('headers').valueIn(headers, 'upgrade')}`.toLowerCase() === 'websocket') return;
  throw new TypeError('Worker tried to return a WebSocket in a response to a request which did not contain the header "Upgrade: websocket".');
}

let invocationOf;

// One event: it has ended when its handler, the body that it streams and everything passed to waitUntil have.
export class Event {
  #invocation;
  #holds = 0;
  #handled = false;
  #failure;
  #extended = false;

  static {
    invocationOf = (event) => event.#invocation;
  }

  constructor(invocation) {
    this.#invocation = invocation;
  }

  waitUntil(promise) {
    if (!this.#extended) {
      this.#extended = true;
      host.extend(this.#invocation);
    }
    this.hold(promise);
  }

  passThrough() {
    host.passThrough(this.#invocation);
  }

  // The signal of the incoming request.
  signal() {
    const signal = load('abort').newSignal();
    then(op(host.disconnection(this.#invocation)), () => {
      load('abort').signalOf(signal).abort(new DOMException('The client has disconnected', 'AbortError'));
    });
    return signal;
  }

  hold(promise) {
    // An event that only its WebSocket keeps open has more to do again.
    if (this.#holds++ === 0 && this.#handled) host.reopen(this.#invocation);
    then(resolved(promise), () => this.#release(), (error) => {
      // A failure after the response is the event's outcome, as on Cloudflare.
      this.#failure ??= { error };
      this.#release();
    });
  }

  #release() {
    if (--this.#holds === 0 && this.#handled) this.#end();
  }

  #end() {
    if (this.#failure === undefined) host.done(this.#invocation);
    else this.threw(this.#failure.error);
  }

  // `headers` are those of the request, in the form of HeaderLines.
  respond(response, headers) {
    const { outgoing, ownerOf } = load('response');
    let pumping;
    try {
      const owner = ownerOf(response);
      if (owner !== undefined && owner !== this) current.run(this, load('invocation').checkOwner, owner);
      pumping = outgoing(response, (status, lines, content, statusText = '', webSocket = null) => {
        if (webSocket !== null) checkUpgrade(headers);
        const last = this.#holds === 0 && (content === null || typeof content === 'string');
        this.#handled = last;
        if (webSocket !== null) host.respondSocket(this.#invocation, lines, load('websocket').handOver(webSocket), last);
        else if (content === null) host.respondBody(this.#invocation, status, statusText, lines, null, last);
        else if (typeof content === 'string') host.respondText(this.#invocation, status, statusText, lines, content, last);
        else host.respondBody(this.#invocation, status, statusText, lines, content, false);
      });
    } catch (error) {
      this.threw(error);
      return;
    }
    if (pumping !== undefined) this.hold(pumping);
    if (!this.#handled) this.handled();
  }

  handled() {
    this.#handled = true;
    if (this.#holds === 0) this.#end();
  }

  threw(error) {
    const { name, message, stack } = describe(error), invocation = this.#invocation;
    const fault = host.awaited(invocation) ? load('rpc/message').faultMessage(() => host.fault(invocation), error) : null;
    if (fault !== null) host.tell(invocation, fault);
    host.threw(invocation, name, message, stack);
  }
}

export { invocationOf };

// For Java: the invocation whose code is running, null where that is not known.
export function currentInvocation() {
  const event = current.get();
  return event === undefined ? null : invocationOf(event);
}

function contextOf(event, props) {
  return new ExecutionContext(event, props === null ? {} : JSON.parse(props));
}

// What an entrypoint's methods are called on: an instance of its class, or with `ctx` the object that it is; undefined where there is none.
export function entrypointOf(entrypoint, event, props) {
  const ctx = contextOf(event, props), target = handlers[entrypoint ?? 'default'];
  if (typeof target === 'function') return { target: new target(ctx, env), ctx: undefined };
  return typeof target === 'object' && target !== null ? { target, ctx } : undefined;
}

// The one call of all workers' handlers. The engine compiles a call into its caller for each of the first callees that it meets there, which would compile
// the way of an event anew for the first workers of a server; so it meets some here, in a row, before any is compiled.
function handle(target, method, first, ctx) {
  return target[method](first, env, ctx);
}
for (const target of [
  { fetch() {} }, { fetch() {}, b: 0 }, { fetch() {}, c: 0 }, { fetch() {}, d: 0 }, { fetch() {}, e: 0 }, { fetch() {}, f: 0 }, { fetch() {}, g: 0 },
]) handle(target, 'fetch');

function handler(entrypoint, method, event, props) {
  const ctx = contextOf(event, props);
  const target = handlers[entrypoint ?? 'default'];
  if (typeof target === 'function') {
    const instance = new target(ctx, env);
    return typeof instance[method] === 'function' ? (first) => handle(instance, method, first, ctx) : undefined;
  }
  return typeof target?.[method] === 'function' ? (first) => handle(target, method, first, ctx) : undefined;
}

export function fetchEvent(invocation, entrypoint, props, method, url, headers, body, cf) {
  const event = new Event(invocation);
  let result;
  try {
    const run = handler(entrypoint, 'fetch', event, props);
    if (run === undefined) {
      host.noHandler(invocation, entrypoint === null || entrypoint in handlers
        ? 'Handler does not export a fetch() function.'
        : `Worker has no such entrypoint: ${entrypoint}`);
      return;
    }
    const { incomingRequest } = load('request'), signal = () => event.signal();
    // A body belongs to the event.
    const request = body === null
      ? incomingRequest(method, url, headers, null, signal, true, cf)
      : current.run(event, incomingRequest, method, url, headers, body, signal, true, cf);
    result = current.run(event, withTicks, run, request);
  } catch (error) {
    event.threw(error);
    return;
  }
  if (load('response').isResponse(result)) event.respond(result, headers);
  else then(resolved(result), (response) => event.respond(response, headers), (error) => event.threw(error));
}

// https://developers.cloudflare.com/workers/runtime-apis/handlers/scheduled/
class ScheduledController {
  constructor(cron, scheduledTime) {
    this.cron = cron;
    this.scheduledTime = scheduledTime;
  }

  get type() {
    return 'scheduled';
  }

  // A run that fails is not tried again anyway.
  noRetry() {}
}
exposed(ScheduledController);

export function scheduledEvent(invocation, cron, scheduledTime) {
  const event = new Event(invocation);
  try {
    const run = handler(null, 'scheduled', event, null);
    if (run === undefined) {
      host.noHandler(invocation, 'Handler does not export a scheduled() function.');
      return;
    }
    then(resolved(current.run(event, withTicks, run, new ScheduledController(cron, scheduledTime))), () => event.handled(), (error) => event.threw(error));
  } catch (error) {
    event.threw(error);
  }
}
