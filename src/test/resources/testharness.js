// The part of the Web Platform Tests' testharness.js that `*.any.js` files use, with its semantics: https://web-platform-tests.org/writing-tests/testharness-api.html
// Results are {name, status, message, stack}: `__done()` is a promise of them as JSON when every test has ended, `__results()` what there is by now. Who
// imports this may set `__timeout`, the milliseconds that one test has, and `__title`, the name of a file that is a single test.
globalThis.GLOBAL = { isWindow: () => false, isWorker: () => true, isShadowRealm: () => false };
const results = [];
const running = [];
const TIMEOUT = globalThis.__timeout ?? 120_000;
const LATE = `timed out after ${TIMEOUT} ms`;
const listeners = [];
let explicit, single;
let chain = Promise.resolve();
class AssertionError extends Error {}
class OptionalFeatureUnsupportedError extends AssertionError {}
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
    : error instanceof OptionalFeatureUnsupportedError ? { name, status: 'PRECONDITION_FAILED', message: error.message, stack: '' }
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
  step_wait(condition, message, timeout = TIMEOUT, interval = 10) {
    const until = Date.now() + timeout;
    return new Promise((resolve, reject) => {
      const look = async () => {
        try {
          if (await condition()) resolve();
          else if (Date.now() > until) reject(new AssertionError(message ?? 'a condition did not come true'));
          else setTimeout(look, interval);
        } catch (e) { reject(e); }
      };
      look();
    });
  }
  step_wait_func(condition, f, message, timeout, interval) {
    this.step_wait(condition, message, timeout, interval).then(() => this.step(f, this), (e) => this.fail(e));
  }
  step_wait_func_done(condition, f, ...rest) { this.step_wait_func(condition, () => { f?.(); this.done(); }, ...rest); }
  get_signal() {
    const controller = new AbortController();
    this.add_cleanup(() => controller.abort());
    return controller.signal;
  }
  add_cleanup(f) { this.cleanups.push(f); }
  async finish() {
    for (const f of this.cleanups) {
      try { await f(); } catch (e) { if (!this.failed) { this.failed = true; this.error = e; } }
    }
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
      const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new AssertionError(LATE)), TIMEOUT); });
      const promise = f.call(t, t);
      if (typeof promise?.then !== 'function') throw new AssertionError('the function of a promise_test returned no promise');
      await Promise.race([promise, t.ended.then(() => { if (t.failed) throw t.error; return new Promise(() => {}); }), late]);
    } catch (e) { t.fail(e); }
    clearTimeout(timer);
    t.done();
    await t.finish();
  });
};
globalThis.async_test = (f, name) => {
  if (typeof f === 'string') [f, name] = [undefined, f];
  const t = new Test(named(name));
  const timer = setTimeout(() => t.fail(new AssertionError(LATE)), TIMEOUT);
  running.push(t.ended.then(() => { clearTimeout(timer); return t.finish(); }));
  if (f) t.step(f, t, t);
  return t;
};
globalThis.setup = (...args) => {
  for (const arg of args) {
    if (typeof arg === 'function') arg();
    else if (arg?.explicit_done) explicit ??= Promise.withResolvers();
    else if (arg?.single_test) single ??= async_test(globalThis.__title ?? 'the file');
  }
};
globalThis.promise_setup = (f) => { chain = chain.then(f); };
globalThis.add_completion_callback = (f) => { listeners.push(f); };
globalThis.add_result_callback = () => {};
globalThis.done = () => { explicit?.resolve(); single?.done(); };
globalThis.on_event = (target, name, f) => { target.addEventListener(name, f); };
globalThis.generate_tests = (f, cases, ...rest) => {
  for (const [name, ...args] of cases) test(() => f(...args), name, ...rest);
};
globalThis.EventWatcher = class {
  #waiting;
  #heard = [];
  constructor(t, target, types) {
    for (const type of [types].flat()) {
      const listener = t.step_func((event) => {
        if (this.#waiting === undefined) throw new AssertionError(`not expecting event, but got ${event.type} event`);
        const { expected, resolve } = this.#waiting;
        assert_equals(event.type, expected.shift(), 'the event that was waited for');
        this.#heard.push(event);
        if (expected.length === 0) { this.#waiting = undefined; resolve(this.#heard.length > 1 ? this.#heard : event); this.#heard = []; }
      });
      target.addEventListener(type, listener);
      t.add_cleanup(() => target.removeEventListener(type, listener));
    }
  }
  wait_for(types) { return new Promise((resolve) => { this.#waiting = { expected: [types].flat(), resolve }; }); }
};
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
globalThis.assert_between_inclusive = (actual, low, high, message) => check(actual >= low && actual <= high, message, `${actual} not between ${low} and ${high}`);
globalThis.assert_array_approx_equals = (actual, expected, epsilon, message) => {
  check(actual.length === expected.length, message, `lengths differ, expected ${expected.length}, got ${actual.length}`);
  for (let i = 0; i < actual.length; i++) assert_approx_equals(actual[i], expected[i], epsilon, `${message ?? ''} at ${i}`);
};
globalThis.assert_any = (assertion, actual, expected, ...args) => {
  const passes = expected.some((each) => { try { assertion(actual, each, ...args); return true; } catch { return false; } });
  check(passes, undefined, `none of the ${expected.length} alternatives holds for ${show(actual)}`);
};
globalThis.assert_implements = (condition, message) => check(!!condition, message, 'is not implemented');
globalThis.assert_implements_optional = globalThis.assert_precondition = (condition, message) => {
  if (!condition) throw new OptionalFeatureUnsupportedError(message ?? 'an optional feature is not there');
};
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
globalThis.__results = () => JSON.stringify(results);
globalThis.__done = async () => {
  let before;
  await explicit?.promise;
  do {
    before = chain;
    await chain;
    await Promise.all(running);
  } while (before !== chain);
  for (const f of listeners) f(results, { status: 0 });
  return __results();
};
