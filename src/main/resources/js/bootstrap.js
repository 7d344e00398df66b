// The first code in an isolate: the module loader of the guest halves, the lazy globals, and the functions that Java calls; `host` is
// dev.skerry.runtime.engine.Globals.

import { errorOf } from './errors.js';
import { fail, forget, settle } from './ops.js';
import { bind, currentInvocation, enterModules, enterServiceWorker, fetchEvent, handlerNames, pulse, scheduledEvent } from './worker.js';

// Which module defines which globals. A module is evaluated when one of its globals is first touched.
const GLOBALS = {
  console: ['console'],
  timers: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask', 'scheduler'],
  errors: ['DOMException', 'reportError'],
  events: ['Event', 'EventTarget', 'addEventListener', 'removeEventListener', 'dispatchEvent'],
  'events/kinds': ['CustomEvent', 'MessageEvent', 'ErrorEvent', 'CloseEvent', 'PromiseRejectionEvent'],
  abort: ['AbortController', 'AbortSignal'],
  messaging: ['MessageChannel', 'MessagePort', 'structuredClone'],
  encoding: ['TextEncoder', 'TextDecoder', 'TextEncoderStream', 'TextDecoderStream', 'atob', 'btoa'],
  url: ['URL', 'URLSearchParams'],
  urlpattern: ['URLPattern'],
  headers: ['Headers'],
  body: ['Body'],
  request: ['Request'],
  response: ['Response'],
  fetch: ['fetch'],
  eventsource: ['EventSource'],
  websocket: ['WebSocket', 'WebSocketPair'],
  'websocket/auto-response': ['WebSocketRequestResponsePair'],
  blob: ['Blob', 'File'],
  formdata: ['FormData'],
  'streams/readable': ['ReadableStream'],
  'streams/readers': ['ReadableStreamDefaultReader', 'ReadableStreamBYOBReader'],
  'streams/default-source': ['ReadableStreamDefaultController'],
  'streams/byte-controller': ['ReadableByteStreamController', 'ReadableStreamBYOBRequest'],
  'streams/writable': ['WritableStream', 'WritableStreamDefaultWriter', 'WritableStreamDefaultController'],
  'streams/transform': ['TransformStream', 'TransformStreamDefaultController'],
  'streams/strategies': ['ByteLengthQueuingStrategy', 'CountQueuingStrategy'],
  'streams/identity': ['IdentityTransformStream', 'FixedLengthStream'],
  htmlrewriter: ['HTMLRewriter'],
  compression: ['CompressionStream', 'DecompressionStream'],
  crypto: ['crypto', 'Crypto'],
  'crypto/key': ['CryptoKey'],
  'crypto/subtle': ['SubtleCrypto'],
  caches: ['caches', 'Cache', 'CacheStorage'],
  performance: ['performance', 'Performance'],
  'performance/timeline': ['PerformanceEntry', 'PerformanceMark', 'PerformanceMeasure', 'PerformanceObserver', 'PerformanceObserverEntryList', 'PerformanceResourceTiming'],
  navigator: ['navigator', 'Navigator'],
  webassembly: ['WebAssembly'],
  compatibility: ['Cloudflare'],
  serviceworker: ['ExtendableEvent', 'FetchEvent', 'ScheduledEvent'],
  scope: ['ServiceWorkerGlobalScope', 'WorkerGlobalScope'],
  disposal: ['SuppressedError', 'DisposableStack', 'AsyncDisposableStack'],
};

load('symbols');
load('webassembly/engine');

const modules = { __proto__: null };
globalThis['skerry:evaluate'] = (name) => load(modules[name])[name];
host.evaluateWith('skerry:evaluate');
globalThis['skerry:fail'] = (name, message) => { throw errorOf(name, message); };
host.failWith('skerry:fail');

globalThis['skerry:rejected'] = (promise, reason) => load('rejections').rejected(promise, reason);
globalThis['skerry:handled'] = (promise) => load('rejections').handledLater(promise);
host.trackRejections('skerry:rejected', 'skerry:handled');

function defineLazy(names, module) {
  for (let i = 0; i < names.length; i++) modules[names[i]] = module;
}

for (const module of Object.keys(GLOBALS)) defineLazy(GLOBALS[module], module);
// Functions and attributes are enumerable, interfaces and namespaces are not: https://webidl.spec.whatwg.org/#define-the-global-property-references
const members = [], interfaces = ['console'];
for (const name of Object.keys(modules)) if (name !== 'console') (name.charCodeAt(0) >= 0x61 ? members : interfaces).push(name);
host.define(interfaces.join(' '), false);
host.define(members.join(' '), true);

// With the compatibility flag nodejs_compat: https://developers.cloudflare.com/workers/runtime-apis/nodejs/
function enterNode(populatesProcessEnv) {
  load('nodejs/settings').settings.processEnv = populatesProcessEnv;
  defineLazy(['Buffer'], 'node/buffer');
  defineLazy(['process'], 'node/process');
  defineLazy(['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'], 'node/timers');
  host.define('Buffer process', false);
  host.define('setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate', true);
  Object.defineProperty(globalThis, 'global', { value: globalThis, writable: true, enumerable: false, configurable: true });
}

