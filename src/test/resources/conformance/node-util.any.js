// flags: nodejs_compat
// node:util: https://nodejs.org/api/util.html
import util, { callbackify, convertProcessSignalToExitCode, deprecate, diff, format, formatWithOptions, inherits, inspect, isDeepStrictEqual, parseArgs, promisify, stripVTControlCharacters, types } from 'node:util';
import utilTypes from 'node:util/types';

const fails = (code, f) => { try { f(); } catch (e) { assert_equals(e.code, code); return; } assert_unreached(`no ${code}`); };

test(() => {
  assert_equals(format('%s %d %i %j %% %o', 'a', 1.5, 1.5, { a: 1 }, [1]), 'a 1.5 1 {"a":1} % [ 1, [length]: 1 ]');
  assert_equals(format('a', 'b', { c: 1 }), 'a b { c: 1 }');
  assert_equals(formatWithOptions({ compact: true }, '%O', { a: { b: 1 } }), '{ a: { b: 1 } }');
  assert_equals(inspect({ a: [1, 'x', null], f() {} }), "{ a: [ 1, 'x', null ], f: [Function: f] }");
  assert_equals(inspect(new Map([['a', new Set([1])]])), "Map(1) { 'a' => Set(1) { 1 } }");
  class Shown { [inspect.custom](depth, options, shows) { return `<${shows('x')} ${depth}>`; } }
  assert_equals(inspect({ s: new Shown() }), "{ s: <'x' 1> }");
}, 'format and inspect');

promise_test(async () => {
  const twice = promisify((x, done) => setTimeout(() => done(x < 0 ? new RangeError('negative') : null, x * 2), 1));
  assert_equals(await twice(4), 8);
  assert_equals((await twice(-1).catch((e) => e)).message, 'negative');
  const object = { factor: 3, times(x, done) { done(null, x * this.factor); } };
  object.timesLater = promisify(object.times);
  assert_equals(await object.timesLater(2), 6);
  const custom = () => {};
  custom[promisify.custom] = async () => 'custom';
  assert_equals(await promisify(custom)(), 'custom');
  assert_equals(await promisify(setTimeout)(1, 'later'), 'later');
  fails('ERR_INVALID_ARG_TYPE', () => promisify(1));
}, 'promisify');

promise_test(async () => {
  const called = callbackify(async (x) => { if (x === 0) throw null; if (x < 0) throw new RangeError('negative'); return x; });
  const outcome = (x) => new Promise((resolve) => called(x, (error, value) => resolve(error ?? value)));
  assert_equals(await outcome(1), 1);
  assert_equals((await outcome(-1)).message, 'negative');
  assert_equals((await outcome(0)).code, 'ERR_FALSY_VALUE_REJECTION');
}, 'callbackify');

test(() => {
  function Parent() {}
  Parent.prototype.hello = () => 'hello';
  function Child() {}
  inherits(Child, Parent);
  assert_equals(new Child().hello(), 'hello');
  assert_equals(Child.super_, Parent);
  const old = deprecate((x) => x + 1, 'old is old', 'DEP0');
  assert_equals(old(1), 2);
  assert_equals(stripVTControlCharacters('\u001b[31mred\u001b[39m'), 'red');
  assert_equals(util.toUSVString('a\ud800'), 'a\ufffd');
  assert_equals(util.TextEncoder, TextEncoder);
  assert_true(util.isArray([]));
}, 'what is small');

