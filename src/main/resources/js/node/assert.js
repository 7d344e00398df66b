// `node:assert`: https://nodejs.org/api/assert.html

import { inspect } from './inspect.js';
import { deepEqual as isDeepEqual } from './nodejs/equal.js';
import { coded, invalidArgType, requireFunction, requireString } from './nodejs/errors.js';

const MESSAGES = {
  __proto__: null,
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
};

class AssertionError extends Error {
  constructor(options) {
    if (typeof options !== 'object' || options === null) throw invalidArgType('options', 'of type object', options);
    const { message, actual, expected, operator, stackStartFn } = options;
    super(message === undefined ? described(actual, expected, operator) : `${message}`);
    this.name = 'AssertionError';
    this.code = 'ERR_ASSERTION';
    this.generatedMessage = message === undefined;
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    Error.captureStackTrace(this, stackStartFn ?? AssertionError);
  }
}

function described(actual, expected, operator) {
  const show = (value) => inspect(value, { compact: false, depth: 1000, sorted: true, maxArrayLength: Infinity });
  if (operator === 'equal' || operator === '==') return `${inspect(actual)} == ${inspect(expected)}`;
  if (operator === 'notEqual' || operator === '!=') return `${inspect(actual)} != ${inspect(expected)}`;
  const head = MESSAGES[operator] ?? `${inspect(actual)} ${operator} ${inspect(expected)}`;
  if (MESSAGES[operator] === undefined) return head;
  if (operator.startsWith('not')) return `${head} ${show(expected)}`;
  const a = show(actual), e = show(expected);
  return a.includes('\n') || e.includes('\n') ? `${head}\n+ actual - expected\n\n${prefixed(a, '+')}\n${prefixed(e, '-')}` : `${head}\n\n${a} !== ${e}\n`;
}

const prefixed = (text, mark) => text.split('\n').map((line) => `${mark} ${line}`).join('\n');

function raise(actual, expected, operator, message) {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message, actual, expected, operator });
}

function ok(...args) {
  const [value, message] = args;
  if (value) return;
  if (message instanceof Error) throw message;
  const told = args.length === 0 ? 'No value argument passed to `assert.ok()`' : message ?? 'The expression evaluated to a falsy value';
  const error = new AssertionError({ message: told, actual: value, expected: true, operator: '==' });
  error.generatedMessage = message === undefined;
  throw error;
}

function assert(...args) {
  ok(...args);
}

const comparison = (operator, holds) => function compare(actual, expected, message) {
  if (arguments.length < 2) throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
  if (!holds(actual, expected)) raise(actual, expected, operator, message);
};

// eslint-disable-next-line eqeqeq
const equal = comparison('==', (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b)));
// eslint-disable-next-line eqeqeq
const notEqual = comparison('!=', (a, b) => a != b && !(Number.isNaN(a) && Number.isNaN(b)));
const strictEqual = comparison('strictEqual', Object.is);
const notStrictEqual = comparison('notStrictEqual', (a, b) => !Object.is(a, b));
const deepEqual = comparison('deepEqual', (a, b) => isDeepEqual(a, b, false));
const notDeepEqual = comparison('notDeepEqual', (a, b) => !isDeepEqual(a, b, false));
const deepStrictEqual = comparison('deepStrictEqual', (a, b) => isDeepEqual(a, b, true));
const notDeepStrictEqual = comparison('notDeepStrictEqual', (a, b) => !isDeepEqual(a, b, true));
const partialDeepStrictEqual = comparison('partialDeepStrictEqual', isPart);

function isPart(actual, expected) {
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) return Object.is(actual, expected);
  if (expected instanceof Map || expected instanceof Set || Array.isArray(expected)) {
    const all = [...actual];
    return [...expected].every((value) => all.some((other) => isPart(other, value)));
  }
  return Object.keys(expected).every((key) => key in actual && isPart(actual[key], expected[key]));
}

function fail(message = 'Failed') {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message, operator: 'fail' });
}

