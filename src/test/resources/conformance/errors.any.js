test(() => {
  const e = new DOMException('gone', 'AbortError');
  assert_equals(e.name, 'AbortError');
  assert_equals(e.message, 'gone');
  assert_equals(e.code, 20);
  assert_true(e instanceof Error);
  assert_class_string(e, 'DOMException');
}, 'a DOMException has the name, message and legacy code it was made with');

test(() => {
  assert_equals(new DOMException().name, 'Error');
  assert_equals(new DOMException().message, '');
  assert_equals(new DOMException('x', 'NoSuchName').code, 0);
}, 'a DOMException without arguments is a plain Error with code 0');

test(() => {
  const cause = new Error('why');
  assert_equals(new DOMException('m', { name: 'DataError', cause }).cause, cause);
}, 'a DOMException made with options carries its cause');

test(() => {
  assert_equals(DOMException.ABORT_ERR, 20);
  assert_equals(DOMException.prototype.DATA_CLONE_ERR, 25);
}, 'the legacy constants stand on the constructor and the prototype');

test(() => {
  assert_equals(new DOMException('x', 'constructor').code, 0);
  assert_equals(new DOMException('x', 'toString').code, 0);
}, 'a name of every object is no legacy name');

test(() => {
  class Refused extends Error {
    constructor(message) {
      super(message);
      this.name = 'Refused';
      Error.captureStackTrace(this, this.constructor);
    }
  }
  class More extends Refused {}
  function guilty() { return new More('no'); }
  const lines = guilty().stack.split('\n');
  assert_equals(lines[0], 'Refused: no');
  assert_regexp_match(lines[1], /^    at guilty \(\/script\.js:\d+:\d+\)$/);
}, 'captureStackTrace leaves out the frames down to the function that it is given');

test(() => {
  function here(target) { Error.captureStackTrace(target); return target; }
  const target = here({ name: 'Told', message: 'so' });
  const descriptor = Object.getOwnPropertyDescriptor(target, 'stack');
  assert_true(descriptor.writable && descriptor.configurable && !descriptor.enumerable);
  assert_regexp_match(target.stack, /^Told: so\n    at here \(\/script\.js/);
  assert_regexp_match(here({}).stack, /^Error\n    at here /);
  assert_regexp_match(here(Object.create(null)).stack, /^Error\n    at here /);
  assert_throws_js(TypeError, () => Error.captureStackTrace(1));
  assert_throws_js(TypeError, () => Error.captureStackTrace(Object.freeze({})));
}, 'captureStackTrace gives any object a stack');

test(() => {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, sites) => sites;
  try {
    const target = {};
    (function caller() { Error.captureStackTrace(target); })();
    const [site] = target.stack;
    assert_equals(site.getFunctionName(), 'caller');
    assert_true(site.getFileName().endsWith('script.js'));
    assert_true(site.getLineNumber() > 0 && site.getColumnNumber() > 0);
    assert_true(`${site}`.startsWith('caller ('));
    assert_equals(site.getThis(), undefined);
  } finally {
    Error.prepareStackTrace = before;
  }
}, 'Error.prepareStackTrace gets the call sites that captureStackTrace finds');

test(() => {
  const descriptor = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit');
  assert_equals(descriptor.value, 10);
  assert_true(descriptor.writable && descriptor.enumerable && descriptor.configurable);
  const frames = (depth) => {
    if (depth > 0) return frames(depth - 1);
    const target = {};
    Error.captureStackTrace(target);
    return target.stack?.split('\n').length - 1;
  };
  try {
    for (const [limit, kept] of [[0, 0], [1, 1], [3, 3], [-1, 0], [NaN, 0], ['3', NaN], [undefined, NaN]]) {
      Error.stackTraceLimit = limit;
      assert_equals(frames(20), kept, `${limit}`);
    }
    for (const limit of [1e9, Infinity]) {
      Error.stackTraceLimit = limit;
      assert_true(frames(20) >= 5, `${limit}`);
    }
  } finally {
    Error.stackTraceLimit = 10;
  }
}, 'captureStackTrace keeps as many frames as Error.stackTraceLimit says');
