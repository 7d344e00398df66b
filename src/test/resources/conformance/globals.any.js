// What the global object has of the platform: https://webidl.spec.whatwg.org/#define-the-global-property-references

test(() => {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, 'EventSource');
  assert_equals(typeof descriptor.value, 'function');
  assert_equals(descriptor.value, EventSource);
  assert_true(descriptor.writable && descriptor.configurable && !descriptor.enumerable);
}, 'a global is a property with a value, not enumerable');

test(() => {
  globalThis.CloseEvent = 1;
  assert_equals(CloseEvent, 1);
  assert_false(Object.getOwnPropertyDescriptor(globalThis, 'CloseEvent').enumerable);
}, 'a global that was never read can be replaced');

test(() => {
  Object.defineProperty(globalThis, 'ErrorEvent', { get: () => 2, configurable: true });
  assert_equals(ErrorEvent, 2);
}, 'a global that was never read can become an accessor');

test(() => {
  assert_true(delete globalThis.URLPattern);
  assert_equals(typeof URLPattern, 'undefined');
  assert_false('URLPattern' in globalThis);
}, 'a global that was never read can be deleted');

test(() => {
  const below = Object.create(globalThis);
  assert_equals(below.FormData, FormData);
  below.CompressionStream = 3;
  assert_equals(typeof CompressionStream, 'function');
  assert_equals(below.CompressionStream, 3);
}, 'an object that inherits from the global object reads its globals and shadows them');

test(() => {
  Object.defineProperty(globalThis, 'CountQueuingStrategy', { writable: false });
  assert_equals(typeof CountQueuingStrategy, 'function');
  assert_throws_js(TypeError, () => { globalThis.CountQueuingStrategy = 4; });
  assert_equals(typeof CountQueuingStrategy, 'function');
}, 'a global that was never read can be made constant');

test(() => {
  assert_equals(Object.getOwnPropertyNames(globalThis).filter((name) => name.includes('skerry')).length, 0);
  assert_equals(Object.keys(globalThis).includes('URL'), false);
}, 'no name of the bootstrap is left');

test(() => {
  assert_true(globalThis instanceof ServiceWorkerGlobalScope && self instanceof WorkerGlobalScope);
  assert_false({} instanceof WorkerGlobalScope);
  assert_equals(`${globalThis}`, '[object ServiceWorkerGlobalScope]');
  assert_throws_js(TypeError, () => new WorkerGlobalScope());
}, 'the global object says what it is');

test(() => {
  assert_equals(`${Cloudflare}`, '[object Cloudflare]');
  assert_true(Cloudflare.compatibilityFlags.global_navigator);
  assert_false(Cloudflare.compatibilityFlags.nodejs_compat);
  assert_true(Object.isFrozen(Cloudflare.compatibilityFlags));
}, 'Cloudflare.compatibilityFlags tells what the version has');

promise_test(async () => {
  const { NonRetryableError } = await import('cloudflare:workflows');
  const error = new NonRetryableError('enough');
  assert_true(error instanceof Error);
  assert_equals(`${error}`, 'NonRetryableError: enough');
  const { EmailMessage } = await import('cloudflare:email');
  const { from, to, raw } = new EmailMessage('a@x', 'b@x', 'Subject: s');
  assert_equals(`${from} ${to} ${raw}`, 'a@x b@x Subject: s');
  assert_throws_js(TypeError, () => new EmailMessage('a@x'));
}, 'modules that other products bring can be imported');

promise_test(async () => {
  const { connect } = await import('cloudflare:sockets');
  for (const address of ['x', '', ':1', 'localhost:x', 'localhost:0', 'localhost:99999', 'http://localhost:80', 'u:p@localhost:80', { port: 1 }, { hostname: 'x' }]) {
    assert_throws_js(TypeError, () => connect(address), JSON.stringify(address));
  }
}, 'connect() refuses what is no address');

test(() => {
  assert_equals(new Intl.DateTimeFormat().resolvedOptions().timeZone, 'UTC');
  for (const timeZone of ['UTC', 'Etc/UTC', 'GMT']) assert_equals(new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone, 'UTC');
  assert_equals(new Intl.DateTimeFormat('en', { timeZone: 'Europe/Oslo' }).resolvedOptions().timeZone, 'Europe/Oslo');
  assert_throws_js(TypeError, () => Intl.DateTimeFormat.prototype.resolvedOptions.call({}));
  assert_equals(new Date(0).getTimezoneOffset(), 0);
  assert_equals(new Intl.NumberFormat().resolvedOptions().locale, 'en-US');
  assert_equals((1234.5).toLocaleString(), '1,234.5');
  assert_equals(new Date(0).toLocaleDateString(), '1/1/1970');
}, 'time zone and language are those of Workers, and not of the machine');

test(() => {
  for (const name of ['fetch', 'atob', 'setTimeout', 'clearInterval', 'queueMicrotask', 'structuredClone', 'reportError', 'crypto', 'caches', 'navigator', 'performance', 'scheduler']) {
    assert_true(Object.getOwnPropertyDescriptor(globalThis, name)?.enumerable ?? name in ServiceWorkerGlobalScope.prototype, name);
  }
  for (const name of ['console', 'WebAssembly', 'Object', 'Intl']) assert_false(Object.getOwnPropertyDescriptor(globalThis, name).enumerable, name);
  for (const name of ['compile', 'instantiate', 'validate']) assert_true(Object.getOwnPropertyDescriptor(WebAssembly, name).enumerable, name);
}, 'functions and attributes of the global object are enumerable, namespaces are not');

test(() => {
  assert_false('dedent' in String);
  assert_false('cleanupSome' in FinalizationRegistry.prototype);
  for (const name of ['AsyncContext', 'Graal', 'Polyglot', 'Java', 'Packages', 'load', 'print', 'quit', 'arguments', 'setImmediate', 'clearImmediate']) {
    assert_false(name in globalThis, name);
  }
  assert_false('prototype' in Error.captureStackTrace);
}, 'there is nothing of the engine that V8 has not');

test(() => {
  for (const name of ['name', 'lastModified']) {
    const { get, set, enumerable, configurable } = Object.getOwnPropertyDescriptor(File.prototype, name);
    assert_true(typeof get === 'function' && set === undefined && enumerable && configurable, name);
  }
  for (const type of [Request, Response, Headers, URL, URLSearchParams, Blob, File, FormData, Event, EventTarget, AbortSignal, ReadableStream, WebSocket, TextDecoder, DOMException, MessagePort]) {
    for (const key of Reflect.ownKeys(type.prototype)) {
      if (typeof key === 'symbol') continue;
      assert_equals(Object.getOwnPropertyDescriptor(type.prototype, key).enumerable, key !== 'constructor', `${type.name}.prototype.${key}`);
    }
  }
}, 'members of interfaces are enumerable');

test(() => {
  assert_equals(origin, 'null');
}, 'the global object has an opaque origin');
