// Attempts to get out by what a worker puts in place of what the platform relies on: patched prototypes, globals and promises of its own. They succeed as
// those of attempts.js do.

export const patches = {
  'all: Error.prepareStackTrace sees no object of the platform': async ({ request, env, ctx, record, use }) => {
    Error.stackTraceLimit = 100;
    const before = Error.prepareStackTrace;
    Error.prepareStackTrace = (error, sites) => {
      record(error, 'error');
      for (const site of sites) {
        for (let at = site; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
          for (const name of Object.getOwnPropertyNames(at)) try { record(site[name](), name); } catch {}
        }
        const self = site.getThis?.(), callee = site.getFunction?.();
        if (self !== undefined && self !== null || callee !== undefined && callee !== null) {
          if (/skerry:/.test(`${site}`)) throw new Error(`${site} gives its this or its function`);
        }
      }
      return 'stack';
    };
    await use(request, env, ctx);
    for (const step of [() => new URL('x'), () => env.KV.get(''), () => console.trace('x'), () => new URL({ toString() { throw new Error(); } })]) {
      try { await step(); } catch (error) { record(error.stack, 'stack'); }
    }
    const target = {};
    Error.captureStackTrace?.(target);
    record(target.stack, 'stack');
    Error.prepareStackTrace = before;
  },
  'all: what modules are given by stays what it is': ({ record }) => {
    const before = globalThis[Symbol.for('skerry.module')];
    try { globalThis[Symbol.for('skerry.module')] = record; } catch {}
    try { Object.defineProperty(globalThis, Symbol.for('skerry.module'), { value: record }); } catch {}
    if (globalThis[Symbol.for('skerry.module')] !== before) throw new Error('It was replaced');
  },
  'all: getters and setters on env': async ({ request, env, ctx, use, record }) => {
    for (const name of ['KV', 'CALLEE', 'TEXT']) {
      const value = env[name];
      Object.defineProperty(env, name, { get() { record(this, 'this'); return value; }, configurable: true });
    }
    const platform = await import('cloudflare:workers');
    record(platform.env, 'env');
    await use(request, env, ctx);
  },
  'all: thenables and promises that lie': async ({ env, ctx, record }) => {
    const lie = { then(resolve, reject) { record(resolve, 'resolve'); record(reject, 'reject'); record(this, 'this'); resolve({ then(next) { record(next, 'next'); next(1); } }); } };
    ctx.waitUntil(lie);
    class Lie extends Promise {
      static get [Symbol.species]() { return Lie; }
      constructor(step) { super((resolve, reject) => { record(resolve, 'resolve'); record(reject, 'reject'); step(resolve, reject); }); }
      then(...args) { record(args[0], 'then'); record(args[1], 'then'); return super.then(...args); }
      get ['constructor']() { record(this, 'constructor'); return Lie; }
    }
    ctx.waitUntil(Lie.resolve(1));
    await new ReadableStream({ start: () => lie, pull: () => Lie.resolve(), cancel: () => lie }).cancel();
    await env.CALLEE.fetch(new Request('http://x/', { method: 'POST', body: new ReadableStream({ pull(to) { to.close(); return lie; } }) }));
    record(await new Response(new ReadableStream({ pull(to) { to.close(); return Lie.resolve(); } })).text(), 'text');
  },
  'all: a constructor that every promise claims': async ({ request, env, ctx, record, use }) => {
    const { then } = Promise.prototype, Native = Promise;
    let inside = false;
    function get() {
      if (!inside) {
        inside = true;
        Reflect.apply(then, this, [(value) => record(value, 'result'), (error) => record(error, 'error')]);
        inside = false;
      }
      return Native;
    }
    for (const step of [
      () => Object.defineProperty(Promise.prototype, 'constructor', { configurable: true, get }),
      () => { Promise.prototype.constructor = Object; },
      () => { delete Promise.prototype.constructor; },
      () => Promise.prototype.__defineGetter__('constructor', get),
      () => Object.defineProperty(Promise, Symbol.species, { configurable: true, get }),
      () => Object.setPrototypeOf(Promise.prototype, { get constructor() { return get.call(this); } }),
    ]) try { step(); } catch {}
    await use(request, env, ctx);
    class Sub extends Promise {}
    function Old() {}
    Old.prototype = Object.create(Promise.prototype);
    Old.prototype.constructor = Old;
    if (Promise.prototype.constructor !== Native || Sub.resolve(1).constructor !== Sub || Old.prototype.constructor !== Old) throw new Error('Not what a promise is made by');
  },
  'all: a then that every promise has': async ({ request, env, ctx, record, use }) => {
    const { then } = Promise.prototype;
    Promise.prototype.then = function (...args) {
      record(this, 'this');
      Reflect.apply(then, this, [(value) => record(value, 'result'), (error) => record(error, 'error')]);
      for (const f of args) record(f, 'callback');
      return Reflect.apply(then, this, args);
    };
    await use(request, env, ctx);
    Promise.prototype.then = then;
  },
  'all: the results of operations are not for the taking': async ({ record, use, request, env, ctx }) => {
    const { set, get, delete: remove } = Map.prototype, { apply } = Reflect;
    let taken = 0;
    Map.prototype.set = function (key, value) {
      if (typeof value?.resolve === 'function' && typeof value?.reject === 'function') taken++;
      return apply(set, this, [key, value]);
    };
    Map.prototype.get = function (key) {
      const value = apply(get, this, [key]);
      if (typeof value?.resolve === 'function') { taken++; return { resolve(result) { record(result, 'result'); value.resolve(result); }, reject(error) { record(error, 'error'); value.reject(error); } }; }
      return value;
    };
    await use(request, env, ctx);
    Map.prototype.set = set;
    Map.prototype.get = get;
    if (taken > 0) throw new Error(`${taken} operations could be ended by the worker`);
  },
  'all: a global Promise of the worker': async ({ request, env, ctx, record, use }) => {
    const Native = Promise;
    globalThis.Promise = class Promise extends Native {
      constructor(step) {
        super((resolve, reject) => { step((value) => { record(value, 'resolved'); resolve(value); }, (error) => { record(error, 'rejected'); reject(error); }); });
      }
    };
    await use(request, env, ctx);
    globalThis.Promise = Native;
  },
  'all: globals of the worker in place of the built-in ones': async ({ request, env, ctx, tap, use }) => {
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      let value;
      try { value = globalThis[name]; } catch {}
      if (typeof value === 'function' && !['Promise'].includes(name)) tap(globalThis, name, 'globalThis');
    }
    await use(request, env, ctx);
  },
  'all: names that the worker defines first': async ({ request, env, ctx, record, use }) => {
    const before = globalThis.load;
    for (const name of ['load', 'host', 'INTERNAL', 'skerry', 'bootstrap', 'call']) globalThis[name] = (...args) => { for (const value of args) record(value, name); };
    await use(request, env, ctx);
    for (const name of ['load', 'host', 'INTERNAL', 'skerry', 'bootstrap', 'call']) delete globalThis[name];
    record(before, 'load');
  },
  'all: instanceof as the worker has it': async ({ request, env, ctx, record, use }) => {
    const types = [ArrayBuffer, Uint8Array, Map, Promise, Request, Response, ReadableStream, Blob];
    for (const type of types) {
      const { [Symbol.hasInstance]: before } = type;
      Object.defineProperty(type, Symbol.hasInstance, { value(value) { record(value, `instanceof ${type.name}`); return Reflect.apply(before, type, [value]); }, configurable: true });
    }
    await use(request, env, ctx);
    for (const type of types) delete type[Symbol.hasInstance];
  },
  'all: prototypes of generators and iterators': async ({ request, env, ctx, use, tapAll }) => {
    const generator = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})()));
    const asyncGenerator = Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})()));
    tapAll(generator, 'Generator');
    tapAll(asyncGenerator, 'AsyncGenerator');
    tapAll(Object.getPrototypeOf(asyncGenerator), 'AsyncIterator');
    tapAll(Object.getPrototypeOf([][Symbol.iterator]()), 'ArrayIterator');
    tapAll(Object.getPrototypeOf(new Map()[Symbol.iterator]()), 'MapIterator');
    tapAll(Object.getPrototypeOf(new Set()[Symbol.iterator]()), 'SetIterator');
    tapAll(Object.getPrototypeOf(''[Symbol.iterator]()), 'StringIterator');
    for await (const value of (async function* () { yield* [1]; })()) await value;
    await use(request, env, ctx);
  },
  'all: accessors on Object.prototype': async ({ request, env, ctx, use, trap }) => {
    for (const name of ['then', 'host', 'resolve', 'reject', 'content', 'kind', 'body', 'invocation', 'pull', 'cancel', 'source', 'signal', 'promise', 'pumped', 'settle', 'operation', 'error',
      'buffer', 'offset', 'state', 'chunk', 'close', 'queue', 'inner', 'handler', 'cause', 'name_', 'props', 'exports', 'default']) trap(Object.prototype, name, 'Object.prototype');
    await use(request, env, ctx);
  },
  'all: indices on Array.prototype': async ({ request, env, ctx, use, trap }) => {
    for (let i = 0; i < 8; i++) trap(Array.prototype, String(i), 'Array.prototype');
    await use(request, env, ctx);
  },
};