Object.defineProperty(globalThis, Symbol.toStringTag, { value: 'ServiceWorkerGlobalScope', writable: true, enumerable: false, configurable: true });
Object.defineProperty(globalThis, 'self', { value: globalThis, writable: true, enumerable: false, configurable: true });
// https://html.spec.whatwg.org/multipage/webappapis.html#dom-origin of what has no URL, as in Workers.
Object.defineProperty(globalThis, 'origin', { value: 'null', writable: false, enumerable: true, configurable: true });

// https://tc39.es/proposal-explicit-resource-management/: the engine has no `using` yet, but what bundlers make of it asks for these.
for (const name of ['dispose', 'asyncDispose']) {
  if (!(name in Symbol)) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
}
const disposers = {
  [Symbol.dispose]() { this.return?.(); },
  async [Symbol.asyncDispose]() { await this.return?.(); },
};
for (const [prototype, name] of [[Iterator.prototype, 'dispose'], [Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype)), 'asyncDispose']]) {
  if (Symbol[name] in prototype) continue;
  Object.defineProperty(prototype, Symbol[name], { value: disposers[Symbol[name]], writable: true, enumerable: false, configurable: true });
}

Object.defineProperty(globalThis, Symbol.for('skerry.module'), { value: (kind, name) => load('modules').provide(kind, name) });
// What the engine has beyond the language, and V8 has not.
for (const name of ['AsyncContext', 'arguments']) delete globalThis[name];
delete String.dedent;
delete FinalizationRegistry.prototype.cleanupSome;

// The engine knows UTC by several names, V8 by one.
const { apply } = Reflect, { resolvedOptions } = Intl.DateTimeFormat.prototype;
Object.defineProperty(Intl.DateTimeFormat.prototype, 'resolvedOptions', {
  value: { resolvedOptions() {
    const options = apply(resolvedOptions, this, []), { timeZone } = options;
    if (timeZone === 'Etc/UTC' || timeZone === 'GMT' || timeZone === 'Etc/GMT') options.timeZone = 'UTC';
    return options;
  } }.resolvedOptions,
});

// `await` asks a promise for its constructor, and whoever answers has the promise, with what may be of Java in it: so a worker cannot answer in its place.
const NativePromise = Promise, promises = Promise.prototype;
Object.defineProperty(promises, 'constructor', {
  get() { return NativePromise; },
  set(value) {
    if (this === promises) throw new TypeError('The constructor of promises cannot be replaced.');
    Object.defineProperty(this, 'constructor', { value, writable: true, enumerable: true, configurable: true });
  },
  enumerable: false,
  configurable: false,
});
Object.defineProperty(NativePromise, Symbol.species, { configurable: false });

// `new Function` and eval(), which the engine has not: while a worker starts, the host evaluates what they are given.
// https://developers.cloudflare.com/workers/configuration/compatibility-flags/#allow-eval-during-startup
let evaluates = false;

function evaluate(text) {
  if (!evaluates) throw new EvalError('Code generation from strings disallowed for this context');
  return load('modules').evaluateText(text);
}

// https://tc39.es/ecma262/#sec-createdynamicfunction
function madeFunction(_, args) {
  const texts = [];
  for (let i = 0; i < args.length; i++) texts[i] = `${args[i]}`;
  const body = texts.length === 0 ? '' : texts.pop();
  return evaluate(`(function anonymous(${texts.join(',')}\n) {\n${body}\n})`);
}

const MadeFunction = new Proxy(Function, { apply: (target, self, args) => madeFunction(target, args), construct: madeFunction });
const { eval: evaluated } = { eval: (text) => typeof text === 'string' ? evaluate(text) : text };
for (const [owner, name, value] of [[globalThis, 'Function', MadeFunction], [Function.prototype, 'constructor', MadeFunction], [globalThis, 'eval', evaluated]]) {
  Object.defineProperty(owner, name, { value, writable: true, enumerable: false, configurable: true });
}

function allowEvaluation(allowed) {
  evaluates = allowed;
}

// What nearly every worker uses, for an isolate that is made ahead.
function prepare() {
  for (const module of ['request', 'response', 'url']) load(module);
}

// Method calls, of which many workers get none.
const rpcEvent = (invocation, entrypoint, props, call, number, path, args) => {
  load('rpc/serve').rpcEvent(invocation, entrypoint, props, call, number, path, args);
};
const rpcCall = (call, number, target, onResult, path, args) => load('rpc/serve').rpcCall(call, number, target, onResult, path, args);
const tellRejections = () => load('rejections').tellRejections();
const rpcForget = (number) => load('rpc/serve').rpcForget(number);
const rpcDrop = (target, dispose) => load('rpc/targets').drop(target, dispose);

export {
  allowEvaluation, prepare, settle, fail, forget, bind, currentInvocation, tellRejections, enterNode, enterModules, enterServiceWorker, fetchEvent, handlerNames, pulse, scheduledEvent, rpcEvent, rpcCall, rpcForget, rpcDrop,
};
