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
  assert_in_array(new Intl.DateTimeFormat().resolvedOptions().timeZone, ['UTC', 'Etc/UTC']);
  assert_equals(new Date(0).getTimezoneOffset(), 0);
  assert_equals(new Intl.NumberFormat().resolvedOptions().locale, 'en-US');
  assert_equals((1234.5).toLocaleString(), '1,234.5');
  assert_equals(new Date(0).toLocaleDateString(), '1/1/1970');
}, 'time zone and language are those of Workers, and not of the machine');
