// flags: nodejs_compat
// node:events: https://nodejs.org/api/events.html
import EventEmitter, { EventEmitter as Named, once, on, errorMonitor, getEventListeners } from 'node:events';
import bare from 'events';

test(() => {
  assert_equals(EventEmitter, Named);
  assert_equals(bare, EventEmitter);
  assert_equals(EventEmitter.EventEmitter, EventEmitter);
  assert_equals(EventEmitter.defaultMaxListeners, 10);
}, 'the module is the class');

test(() => {
  const emitter = new EventEmitter(), seen = [];
  emitter.on('a', function (...args) { seen.push(this === emitter, ...args); });
  assert_true(emitter.emit('a', 1, 2));
  assert_false(emitter.emit('b'));
  assert_equals(seen.join(), 'true,1,2');
}, 'emit calls listeners with the emitter as this');

test(() => {
  const emitter = new EventEmitter(), seen = [];
  emitter.once('a', () => seen.push('once')).on('a', () => seen.push('on')).prependListener('a', () => seen.push('first')).prependOnceListener('a', () => seen.push('first once'));
  emitter.emit('a');
  emitter.emit('a');
  assert_equals(seen.join(), 'first once,first,once,on,first,on');
}, 'once, and listeners before others');

test(() => {
  const emitter = new EventEmitter(), seen = [];
  const a = () => seen.push('a'), b = () => seen.push('b');
  emitter.on('x', a).on('x', b).on('x', a);
  emitter.off('x', a);
  emitter.emit('x');
  assert_equals(seen.join(), 'a,b');
  emitter.once('y', b);
  emitter.off('y', b);
  assert_equals(emitter.listenerCount('y'), 0);
  emitter.removeAllListeners('x');
  assert_equals(emitter.eventNames().length, 0);
}, 'listeners are removed, the last added first');

test(() => {
  const emitter = new EventEmitter(), seen = [];
  emitter.on('x', () => { emitter.removeAllListeners('x'); seen.push(1); });
  emitter.on('x', () => seen.push(2));
  emitter.emit('x');
  emitter.emit('x');
  assert_equals(seen.join(), '1,2');
}, 'an emit goes on with the listeners it began with');

test(() => {
  const emitter = new EventEmitter(), f = () => {}, s = Symbol('s');
  emitter.once('a', f);
  emitter.on(s, f);
  assert_equals(emitter.listeners('a')[0], f);
  assert_not_equals(emitter.rawListeners('a')[0], f);
  assert_equals(emitter.rawListeners('a')[0].listener, f);
  assert_equals(emitter.eventNames().length, 2);
  assert_equals(emitter.eventNames()[1], s);
  assert_equals(emitter.listenerCount('a', f), 1);
  assert_equals(getEventListeners(emitter, 'a')[0], f);
}, 'what listens can be seen');

test(() => {
  const emitter = new EventEmitter(), seen = [];
  emitter.on('newListener', (name) => seen.push(`+${name}`));
  emitter.on('removeListener', (name) => seen.push(`-${name}`));
  const f = () => {};
  emitter.on('a', f);
  emitter.off('a', f);
  assert_equals(seen.join(), '+removeListener,+a,-a');
}, 'newListener and removeListener');

test(() => {
  const emitter = new EventEmitter(), error = new RangeError('bad'), seen = [];
  try { emitter.emit('error', error); assert_unreached(); } catch (thrown) { assert_equals(thrown, error); }
  try { emitter.emit('error', 'text'); assert_unreached(); } catch (thrown) {
    assert_equals(thrown.code, 'ERR_UNHANDLED_ERROR');
    assert_equals(thrown.message, "Unhandled error. ('text')");
  }
  emitter.on(errorMonitor, (e) => seen.push(e.message));
  assert_throws_js(RangeError, () => emitter.emit('error', error));
  emitter.on('error', () => seen.push('handled'));
  emitter.emit('error', error);
  assert_equals(seen.join(), 'bad,bad,handled');
}, 'an error that nobody listens for is thrown');

test(() => {
  const emitter = new EventEmitter();
  try { emitter.on('a', 1); assert_unreached(); } catch (e) {
    assert_true(e instanceof TypeError);
    assert_equals(e.code, 'ERR_INVALID_ARG_TYPE');
    assert_equals(e.message, 'The "listener" argument must be of type function. Received type number (1)');
  }
  try { emitter.setMaxListeners(-1); assert_unreached(); } catch (e) { assert_equals(e.code, 'ERR_OUT_OF_RANGE'); }
  assert_equals(emitter.setMaxListeners(3).getMaxListeners(), 3);
}, 'arguments are checked');

test(() => {
  function Old() { EventEmitter.call(this); }
  Object.setPrototypeOf(Old.prototype, EventEmitter.prototype);
  const old = new Old();
  let seen = 0;
  old.on('x', () => seen++);
  old.emit('x');
  class New extends EventEmitter {}
  new New().emit('x');
  const mixed = Object.assign({}, EventEmitter.prototype);
  mixed.on('x', () => seen++);
  mixed.emit('x');
  assert_equals(seen, 2);
  assert_true(old instanceof EventEmitter);
}, 'it may be a base in every way');

promise_test(async () => {
  const emitter = new EventEmitter();
  setTimeout(() => emitter.emit('a', 1, 2), 1);
  assert_array_equals(await once(emitter, 'a'), [1, 2]);
  setTimeout(() => emitter.emit('error', new RangeError('bad')), 1);
  const error = await once(emitter, 'a').catch((e) => e);
  assert_equals(error.message, 'bad');
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1);
  const aborted = await once(emitter, 'a', { signal: controller.signal }).catch((e) => e);
  assert_equals(aborted.name, 'AbortError');
  assert_equals(aborted.code, 'ABORT_ERR');
  assert_equals(emitter.listenerCount('a') + emitter.listenerCount('error'), 0);
  const target = new EventTarget();
  setTimeout(() => target.dispatchEvent(new Event('x')), 1);
  assert_equals((await once(target, 'x'))[0].type, 'x');
}, 'once as a promise');

promise_test(async () => {
  const emitter = new EventEmitter(), seen = [];
  setTimeout(() => { for (let i = 1; i <= 3; i++) emitter.emit('n', i); }, 1);
  for await (const [n] of on(emitter, 'n')) {
    seen.push(n);
    if (n === 3) break;
  }
  assert_equals(seen.join(), '1,2,3');
  assert_equals(emitter.listenerCount('n'), 0);
}, 'on as an asynchronous iterator');

promise_test(async () => {
  const emitter = new EventEmitter({ captureRejections: true });
  emitter.on('x', async () => { throw new Error('late'); });
  const failed = once(emitter, 'error').catch((e) => [e]);
  const error = new Promise((resolve) => emitter.on('error', resolve));
  emitter.emit('x');
  assert_equals((await error).message, 'late');
  await failed;
}, 'captureRejections makes rejections errors');
