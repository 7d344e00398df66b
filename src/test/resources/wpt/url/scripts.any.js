// META: title=scripts, sloppy code and single assertions
// META: script=resources/helper.js
// META: script=/common/shared.js
// META: global=window,dedicatedworker

test(() => { assert_equals(helper(), 'help'); }, 'a function of a script beside');
test(() => { assert_equals(shared(1), 2); assert_equals(SHARED, 'constant'); }, 'a function of a script of the root');
test(function () { undeclared = 1; assert_equals(globalThis.undeclared, 1); assert_equals(typeof this.step, 'function'); }, 'sloppy code');
promise_test(async (t) => {
  let cleaned = false;
  t.add_cleanup(() => { cleaned = true; });
  await new Promise((resolve) => t.step_timeout(resolve, 1));
  await promise_rejects_js(t, TypeError, Promise.reject(new TypeError('x')));
  await promise_rejects_dom(t, 'AbortError', Promise.reject(new DOMException('x', 'AbortError')));
  assert_false(cleaned);
}, 'a promise, a timeout and a cleanup');