// Whether what was thrown is what was expected: a class, an expression, an object of properties, or a function that says so.
function check(error, expected, message, operator) {
  if (expected === undefined) return;
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof expected) return;
    if (Error.isPrototypeOf(expected)) {
      raise(error, expected, operator, message ?? `The error is expected to be an instance of "${expected.name}". Received "${error?.name ?? inspect(error)}"`);
    }
    if (expected.call({}, error) === true) return;
    raise(error, expected, operator, message ?? `The ${expected.name ? `"${expected.name}" ` : ''}validation function is expected to return "true".`);
  } else if (expected instanceof RegExp) {
    if (!expected.test(`${error}`)) raise(error, expected, operator, message ?? `The input did not match the regular expression ${expected}. Input:\n\n${inspect(`${error}`)}\n`);
  } else if (typeof expected === 'object' && expected !== null) {
    const keys = Object.keys(expected);
    if (expected instanceof Error) keys.push('name', 'message');
    for (const key of keys) {
      const value = error?.[key], wanted = expected[key];
      if (typeof value === 'string' && wanted instanceof RegExp ? !wanted.test(value) : !isDeepEqual(value, wanted, true)) {
        raise(error, expected, operator, message ?? `The property '${key}' of the error is ${inspect(value)}, not ${inspect(wanted)}`);
      }
    }
  } else {
    throw invalidArgType('expected', 'of type function or an instance of Error, RegExp, or Object', expected);
  }
}

function outcome(callback) {
  requireFunction(callback, 'fn');
  try {
    callback();
  } catch (error) {
    return { error };
  }
  return undefined;
}

async function outcomeOf(promiseOrFunction) {
  const promise = typeof promiseOrFunction === 'function' ? promiseOrFunction() : promiseOrFunction;
  if (typeof promise?.then !== 'function') throw invalidArgType('promiseFn', 'of type function or an instance of Promise', promiseOrFunction);
  try {
    await promise;
  } catch (error) {
    return { error };
  }
  return undefined;
}

function must(thrown, expected, message, operator, what) {
  if (typeof expected === 'string') [expected, message] = [undefined, expected];
  if (thrown === undefined) {
    const name = typeof expected === 'function' && expected.name ? ` (${expected.name})` : '';
    raise(undefined, expected, operator, `Missing expected ${what}${name}${message === undefined ? '.' : `: ${message}`}`);
  }
  check(thrown.error, expected, message, operator);
}

function mustNot(thrown, expected, message, operator, what) {
  if (thrown === undefined) return;
  if (typeof expected === 'string') [expected, message] = [undefined, expected];
  raise(thrown.error, expected, operator, `Got unwanted ${what}${message === undefined ? '.' : `: ${message}`}\nActual message: "${thrown.error?.message}"`);
}

const throws = (callback, expected, message) => must(outcome(callback), expected, message, 'throws', 'exception');
const doesNotThrow = (callback, expected, message) => mustNot(outcome(callback), expected, message, 'doesNotThrow', 'exception');
const rejects = async (promise, expected, message) => must(await outcomeOf(promise), expected, message, 'rejects', 'rejection');
const doesNotReject = async (promise, expected, message) => mustNot(await outcomeOf(promise), expected, message, 'doesNotReject', 'rejection');

function ifError(value) {
  if (value === null || value === undefined) return;
  throw new AssertionError({ message: `ifError got unwanted exception: ${value?.message ?? inspect(value)}`, actual: value, expected: null, operator: 'ifError' });
}

function match(text, expression, message) {
  if (!(expression instanceof RegExp)) throw invalidArgType('regexp', 'an instance of RegExp', expression);
  if (typeof text !== 'string' || !expression.test(text)) {
    raise(text, expression, 'match', message ?? `The input did not match the regular expression ${expression}. Input:\n\n${inspect(text)}\n`);
  }
}

function doesNotMatch(text, expression, message) {
  requireString(text, 'string');
  if (expression.test(text)) {
    raise(text, expression, 'doesNotMatch', message ?? `The input was expected to not match the regular expression ${expression}. Input:\n\n${inspect(text)}\n`);
  }
}

const common = { AssertionError, ok, fail, throws, doesNotThrow, rejects, doesNotReject, ifError, match, doesNotMatch, strictEqual, notStrictEqual, deepStrictEqual,
  notDeepStrictEqual, partialDeepStrictEqual };
function strict(...args) {
  ok(...args);
}
Object.assign(assert, common, { equal, notEqual, deepEqual, notDeepEqual, strict });
Object.assign(strict, common, { equal: strictEqual, notEqual: notStrictEqual, deepEqual: deepStrictEqual, notDeepEqual: notDeepStrictEqual, strict });

export { assert as default, assert, strict, AssertionError, ok, fail, throws, doesNotThrow, rejects, doesNotReject, ifError, match, doesNotMatch, equal, notEqual, strictEqual,
  notStrictEqual, deepEqual, notDeepEqual, deepStrictEqual, notDeepStrictEqual, partialDeepStrictEqual };