for (const [name, a, b, same] of [
  ['objects', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, true], ['another value', { a: 1 }, { a: 2 }, false], ['another type', { a: 1 }, { a: '1' }, false],
  ['another key', { a: undefined }, { b: undefined }, false], ['another prototype', {}, Object.create(null), false], ['NaN', [NaN], [NaN], true], ['minus zero', 0, -0, false],
  ['dates', new Date(5), new Date(5), true], ['other dates', new Date(5), new Date(6), false], ['expressions', /a/g, /a/g, true], ['other flags', /a/g, /a/i, false],
  ['sets', new Set([1, { a: 1 }]), new Set([{ a: 1 }, 1]), true], ['other sets', new Set([1]), new Set([2]), false],
  ['maps', new Map([[{ k: 1 }, 'v']]), new Map([[{ k: 1 }, 'v']]), true], ['other maps', new Map([['a', 1]]), new Map([['a', 2]]), false],
  ['bytes', new Uint8Array([1, 2]), new Uint8Array([1, 2]), true], ['bytes and a buffer', new Uint8Array([1]), Buffer.from([1]), false],
  ['buffers', new Uint8Array([1]).buffer, new Uint8Array([1]).buffer, true], ['errors', new Error('a'), new Error('a'), true], ['other errors', new Error('a'), new Error('b'), false],
  ['boxes', new Number(1), new Number(1), true], ['holes', [, 1], [undefined, 1], false], ['symbols', { [Symbol.iterator]: 1 }, {}, false], ['null and an object', null, {}, false],
]) {
  test(() => assert_equals(isDeepStrictEqual(a, b), same), `isDeepStrictEqual: ${name}`);
}
test(() => {
  const a = { x: 1 }, b = { x: 1 };
  a.self = a;
  b.self = b;
  assert_true(isDeepStrictEqual(a, b));
}, 'isDeepStrictEqual: circles');

test(() => {
  assert_equals(types, utilTypes);
  assert_true(types.isDate(new Date()) && types.isRegExp(/a/) && types.isMap(new Map()) && types.isPromise(Promise.resolve()) && types.isNativeError(new TypeError()));
  assert_true(types.isAsyncFunction(async () => {}) && types.isGeneratorFunction(function* () {}) && types.isTypedArray(new Int8Array(1)) && types.isUint8Array(Buffer.alloc(1)));
  assert_true(types.isArrayBuffer(new ArrayBuffer(1)) && types.isAnyArrayBuffer(new ArrayBuffer(1)) && types.isBoxedPrimitive(Object(1n)));
  assert_false(types.isDate({}) || types.isAsyncFunction(() => {}) || types.isUint8Array(new Int8Array(1)) || types.isMap(new Set()));
}, 'types');

test(() => {
  const options = { all: { type: 'boolean', short: 'a' }, name: { type: 'string', short: 'n', multiple: true }, level: { type: 'string', default: '3' } };
  const { values, positionals } = parseArgs({ args: ['-a', '--name=x', '-ny', 'file', '--', '--not'], options, allowPositionals: true });
  assert_equals(JSON.stringify({ ...values }), '{"all":true,"name":["x","y"],"level":"3"}');
  assert_array_equals(positionals, ['file', '--not']);
  fails('ERR_PARSE_ARGS_UNKNOWN_OPTION', () => parseArgs({ args: ['--what'], options, allowPositionals: false }));
  fails('ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', () => parseArgs({ args: ['file'], options }));
  fails('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', () => parseArgs({ args: ['--level'], options }));
}, 'parseArgs');

test(() => {
  const seen = (actual, expected) => diff(actual, expected).map(([operation, value]) => `${' +-'.at(operation)}${value}`).join('');
  assert_equals(seen('12345', '12435'), ' 1 2+3 4-3 5');
  assert_equals(seen('kitten', 'sitting'), '+k-s i t t+e-i n-g');
  assert_equals(seen(['a', 'b', 'c'], ['a', 'c', 'd']), ' a+b c-d');
  assert_equals(seen('abcdef', 'bdxf'), '+a b+c d+e-x f');
  assert_equals(seen('', 'ab') + seen('ab', '') + seen(['a'], 'a'), '-a-b+a+b a');
  assert_array_equals(diff('same', 'same'), []);
  const many = 'a'.repeat(20000);
  assert_equals(diff(many, `${many}b`).length, 20001);
  fails('ERR_INVALID_ARG_TYPE', () => diff(1, 'a'));
  fails('ERR_INVALID_ARG_TYPE', () => diff('a', ['a', 1]));
}, 'diff');

test(() => {
  assert_equals(convertProcessSignalToExitCode('SIGTERM'), 143);
  fails('ERR_INVALID_ARG_VALUE', () => convertProcessSignalToExitCode('TERM'));
  fails('ERR_INVALID_ARG_VALUE', () => convertProcessSignalToExitCode(15));
}, 'convertProcessSignalToExitCode');
