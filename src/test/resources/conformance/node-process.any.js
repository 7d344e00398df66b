// flags: nodejs_compat
// node:process: https://nodejs.org/api/process.html
import process_, { env as processEnv, nextTick } from 'node:process';

test(() => {
  assert_equals(process, process_);
  assert_equals(process.env, processEnv);
  assert_equals(global, globalThis);
  assert_equals(typeof process.version, 'string');
  assert_equals(process.platform, 'linux');
  assert_equals(typeof process.cwd(), 'string');
  assert_equals(Object.prototype.toString.call(process), '[object process]');
}, 'process is global');

test(() => {
  assert_equals(process.env.TEXT, 'a text');
  assert_equals(process.env.JSON_VALUE, '{"a":[1]}');
  assert_equals(process.env.KV, undefined);
  assert_equals(process.env.nothing, undefined);
  process.env.NUMBER = 1;
  assert_equals(process.env.NUMBER, '1');
  assert_true('NUMBER' in process.env);
  delete process.env.NUMBER;
  assert_false('NUMBER' in process.env);
  assert_equals(env.TEXT, 'a text');
}, 'process.env has the variables, as strings');

promise_test(async () => {
  const order = [];
  await new Promise((resolve) => {
    nextTick((a) => { order.push(a); resolve(); }, 'tick');
    order.push('now');
  });
  assert_equals(order.join(), 'now,tick');
  assert_throws_js(TypeError, () => process.nextTick(1));
}, 'nextTick');

promise_test(async () => {
  const order = [];
  await new Promise((resolve) => setTimeout(() => {
    Promise.resolve().then(() => order.push('promise'));
    queueMicrotask(() => { order.push('microtask'); resolve(); });
    nextTick(() => { order.push('tick'); nextTick(() => order.push('tick of a tick')); });
    order.push('now');
  }, 1));
  assert_equals(order.join(), 'now,tick,tick of a tick,promise,microtask');
}, 'ticks come before the reactions of promises');

test(() => {
  const [seconds, nanoseconds] = process.hrtime(process.hrtime());
  assert_true(seconds >= 0 && nanoseconds >= 0);
  assert_equals(typeof process.hrtime.bigint(), 'bigint');
  assert_true(process.uptime() >= 0);
  assert_equals(typeof process.memoryUsage().heapUsed, 'number');
  assert_equals(process.getBuiltinModule('node:buffer').Buffer, Buffer);
  assert_equals(process.getBuiltinModule('node:nothing'), undefined);
}, 'what can be asked');

test(() => {
  let seen;
  process.once('x', (value) => { seen = value; });
  process.emit('x', 1);
  assert_equals(seen, 1);
}, 'process is an emitter');

test(() => {
  const timer = setTimeout(() => {}, 1000);
  assert_equals(timer.unref(), timer);
  assert_false(timer.hasRef());
  assert_equals(typeof +timer, 'number');
  clearTimeout(timer);
  clearTimeout(undefined);
}, 'timers are objects');
