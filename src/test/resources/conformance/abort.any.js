test(() => {
  const controller = new AbortController(), { signal } = controller, seen = [];
  assert_false(signal.aborted);
  assert_equals(signal.reason, undefined);
  signal.addEventListener('abort', (e) => seen.push(e.type, e.isTrusted, e.target === signal, signal.aborted));
  controller.abort();
  controller.abort('again');
  assert_true(signal.aborted);
  assert_equals(signal.reason.name, 'AbortError');
  assert_true(signal.reason instanceof DOMException);
  assert_array_equals(seen, ['abort', true, true, true]);
  assert_equals(controller.signal, signal);
}, 'abort() aborts once, with an AbortError, and fires abort');

test(() => {
  const controller = new AbortController(), reason = { why: 1 };
  controller.abort(reason);
  assert_equals(controller.signal.reason, reason);
  assert_throws_exactly(reason, () => controller.signal.throwIfAborted());
  assert_equals(new AbortController().signal.throwIfAborted(), undefined);
  const nothing = new AbortController();
  nothing.abort(null);
  assert_equals(nothing.signal.reason, null);
}, 'the reason is the one given, and throwIfAborted throws it');

test(() => {
  assert_throws_js(TypeError, () => new AbortSignal());
  assert_throws_js(TypeError, () => AbortSignal.timeout());
  assert_throws_js(TypeError, () => AbortSignal.timeout(-1));
  assert_throws_js(TypeError, () => AbortSignal.timeout(Infinity));
  assert_throws_js(TypeError, () => AbortSignal.any([{}]));
  assert_throws_js(TypeError, () => AbortSignal.any(1));
  assert_throws_js(TypeError, () => Object.getOwnPropertyDescriptor(AbortSignal.prototype, 'aborted').get.call({}));
  assert_throws_js(TypeError, () => AbortController.prototype.abort.call(new EventTarget()));
}, 'wrong arguments and receivers are TypeErrors');

test(() => {
  const aborted = AbortSignal.abort();
  assert_true(aborted.aborted);
  assert_equals(aborted.reason.name, 'AbortError');
  assert_equals(AbortSignal.abort('why').reason, 'why');
}, 'AbortSignal.abort makes an aborted signal');

promise_test(async () => {
  const signal = AbortSignal.timeout(5);
  assert_false(signal.aborted);
  await new Promise((resolve) => { signal.onabort = resolve; });
  assert_true(signal.aborted);
  assert_equals(signal.reason.name, 'TimeoutError');
}, 'AbortSignal.timeout aborts with a TimeoutError');

test(() => {
  const a = new AbortController(), b = new AbortController(), seen = [];
  const any = AbortSignal.any([a.signal, b.signal]);
  const nested = AbortSignal.any([any, new AbortController().signal]);
  a.signal.onabort = () => seen.push('a', any.aborted, nested.aborted);
  any.onabort = () => seen.push('any');
  nested.onabort = () => seen.push('nested');
  a.abort('first');
  b.abort('second');
  assert_array_equals(seen, ['a', true, true, 'any', 'nested']);
  assert_equals(any.reason, 'first');
  assert_equals(nested.reason, 'first');
}, 'AbortSignal.any follows the first of its signals, marked before events fire');

test(() => {
  const any = AbortSignal.any([new AbortController().signal, AbortSignal.abort('x'), AbortSignal.abort('y')]);
  assert_true(any.aborted);
  assert_equals(any.reason, 'x');
  assert_false(AbortSignal.any([]).aborted);
  assert_not_equals(AbortSignal.any([any]), any);
}, 'AbortSignal.any of an aborted signal is aborted from the start');

test(() => {
  const a = new AbortController(), b = new AbortController(), unheard = AbortSignal.any([a.signal, b.signal]);
  b.abort('b');
  a.abort('a');
  assert_true(unheard.aborted);
  assert_equals(unheard.reason, 'b');
  const late = AbortSignal.any([unheard]);
  assert_equals(late.reason, 'b');
  let fired = 0;
  unheard.addEventListener('abort', () => fired++);
  assert_equals(fired, 0);
}, 'a signal of AbortSignal.any that nobody listened to has the reason of the first that aborted');

