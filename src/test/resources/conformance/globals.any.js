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
