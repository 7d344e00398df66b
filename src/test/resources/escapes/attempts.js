// Attempts to get out. Each says by its first word what counts as success:
//   none: it throws or gives undefined unless it worked;
//   all: it must come to its end, and nothing of Java may be in what it returns or records.

const NAMES = [
  'Java', 'Polyglot', 'Graal', 'Packages', 'java', 'javax', 'com', 'org', 'edu', 'javafx', 'JavaImporter', 'load', 'loadWithNewGlobal', 'print', 'printErr',
  'quit', 'exit', 'read', 'readline', 'readbuffer', 'readFully', 'require', 'module', 'exports', 'process', 'Debug', 'debug', 'host', 'context', 'engine',
  'SharedArrayBuffer', 'ShadowRealm', 'AsyncContext', '$262', '$vm', '$EXEC', '$ENV', '$ARG', 'arguments', 'polyglot', 'inspect', 'gc', 'Realm', 'Worker',
];

const SPECIFIERS = [
  'file:///etc/passwd', 'file:/etc/passwd', '/etc/passwd', '../../../../etc/passwd', './../../etc/hostname', 'skerry:bootstrap', 'skerry:worker', 'skerry:loader',
  '/skerry:worker', 'js/worker.js', '/js/worker.js', './js/ops.js', 'worker', 'bootstrap', 'http://127.0.0.1:8788/', 'https://example.com/x.js',
  'data:text/javascript,export default 1', 'node:../worker', 'cloudflare:../worker', 'cloudflare:../../js/worker', 'cloudflare:workers/../../worker',
  'cloudflare:./../ops', '/cloudflare:/../worker', '/cloudflare:/cloudflare/../../worker', 'node:fs/../../worker', 'jar:file:/x!/js/worker.js', 'classpath:js/worker.js',
  'resource:js/worker.js', '%2e%2e/worker', './%2e%2e/%2e%2e/etc/passwd', '', '.', '..', '/', '\0', 'a\0b', '/proc/self/environ', '//etc/passwd', '\\\\host\\share', '~', 'file:',
  'cloudflare:', 'node:', ':', 'env', 'x:y:z', 'blob:null/x', 'graaljs:internal', 'polyglot:java',
];