test(() => {
  const a = new AbortController(), seen = [];
  const signals = [0, 1, 2, 3].map(() => AbortSignal.any([a.signal]));
  const note = signals.map((_, i) => () => seen.push(i));
  for (const i of [3, 1, 2, 0]) signals[i].addEventListener('abort', note[i]);
  signals[1].removeEventListener('abort', note[1]);
  signals[2].removeEventListener('abort', note[2]);
  signals[2].onabort = note[2];
  a.signal.addEventListener('abort', () => seen.push('source'));
  a.abort('why');
  assert_array_equals(seen, ['source', 0, 2, 3]);
  assert_array_equals(signals.map((signal) => signal.reason), ['why', 'why', 'why', 'why']);
}, 'signals of AbortSignal.any fire in the order that they were made in, whenever they were listened to');

test(() => {
  const a = new AbortController(), b = new AbortController();
  const any = AbortSignal.any([a.signal, b.signal]), target = new EventTarget(), seen = [];
  target.addEventListener('x', () => seen.push('x'), { signal: any });
  a.signal.addEventListener('abort', () => { b.abort('b'); seen.push(any.reason); });
  a.abort('a');
  target.dispatchEvent(new Event('x'));
  assert_array_equals(seen, ['a']);
}, 'an abort within the abort of another source changes nothing');

promise_test(async () => {
  const controller = new AbortController();
  await scheduler.wait(1, { signal: controller.signal });
  const waiting = scheduler.wait(1e6, { signal: AbortSignal.any([controller.signal]) });
  controller.abort(new RangeError('enough'));
  await promise_rejects_js(null, RangeError, waiting);
  await promise_rejects_js(null, RangeError, scheduler.wait(1, { signal: controller.signal }));
}, 'scheduler.wait ends with its signal');

test(() => {
  const controller = new AbortController(), seen = [];
  const { signal } = controller;
  const handler = () => seen.push('handler');
  assert_equals(signal.onabort, null);
  signal.onabort = () => seen.push('replaced');
  signal.addEventListener('abort', () => seen.push('listener'));
  signal.onabort = handler;
  assert_equals(signal.onabort, handler);
  controller.abort();
  assert_array_equals(seen, ['handler', 'listener']);
  signal.onabort = 5;
  assert_equals(signal.onabort, null);
}, 'onabort keeps the place of the handler that was set first');

test(() => {
  const controller = new AbortController(), order = [];
  const target = new EventTarget();
  controller.signal.addEventListener('abort', () => { target.dispatchEvent(new Event('x')); order.push('event'); });
  target.addEventListener('x', () => order.push('still there'), { signal: controller.signal });
  controller.abort();
  assert_array_equals(order, ['event']);
}, 'abort algorithms run before the listeners');

test(() => {
  assert_class_string(new AbortController(), 'AbortController');
  assert_class_string(AbortSignal.abort(), 'AbortSignal');
  assert_true(AbortSignal.abort() instanceof EventTarget);
  assert_equals(AbortController.length, 0);
  assert_equals(AbortSignal.abort.length, 0);
  assert_true(Object.getOwnPropertyDescriptor(AbortSignal, 'any').enumerable);
}, 'the interfaces have the shape of Web IDL');

promise_test(async (t) => {
  assert_throws_js(TypeError, () => AbortSignal.timeout(-1)); assert_throws_js(TypeError, () => AbortSignal.timeout(Infinity));
  const s = AbortSignal.timeout(1); await new Promise((r) => s.addEventListener('abort', r)); assert_equals(s.reason.name, 'TimeoutError');
  assert_equals(AbortSignal.abort().reason.name, 'AbortError');
  const a = AbortSignal.any([]); assert_false(a.aborted);
  assert_throws_js(TypeError, () => AbortSignal.any([1])); assert_throws_js(TypeError, () => new AbortSignal());
}, 'timeouts are whole and not negative, and the reasons are DOMExceptions');