const PROTOTYPES = ['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'BigInt', 'Date', 'RegExp', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Promise', 'Error', 'TypeError',
  'ArrayBuffer', 'Uint8Array', 'DataView', 'FinalizationRegistry', 'Iterator', 'Headers', 'Request', 'Response', 'Body', 'ReadableStream', 'ReadableStreamDefaultReader', 'WritableStream', 'TransformStream',
  'URL', 'URLSearchParams', 'Event', 'EventTarget', 'AbortSignal', 'AbortController', 'DOMException', 'Blob', 'FormData', 'TextEncoder', 'TextDecoder', 'CryptoKey', 'SubtleCrypto', 'MessagePort'];
for (const name of PROTOTYPES) {
  patches[`all: every method of ${name}.prototype patched`] = async ({ request, env, ctx, use, tapAll }) => {
    tapAll(globalThis[name].prototype, `${name}.prototype`);
    await use(request, env, ctx);
  };
}
for (const name of ['Object', 'Reflect', 'JSON', 'Array', 'Promise', 'Symbol', 'Math', 'ArrayBuffer', 'Uint8Array', 'String', 'Number', 'Error', 'Date', 'Atomics', 'Proxy']) {
  patches[`all: every function of ${name} patched`] = async ({ request, env, ctx, use, tapAll }) => {
    tapAll(globalThis[name], name);
    await use(request, env, ctx);
  };
}
patches['all: every method of the typed arrays patched'] = async ({ request, env, ctx, use, tapAll }) => {
  tapAll(Object.getPrototypeOf(Uint8Array.prototype), 'TypedArray.prototype');
  await use(request, env, ctx);
};