export const attempts = {
  'all: the detector sees what is of Java': async ({ detector, walk }) => {
    const { isHost, sample } = detector;
    let found = 0;
    await walk([{ value: { sample }, path: '' }], (value) => { if (isHost(value)) found++; });
    if (found !== 2) throw new Error(`It saw ${found} of 2`);
  },
  'all: the import of what imports the worker gives the worker alone': async () => {
    const names = Object.keys(await import('skerry:entry'));
    if (names.length !== 1 || names[0] !== 'worker') throw new Error(names.join());
  },
  'all: everything that is in reach is JavaScript': async ({ request, env, ctx, walk, record }) => {
    const response = await env.CALLEE.fetch('http://callee/', { method: 'POST', body: 'x' });
    const errors = [];
    for (const step of [() => null.x, () => new URL('x'), () => atob('*'), () => new Response('', { status: 1 }), () => crypto.getRandomValues(1),
      () => env.KV.get(''), () => structuredClone(() => {}), () => fetch('http://127.0.0.1/')]) {
      try { await step(); } catch (error) { errors.push(error); }
    }
    const event = new MessageEvent('message', { data: 1 });
    const size = await walk([{ path: 'globalThis', value: globalThis }, { path: 'it', value: { request, env, ctx, response, errors, event, body: response.body,
      generator: (function* () {})(), asyncGenerator: (async function* () {})(), meta: import.meta, symbols: Object.getOwnPropertySymbols(globalThis),
      module: await import('./tools.js'), platform: await import('cloudflare:workers') } }], (value, path) => record(value, path));
    if (size < 1000) throw new Error(`Only ${size} objects were found`);
  },
  'all: no function of the platform shows its caller, its arguments or the code around it': async ({ walk, record }) => {
    const asked = { get url() {
      for (const name of ['caller', 'arguments']) try { record(probe[name], name); } catch {}
      return 'http://x/';
    } };
    function probe() {}
    new URL({ toString: () => asked.url });
    new Headers({ get a() { return asked.url; } });
    const functions = [];
    await walk([{ path: 'globalThis', value: globalThis }], (value) => { if (typeof value === 'function') functions.push(value); });
    for (const f of functions) for (const name of ['caller', 'arguments', 'callee', '[[Scopes]]']) try { record(f[name], name); } catch {}
  },
  'all: whatever a function is given, what it throws and returns is JavaScript': async ({ request, env, ctx, walk, record }) => {
    const functions = [];
    let stubs = 0;
    await walk([{ path: 'globalThis', value: globalThis }, { path: 'it', value: { request, env, ctx } }], (value, path) => {
      if (typeof value !== 'function' || /reportError|\.wait|\.sort|\[set\]|CALLEE\./.test(path)) return;
      // A stub has whatever property it is asked for, each a function: some are enough.
      if (typeof value.name === 'string' || stubs++ < 50) functions.push(value);
    });
    const evil = { toString() { throw null; }, valueOf() { return Symbol(); }, get length() { return -1; }, [Symbol.iterator]: null };
    const values = [undefined, null, -1, NaN, 2 ** 53, 1n, '', '\ud800', Symbol('x'), [], {}, evil, () => {}, new Uint8Array(2), new ArrayBuffer(2), new Proxy({}, {}), globalThis,
      env, request, Promise.reject(1), new Date(NaN), /x/];
    values[19].catch(() => {});
    const receivers = [undefined, request, request.headers, new Response('x'), new ReadableStream(), new AbortController().signal, new URL('http://x/'), env.KV, env.CALLEE, ctx,
      crypto.subtle, new Blob(['x']), new FormData(), new TextDecoder(), {}];
    const { setTimeout } = globalThis;
    let calls = 0;
    const began = Date.now();
    for (const f of functions) {
      if (Date.now() - began > 200_000) throw new Error(`After ${calls} of ${4 * functions.length} calls there was no time left: ${f.name}`);
      for (let i = 0; i < 4; i++) {
        const self = receivers[calls % receivers.length];
        const first = values[calls++ % values.length], second = values[(calls * 7) % values.length];
        try {
          const result = Reflect.apply(f, self, [first, second, values[(calls * 3) % values.length]]);
          if (result instanceof Promise) result.then((value) => record(value, 'a result'), (error) => record(error, `a rejection of ${f.name} on ${Object.prototype.toString.call(self)}`));
          record(result, 'a result');
        } catch (error) {
          record(error, `an error of ${f.name} ${calls} on ${Object.prototype.toString.call(self)}`);
          if (error instanceof Error && /dev\.skerry|org\.graalvm|com\.oracle|java\.|JavaObject|failed due to/.test(`${error.message} ${error.stack}`)) {
            throw new Error(`${f.name} tells of Java: ${error.stack}`);
          }
        }
      }
      if (/^(Shared|Iterator)/.test(f.name)) continue;
      try { record(new f(values[calls % values.length], values[(calls * 5) % values.length]), 'an object'); } catch (error) { record(error, `an error of new ${f.name}`); }
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (calls < 3000) throw new Error(`Only ${calls} calls`);
  },
  'all: whatever way host code fails, the worker sees an error of its own': async ({ detector: { calls, isHost }, record, walk }) => {
    const kinds = ['cast', 'null', 'index', 'argument', 'state', 'optional', 'negative', 'checked', 'assertion', 'silent', 'engine', 'guest', 'type', 'stack'];
    const odd = [undefined, null, 'x', NaN, 1e99, -0.5, 1n, Symbol('x'), {}, [], () => {}, new Proxy({}, {}), { valueOf() { return 1; } }, new Uint8Array(1)];
    const ways = { ...calls, generated: (how) => [...calls.generated(how)] };
    let caught = 0;
    const see = (way, kind, error) => {
      caught++;
      record(error, `${way} of ${kind}`);
      const text = `${way} of ${kind}: ${error}`;
      if (isHost(error)) throw new Error(`An object of Java, ${text}`);
      if (!(error instanceof Error)) throw new Error(`No error, ${text}`);
      if (/java|skerry|graalvm|truffle|Foreign|Host|secret/i.test(`${error.name} ${error.message} ${error.cause} ${Object.getOwnPropertyNames(error)}`)) throw new Error(`Text of Java, ${text}`);
      const expected = { guest: 'DataError', type: 'TypeError', stack: 'RangeError' }[kind] ?? (kinds.includes(kind) ? 'Error' : 'TypeError');
      if (error.name !== expected) throw new Error(`Not a ${expected}, ${text}`);
      if (expected === 'Error' && !/^internal error; reference \d+$/.test(error.message)) throw new Error(`Not neutral, ${text}`);
      if (expected === 'DataError' && !(error instanceof DOMException)) throw new Error(`No DOMException, ${text}`);
    };
    for (const way of ['plain', 'caught', 'later', 'generated', 'applied', 'taken', 'chained', 'inClass']) {
      for (const kind of kinds) {
        let error;
        try { ({ error } = await ways[way](kind)); } catch (thrown) { error = thrown; }
        see(way, kind, error);
      }
    }
    for (const value of odd) {
      try { calls.number(value); } catch (error) { see('number', typeof value, error); }
    }
    for (const way of ['excess', 'missing', 'read', 'constructed']) {
      try { calls[way](); } catch (error) { see(way, 'it', error); }
    }
    if (caught < 120) throw new Error(`Only ${caught} were caught`);
  },
  'none: the constructor of a function makes one of text': () => (() => {}).constructor('return globalThis')(),
  'none: the constructor of an async function': () => (async () => {}).constructor('return 1')(),
  'none: the constructor of a generator': () => (function* () {}).constructor('yield 1')().next(),
  'none: the constructor of an async generator': () => (async function* () {}).constructor('yield 1')().next(),
  'none: eval': () => globalThis.eval('1 + 1'),
  'none: indirect eval': () => (0, eval)('1 + 1'),
  'none: new Function': () => new Function('return 1')(),
  'none: Reflect.construct of Function': () => Reflect.construct(Function, ['return 1'])(),
  'none: the constructor of a class of the platform': () => Headers.constructor('return 1')(),
  'none: a timer of text': ({ request }) => setTimeout('globalThis.hit = 1', 0),
  'none: an interval of text': () => setInterval('1', 1),
  'none: a microtask of text': () => queueMicrotask('1'),
  'none: blocking in Atomics.wait': () => Atomics.wait(new Int32Array(new ArrayBuffer(4)), 0, 0, 1000),
  'none: blocking in Atomics.wait on shared memory': () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000),
  'none: waiting in Atomics.waitAsync': () => Atomics.waitAsync(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000),
  'none: shared memory of WebAssembly': () => Atomics.wait(new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer), 0, 0, 1000),
  'none: a realm of its own': () => new ShadowRealm().evaluate('1'),
  'none: a hashbang of the service-worker format': () => importScripts('/etc/passwd'),
  'none: document.all-like values of the engine': () => globalThis.HTMLDDA,
  'all: the event loop of AsyncContext is not given': ({ record }) => {
    record(globalThis.AsyncContext, 'AsyncContext');
    if ('AsyncContext' in globalThis) throw new Error('AsyncContext');
  },
  'all: the stacks of errors show no frame of Java': async ({ env, record }) => {
    const stacks = [];
    for (const step of [() => new URL('x'), () => atob('*'), () => env.KV.get(''), () => env.CALLEE.fetch('x'), () => [1].map(() => null.x), () => JSON.parse('{'),
      () => crypto.subtle.digest('x', new Uint8Array()), () => new Response('', { status: 1 }), () => (function f() { f(); })()]) {
      try { await step(); } catch (error) {
        record(error, 'error');
        record(error.cause, 'cause');
        stacks.push(`${error.stack}`, `${error.message}`, `${error.cause}`);
      }
    }
    const java = stacks.filter((stack) => /dev\.skerry|org\.graalvm|com\.oracle|java\.|jdk\.|\.java:|<java>/.test(stack));
    if (java.length > 0) throw new Error(java[0]);
  },
  'all: foreign members of objects of the platform': ({ request, env, ctx, record }) => {
    const names = ['getClass', 'hashCode', 'wait', 'notify', 'notifyAll', 'class', 'equals', 'clone', 'finalize', 'isolate', 'context', 'invoke', 'getHost'];
    for (const object of [request, request.headers, request.signal, env, env.KV, ctx, crypto, crypto.subtle, console, performance, new Response('x'), Symbol.for('skerry.module'),
      globalThis[Symbol.for('skerry.module')], fetch, setTimeout]) {
      for (const name of names) if (object?.[name] !== undefined && !['clone'].includes(name)) throw new Error(`${String(name)} of ${object}`);
    }
  },
  'all: what modules are given by loads nothing else': ({ record }) => {
    const give = globalThis[Symbol.for('skerry.module')];
    const names = ['worker', 'ops', 'bootstrap', 'bindings/service', 'bindings/kv', 'errors', 'modules', 'body/content', 'cloudflare/../worker', 'cloudflare/../ops',
      'cloudflare/./../ops', 'cloudflare//../ops', 'cloudflare/../../js/ops', 'node/../ops', 'node/buffer', '../js/ops', 'cloudflare/%2e%2e/ops', 'cloudflare\\..\\ops', '/js/ops', 'cloudflare/workers\0',
      ['ops'], { toString: () => 'ops' }, { toString: () => 'cloudflare/../ops' }, new String('ops'), Symbol(), null, undefined, 1, '', 'cloudflare/', 'constructor', '__proto__', 'toString'];
    for (const kind of ['platform', 'data', 'commonjs', 'host', 'script', {}, null, '__proto__']) {
      for (const name of names) {
        let got;
        try { got = give(kind, name); } catch (error) { record(error, `${String(kind)} error`); continue; }
        throw new Error(`${String(kind)} ${JSON.stringify(name)} gave ${Object.keys(got)}`);
      }
    }
  },
  'all: methods of bindings on other objects': async ({ env, record }) => {
    for (const binding of [env.KV, env.CALLEE]) {
      for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(binding))) {
        for (const self of [undefined, {}, env, new Proxy(binding, {}), Object.create(binding), { __proto__: Object.getPrototypeOf(binding) }]) {
          try { record(await Object.getPrototypeOf(binding)[name].call(self, 'key', 'value'), name); } catch (error) { record(error, name); }
        }
      }
      try { record(new binding.constructor({ fetchText() {}, text() { return 'forged'; } }), 'a forged binding'); } catch (error) { record(error, 'error'); }
    }
  },
  'all: subclasses of the platform with constructors of their own': ({ record }) => {
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      let type;
      try { type = globalThis[name]; } catch (error) { record(error, name); }
      if (typeof type !== 'function' || type.prototype === undefined) continue;
      try {
        class Sub extends type {
          constructor(...args) { super(...args); record(this, name); }
        }
        for (const args of [[], ['http://x/'], [{}], [Symbol()]]) try { record(new Sub(...args), name); } catch (error) { record(error, name); }
        record(Reflect.construct(type, [], Object), name);
        record(Reflect.construct(Object, [], type), name);
      } catch (error) { record(error, name); }
    }
  },
  'all: Symbol tricks': async ({ env, record, request }) => {
    const symbols = Object.getOwnPropertyNames(Symbol).map((name) => Symbol[name]).filter((value) => typeof value === 'symbol');
    for (const object of [request, env.KV, env.CALLEE, crypto, new Response('x'), new ReadableStream(), fetch, globalThis]) {
      for (const symbol of symbols) { try { record(object[symbol], 'a symbol'); } catch (error) { record(error, 'an error'); } }
      for (const symbol of Object.getOwnPropertySymbols(object)) record(object[symbol], 'an own symbol');
    }
    const tricky = { [Symbol.toPrimitive](hint) { record(this, hint); return 'http://x/'; }, get [Symbol.toStringTag]() { record(this, 'tag'); return 'Request'; } };
    new Request(tricky);
    new Headers([[tricky, 'x']].map(() => ['a', tricky]));
    record(Function.prototype[Symbol.hasInstance].call(Request, tricky), 'hasInstance');
    for (const type of [Request, Response, Headers, AbortSignal, ReadableStream, Promise, Map, Uint8Array, Error, Function, Object]) {
      Object.defineProperty(type, Symbol.hasInstance, { value: (value) => { record(value, 'an instance'); return true; }, configurable: true });
    }
    for (const step of [() => env.CALLEE.fetch({ url: 'http://x/', method: 'GET' }), () => new Request({ url: 'http://x/' }), () => new Response({}), () => new Headers({ get: 1 }),
      () => new Request('http://x/', { signal: {} }), () => fetch({}), () => new Response('x').text()]) {
      try { record(await step(), 'what came of it'); } catch (error) { record(error, 'an error'); }
    }
    for (const type of [Request, Response, Headers, AbortSignal, ReadableStream, Promise, Map, Uint8Array, Error, Function, Object]) delete type[Symbol.hasInstance];
  },
  'all: structuredClone of getters and proxies': ({ env, request, ctx, record }) => {
    const proxy = new Proxy({ a: 1 }, { get(target, key, receiver) { record(receiver, 'receiver'); record(target, 'target'); return Reflect.get(target, key); }, ownKeys: () => ['a'],
      getPrototypeOf(target) { record(target, 'target'); return Object.prototype; } });
    record(structuredClone(proxy), 'a clone');
    record(structuredClone({ get x() { record(this, 'this'); return { y: 1 }; } }), 'a clone');
    for (const value of [env.KV, env.CALLEE, request, ctx, env, request.body, new Response('x'), crypto, globalThis]) {
      try { record(structuredClone(value), 'a clone'); } catch (error) { record(error, 'an error'); }
      try { record(structuredClone(value, { transfer: [value] }), 'a clone'); } catch (error) { record(error, 'an error'); }
    }
  },
  'all: JSON with revivers and toJSON': ({ env, request, ctx, record }) => {
    Object.prototype.toJSON = function (key) { record(this, 'toJSON'); return undefined; };
    for (const value of [env, request, ctx, globalThis]) try { JSON.stringify(value, (key, item) => { record(item, 'item'); return item; }); } catch (error) { record(error, 'error'); }
    delete Object.prototype.toJSON;
    JSON.parse('{"a":[1]}', function (key, item) { record(this, 'this'); return item; });
  },
  'all: weak references and finalizers': async ({ request, env, record }) => {
    record(new WeakRef(request).deref(), 'deref');
    new FinalizationRegistry((held) => record(held, 'held')).register({}, { env });
    await new Promise((resolve) => setTimeout(resolve, 10));
  },
  'all: import.meta': async ({ record }) => {
    record(import.meta, 'import.meta');
    for (const key of Reflect.ownKeys(import.meta)) {
      record(import.meta[key], String(key));
      if (!/^file:\/\/\/attempts\.js$/.test(String(import.meta[key]))) throw new Error(`${String(key)}: ${String(import.meta[key])}`);
    }
  },
  'all: handlers of every kind of event of an isolate': async ({ env, record }) => {
    const target = new EventTarget();
    const handler = { get handleEvent() { record(this, 'handler'); return function (event) { record(this, 'this'); record(event, 'event'); record(arguments, 'arguments'); }; } };
    for (const type of ['x', 'abort', 'fetch', 'unhandledrejection', 'error']) {
      target.addEventListener(type, handler);
      addEventListener(type, handler);
      target.dispatchEvent(new Event(type));
      dispatchEvent(new Event(type));
    }
    Promise.reject(new Error('nobody catches this'));
    reportError(new Error('reported'));
    await new Promise((resolve) => setTimeout(resolve, 10));
  },
  'all: custom inspection by the console': ({ env, request, ctx, record }) => {
    const custom = Symbol.for('nodejs.util.inspect.custom');
    const object = { [custom](depth, options, inspect) { record(this, 'this'); record(options, 'options'); record(inspect, 'inspect'); return { toString() { record(this, 'text'); return 'x'; } }; } };
    console.log(object, { a: object }, new Proxy(object, { get(target, key, receiver) { record(receiver, 'receiver'); return Reflect.get(target, key); } }));
    console.table([object]);
    console.dir(env);
    console.log('%o %O %j %c %i %d %s', object, object, object, object, object, object, object);
  },
  'all: the regular expressions of another worker leave nothing behind': async ({ env }) => {
    /own-(\w+)/.exec('own-text');
    await (await env.CALLEE.fetch('http://callee/', { method: 'POST', body: 'a-secret' })).text();
    /x/.test('y');
    for (const text of [RegExp.lastMatch, RegExp.$1, RegExp.input, RegExp.leftContext, RegExp['$&'], RegExp['$_']]) {
      if (/secret/.test(`${text}`)) throw new Error(`It was ${text}`);
    }
  },
  'all: another worker does not see what this one changes': async ({ env }) => {
    globalThis.leak = Object.prototype.leak = Array.prototype.leak = Response.prototype.leak = Symbol.leak = 'leak';
    const template = ((strings) => strings)`shared`;
    const answer = await (await env.CALLEE.fetch('http://callee/', { method: 'POST', body: 'x' })).json();
    delete Object.prototype.leak;
    delete Array.prototype.leak;
    if (answer.leak !== undefined || template.length !== 1) throw new Error(`It saw ${answer.leak}`);
  },
  'all: no path or variable of the machine is to be seen': ({ request, env }) => {
    const texts = [JSON.stringify(import.meta), `${new Error().stack}`, navigator.userAgent, `${globalThis.process?.env?.PATH}`, `${globalThis.process?.cwd?.()}`];
    for (const text of texts) if (/\/(home|usr|root|tmp|work|proc)\//.test(text)) throw new Error(text);
  },
};
for (const name of NAMES) {
  attempts[`none: the global ${name}`] = () => globalThis[name];
  if (/^\w+$/.test(name) && name !== 'arguments') attempts[`none: ${name} by the constructors of objects`] = ({ request }) => request.constructor.constructor(`return ${name}`)();
}
for (const specifier of SPECIFIERS) attempts[`none: import of ${JSON.stringify(specifier)}`] = () => import(specifier);
for (const type of ['json', 'bytes', 'text', 'css', 'wasm']) {
  attempts[`none: import of /etc/passwd as ${type}`] = () => import('/etc/passwd', { with: { type } });
}
