// The part of the Web Platform Tests' testharness.js that `*.any.js` files use, with its semantics: https://web-platform-tests.org/writing-tests/testharness-api.html
// Results are collected in `__results` as {name, status, message}; `__done()` resolves when every test has ended.
globalThis.GLOBAL = { isWindow: () => false, isWorker: () => true, isShadowRealm: () => false };
const results = [];
const running = [];
const cleanups = [];
let chain = Promise.resolve();
class AssertionError extends Error {}
const show = (value) => {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  try { return String(value); } catch { return Object.prototype.toString.call(value); }
};
const check = (condition, message, detail) => {
  if (!condition) throw new AssertionError((message ? `${message}: ` : '') + detail);
};
function record(name, error) {
  results.push(error === undefined ? { name, status: 'PASS' }
    : { name, status: 'FAIL', message: `${error?.name ?? ''}: ${error?.message ?? show(error)}`, stack: `${error?.stack ?? ''}` });
}
class Test {
  constructor(name) {
    this.name = name;
    this.cleanups = [];
    this.ended = new Promise((resolve) => { this.end = resolve; });
    this.isDone = false;
  }
  done() { if (!this.isDone) { this.isDone = true; this.end(); } }
  fail(error) { if (!this.isDone) { this.error = error; this.failed = true; this.done(); } }
  step(f, that, ...args) { try { return f.call(that ?? this, ...args); } catch (e) { this.fail(e); } }
  step_func(f, that) { return (...args) => this.step(f, that ?? this, ...args); }
  step_func_done(f, that) { return (...args) => { if (f) this.step(f, that ?? this, ...args); this.done(); }; }
  unreached_func(message) { return this.step_func(() => { throw new AssertionError(message ?? 'reached unreachable code'); }); }
  step_timeout(f, ms, ...args) { return setTimeout(this.step_func(() => f.call(this, ...args)), ms); }
  add_cleanup(f) { this.cleanups.push(f); }
  async finish() {
    for (const f of this.cleanups) await f();
    record(this.name, this.failed ? this.error ?? new AssertionError('failed') : undefined);
  }
}
let unnamed = 0;
const named = (name) => name ?? `untitled ${++unnamed}`;
globalThis.test = (f, name) => {
  const t = new Test(named(name));
  t.step(f, t, t);
  t.done();
  running.push(t.finish());
};
globalThis.promise_test = (f, name) => {
  const t = new Test(named(name));
  chain = chain.then(async () => {
    let timer;
    try {
      const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new AssertionError('timed out after 10 s')), 10_000); });
      await Promise.race([Promise.resolve(f.call(t, t)), t.ended.then(() => { if (t.failed) throw t.error; return new Promise(() => {}); }), late]);
    } catch (e) { t.fail(e); }
    clearTimeout(timer);
    t.done();
    await t.finish();
  });
};
globalThis.async_test = (f, name) => {
  if (typeof f === 'string') [f, name] = [undefined, f];
  const t = new Test(named(name));
  const timer = setTimeout(() => t.fail(new AssertionError('timed out after 10 s')), 10_000);
  running.push(t.ended.then(() => { clearTimeout(timer); return t.finish(); }));
  if (f) t.step(f, t, t);
  return t;
};
globalThis.setup = (f) => { if (typeof f === 'function') f(); };
globalThis.promise_setup = (f) => { chain = chain.then(f); };
globalThis.add_completion_callback = () => {};
globalThis.done = () => {};
globalThis.step_timeout = (f, ms, ...args) => setTimeout(f, ms, ...args);
globalThis.format_value = show;
globalThis.subsetTest = (run, ...args) => run(...args);
globalThis.subsetTestByKey = (key, run, ...args) => run(...args);
globalThis.assert_true = (actual, message) => check(actual === true, message, `expected true, got ${show(actual)}`);
globalThis.assert_false = (actual, message) => check(actual === false, message, `expected false, got ${show(actual)}`);
globalThis.assert_equals = (actual, expected, message) => check(Object.is(actual, expected), message, `expected ${show(expected)}, got ${show(actual)}`);
globalThis.assert_not_equals = (actual, expected, message) => check(!Object.is(actual, expected), message, `got disallowed value ${show(actual)}`);
globalThis.assert_in_array = (actual, expected, message) => check(expected.includes(actual), message, `${show(actual)} not in ${show(expected)}`);
globalThis.assert_array_equals = (actual, expected, message) => {
  check(typeof actual === 'object' && actual !== null && 'length' in actual, message, `${show(actual)} is not an array`);
  check(actual.length === expected.length, message, `lengths differ, expected ${show(Array.from(expected))}, got ${show(Array.from(actual))}`);
  for (let i = 0; i < actual.length; i++) check(Object.is(actual[i], expected[i]), message, `at ${i} expected ${show(expected[i])}, got ${show(actual[i])}`);
};
globalThis.assert_object_equals = (actual, expected, message) => {
  for (const key of Object.keys(actual)) {
    check(Object.hasOwn(expected, key), message, `unexpected property ${key}`);
    if (typeof actual[key] === 'object' && actual[key] !== null) assert_object_equals(actual[key], expected[key], message);
    else assert_equals(actual[key], expected[key], `${message ?? ''} property ${key}`);
  }
  for (const key of Object.keys(expected)) check(Object.hasOwn(actual, key), message, `expected property ${key} missing`);
};
globalThis.assert_less_than = (actual, expected, message) => check(typeof actual === 'number' && actual < expected, message, `${show(actual)} is not less than ${expected}`);
globalThis.assert_greater_than = (actual, expected, message) => check(typeof actual === 'number' && actual > expected, message, `${show(actual)} is not greater than ${expected}`);
globalThis.assert_less_than_equal = (actual, expected, message) => check(typeof actual === 'number' && actual <= expected, message, `${show(actual)} > ${expected}`);
globalThis.assert_greater_than_equal = (actual, expected, message) => check(typeof actual === 'number' && actual >= expected, message, `${show(actual)} < ${expected}`);
globalThis.assert_between_exclusive = (actual, low, high, message) => check(actual > low && actual < high, message, `${actual} not between ${low} and ${high}`);
globalThis.assert_approx_equals = (actual, expected, epsilon, message) => check(Math.abs(actual - expected) <= epsilon, message, `${actual} is not near ${expected}`);
globalThis.assert_regexp_match = (actual, expected, message) => check(expected.test(actual), message, `${show(actual)} does not match ${expected}`);
globalThis.assert_class_string = (object, name, message) => assert_equals(Object.prototype.toString.call(object), `[object ${name}]`, message);
globalThis.assert_own_property = (object, name, message) => check(Object.hasOwn(object, name), message, `no own property ${String(name)}`);
globalThis.assert_not_own_property = (object, name, message) => check(!Object.hasOwn(object, name), message, `has own property ${String(name)}`);
globalThis.assert_inherits = (object, name, message) => check(!Object.hasOwn(object, name) && name in object, message, `does not inherit ${String(name)}`);
globalThis.assert_idl_attribute = (object, name, message) => check(name in object, message, `no attribute ${String(name)}`);
globalThis.assert_readonly = (object, name, message) => {
  const before = object[name];
  try { object[name] = `${before}x`; } catch { /* strict mode */ }
  assert_equals(object[name], before, message ?? `${name} changed`);
};
globalThis.assert_unreached = (message) => check(false, message, 'reached unreachable code');
globalThis.assert_throws_js = (type, f, message) => {
  try { f(); } catch (e) {
    check(typeof e === 'object' && e !== null && e.constructor === type && e.name === type.name, message, `threw ${show(e)}, expected ${type.name}`);
    return;
  }
  check(false, message, `did not throw ${type.name}`);
};
const isDomException = (e, name) => e instanceof DOMException && e.constructor === DOMException && e.name === name;
globalThis.assert_throws_dom = (name, constructorOrFunction, f, message) => {
  if (constructorOrFunction !== DOMException) [f, message] = [constructorOrFunction, f];
  try { f(); } catch (e) {
    check(isDomException(e, name), message, `threw ${show(e)}, expected DOMException ${name}`);
    return;
  }
  check(false, message, `did not throw DOMException ${name}`);
};
globalThis.assert_throws_exactly = (value, f, message) => {
  try { f(); } catch (e) { check(Object.is(e, value), message, `threw ${show(e)}, expected ${show(value)}`); return; }
  check(false, message, 'did not throw');
};
const rejection = (promise, message) => promise.then(() => check(false, message, 'promise was fulfilled, expected a rejection'), (e) => e);
globalThis.promise_rejects_js = async (t, type, promise, message) => {
  const e = await rejection(promise, message);
  assert_throws_js(type, () => { throw e; }, message);
};
globalThis.promise_rejects_dom = async (t, name, constructorOrPromise, promise, message) => {
  if (constructorOrPromise !== DOMException) [promise, message] = [constructorOrPromise, promise];
  const e = await rejection(promise, message);
  check(isDomException(e, name), message, `rejected with ${show(e)}, expected DOMException ${name}`);
};
globalThis.promise_rejects_exactly = async (t, value, promise, message) => {
  const e = await rejection(promise, message);
  check(Object.is(e, value), message, `rejected with ${show(e)}, expected ${show(value)}`);
};
globalThis.__done = async () => {
  let before;
  do {
    before = chain;
    await chain;
    await Promise.all(running);
  } while (before !== chain);
  return JSON.stringify(results);
};
