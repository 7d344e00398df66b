// flags: nodejs_compat
// node:assert: https://nodejs.org/api/assert.html
import assert, { AssertionError, deepEqual, deepStrictEqual, equal, notDeepStrictEqual, notStrictEqual, ok, rejects, strictEqual, throws } from 'node:assert';
import strict from 'node:assert/strict';

function refuses(f, message) {
  try { f(); } catch (e) {
    assert_true(e instanceof AssertionError, `${e}`);
    assert_equals(e.code, 'ERR_ASSERTION');
    if (message !== undefined) assert_equals(e.message, message);
    return e;
  }
  assert_unreached('nothing was thrown');
}

test(() => {
  assert(true);
  ok(1);
  refuses(() => assert(false, 'said'), 'said');
  refuses(() => ok(0));
  assert_throws_js(RangeError, () => assert(false, new RangeError()));
  refuses(() => assert.fail(), 'Failed');
}, 'truth');

test(() => {
  equal(1, '1');
  strictEqual(NaN, NaN);
  notStrictEqual(1, '1');
  deepEqual({ a: 1 }, { a: '1' });
  deepStrictEqual({ a: [1, new Map([[1, { b: 2 }]])] }, { a: [1, new Map([[1, { b: 2 }]])] });
  notDeepStrictEqual({ a: 1 }, { a: '1' });
  const error = refuses(() => strictEqual(1, 2), 'Expected values to be strictly equal:\n\n1 !== 2\n');
  assert_equals(error.actual, 1);
  assert_equals(error.expected, 2);
  assert_equals(error.operator, 'strictEqual');
  assert_true(error.generatedMessage);
  refuses(() => deepStrictEqual({ a: 1 }, { a: 2 }));
  refuses(() => equal(1, 2), '1 == 2');
  refuses(() => strictEqual(1, 2, 'said'), 'said');
  refuses(() => strict.equal(1, '1'));
  refuses(() => assert.strict.deepEqual([1], ['1']));
}, 'equality');

test(() => {
  const bad = () => { throw new RangeError('it is bad'); };
  throws(bad);
  throws(bad, RangeError);
  throws(bad, /bad/);
  throws(bad, { name: 'RangeError', message: 'it is bad' });
  throws(bad, { message: /is/ });
  throws(bad, (e) => e instanceof RangeError);
  refuses(() => throws(() => {}), 'Missing expected exception.');
  refuses(() => throws(() => {}, RangeError), 'Missing expected exception (RangeError).');
  refuses(() => throws(bad, /good/));
  refuses(() => throws(bad, { message: 'other' }));
  refuses(() => assert.doesNotThrow(bad));
  refuses(() => throws(bad, TypeError));
}, 'throws');

promise_test(async () => {
  await rejects(Promise.reject(new RangeError('a')), RangeError);
  await rejects(async () => { throw new Error('b'); }, /b/);
  const error = await rejects(Promise.resolve(1)).catch((e) => e);
  assert_equals(error.message, 'Missing expected rejection.');
  await assert.doesNotReject(Promise.resolve());
}, 'rejects');

test(() => {
  assert.match('abc', /b/);
  assert.doesNotMatch('abc', /x/);
  refuses(() => assert.match('abc', /x/));
  assert.ifError(null);
  refuses(() => assert.ifError(new Error('x')), 'ifError got unwanted exception: x');
}, 'match and ifError');

test(() => {
  function failing() { assert.equal(1, 2); }
  for (const f of [failing, () => Buffer.alloc('x')]) {
    try { f(); assert_unreached('nothing was thrown'); } catch (error) { assert_regexp_match(error.stack, /\n {4}at /); }
  }
  try { failing(); } catch (error) { assert_regexp_match(error.stack, /\n {4}at failing /); }
}, 'errors of Node tell where they were thrown');
