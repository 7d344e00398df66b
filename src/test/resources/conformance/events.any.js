test(() => {
  const target = new EventTarget(), seen = [];
  target.addEventListener('x', () => seen.push('first'));
  target.addEventListener('x', { handleEvent() { seen.push(this === object); } });
  const object = { handleEvent(e) { seen.push(this === object, e.currentTarget === target); } };
  target.addEventListener('x', object);
  target.addEventListener('x', () => seen.push('capturing'), true);
  assert_true(target.dispatchEvent(new Event('x')));
  assert_array_equals(seen, ['capturing', 'first', false, true, true]);
}, 'listeners run capturing ones first, then in the order they were added');

test(() => {
  const target = new EventTarget();
  let calls = 0;
  const listener = () => calls++;
  target.addEventListener('x', listener);
  target.addEventListener('x', listener);
  target.addEventListener('x', listener, { capture: false });
  target.dispatchEvent(new Event('x'));
  assert_equals(calls, 1);
  target.addEventListener('x', listener, true);
  target.dispatchEvent(new Event('x'));
  assert_equals(calls, 3);
  target.removeEventListener('x', listener);
  target.dispatchEvent(new Event('x'));
  assert_equals(calls, 4);
}, 'a listener is known by its callback and its capture flag');

test(() => {
  const target = new EventTarget();
  let calls = 0;
  target.addEventListener('x', () => { calls++; target.dispatchEvent(new Event('x')); }, { once: true });
  target.dispatchEvent(new Event('x'));
  assert_equals(calls, 1);
}, 'a once listener is removed before it runs');

test(() => {
  const target = new EventTarget();
  const event = new Event('x', { cancelable: true });
  target.addEventListener('x', (e) => { e.preventDefault(); assert_false(e.defaultPrevented); }, { passive: true });
  assert_true(target.dispatchEvent(event));
  target.addEventListener('x', (e) => e.preventDefault());
  assert_false(target.dispatchEvent(event));
  assert_true(event.defaultPrevented);
  assert_false(event.returnValue);
}, 'a passive listener cannot cancel');

test(() => {
  const target = new EventTarget(), controller = new AbortController();
  let calls = 0;
  target.addEventListener('x', () => calls++, { signal: controller.signal });
  target.dispatchEvent(new Event('x'));
  controller.abort();
  target.dispatchEvent(new Event('x'));
  target.addEventListener('x', () => calls++, { signal: controller.signal });
  target.dispatchEvent(new Event('x'));
  assert_equals(calls, 1);
  assert_throws_js(TypeError, () => target.addEventListener('x', () => {}, { signal: null }));
  assert_throws_js(TypeError, () => target.addEventListener('x', () => {}, { signal: {} }));
}, 'a signal removes the listener when it aborts, and keeps it out afterwards');

test(() => {
  const target = new EventTarget(), seen = [];
  target.addEventListener('x', (e) => { seen.push(1); e.stopImmediatePropagation(); });
  target.addEventListener('x', () => seen.push(2));
  const event = new Event('x');
  target.dispatchEvent(event);
  assert_array_equals(seen, [1]);
  assert_false(event.cancelBubble);
}, 'stopImmediatePropagation keeps the event from the listeners that follow');

test(() => {
  const target = new EventTarget(), seen = [];
  target.addEventListener('x', (e) => { seen.push('capture'); e.stopPropagation(); }, true);
  target.addEventListener('x', () => seen.push('other capture'), true);
  target.addEventListener('x', () => seen.push('bubble'));
  target.dispatchEvent(new Event('x'));
  assert_array_equals(seen, ['capture', 'other capture']);
}, 'stopPropagation in a capturing listener keeps the event from the others');

test(() => {
  const target = new EventTarget(), seen = [];
  const late = () => seen.push('late');
  const removed = () => seen.push('removed');
  target.addEventListener('x', () => {
    target.addEventListener('x', late);
    target.removeEventListener('x', removed);
  });
  target.addEventListener('x', removed);
  target.dispatchEvent(new Event('x'));
  assert_array_equals(seen, []);
  target.dispatchEvent(new Event('x'));
  assert_array_equals(seen, ['late']);
}, 'listeners added while an event runs wait for the next one; removed ones do not run');

test(() => {
  const target = new EventTarget(), errors = [], error = new RangeError('in a listener');
  const onError = (e) => { errors.push(e); e.preventDefault(); };
  addEventListener('error', onError);
  let reached = false;
  target.addEventListener('x', () => { throw error; });
  target.addEventListener('x', { get handleEvent() { throw error; } });
  target.addEventListener('x', {});
  target.addEventListener('x', () => { reached = true; });
  assert_true(target.dispatchEvent(new Event('x')));
  removeEventListener('error', onError);
  assert_true(reached);
  assert_equals(errors.length, 3);
  assert_equals(errors[0].error, error);
  assert_true(errors[0] instanceof ErrorEvent);
  assert_equals(errors[0].message, 'Uncaught RangeError: in a listener');
  assert_equals(errors[1].error, error);
  assert_true(errors[2].error instanceof TypeError);
}, 'what a listener throws is reported to the global, and stops nothing');

test(() => {
  const target = new EventTarget(), event = new Event('x');
  target.addEventListener('x', () => assert_throws_dom('InvalidStateError', () => target.dispatchEvent(event)));
  let reported;
  const onError = (e) => { reported = e.error; e.preventDefault(); };
  addEventListener('error', onError);
  target.dispatchEvent(event);
  removeEventListener('error', onError);
  assert_equals(reported, undefined);
  target.dispatchEvent(event);
}, 'an event cannot be dispatched while it is dispatched, but again afterwards');

test(() => {
  const event = new Event('x', { bubbles: true, cancelable: 1, composed: 'yes' });
  assert_equals(event.type, 'x');
  assert_true(event.bubbles && event.cancelable && event.composed);
  assert_equals(event.target, null);
  assert_equals(event.currentTarget, null);
  assert_equals(event.eventPhase, Event.NONE);
  assert_false(event.isTrusted);
  assert_array_equals(event.composedPath(), []);
  assert_equals(typeof event.timeStamp, 'number');
  const target = new EventTarget();
  let phase, path;
  target.addEventListener('x', (e) => { phase = e.eventPhase; path = e.composedPath(); });
  target.dispatchEvent(event);
  assert_equals(phase, Event.AT_TARGET);
  assert_array_equals(path, [target]);
  assert_equals(event.target, target);
  assert_equals(event.srcElement, target);
  assert_equals(event.currentTarget, null);
}, 'an event tells its type, flags, phase and path');

test(() => {
  assert_throws_js(TypeError, () => new Event());
  assert_throws_js(TypeError, () => new Event('x', 1));
  assert_equals(new Event(null).type, 'null');
  assert_equals(new Event('x', null).bubbles, false);
  assert_throws_js(TypeError, () => new EventTarget().addEventListener('x'));
  assert_throws_js(TypeError, () => new EventTarget().addEventListener('x', 1));
  assert_throws_js(TypeError, () => new EventTarget().dispatchEvent({}));
  assert_throws_js(TypeError, () => EventTarget.prototype.addEventListener.call({}, 'x', () => {}));
  assert_equals(new EventTarget().addEventListener('x', null), undefined);
}, 'wrong arguments are TypeErrors');

test(() => {
  const event = new Event('a');
  event.initEvent('b', true, true);
  assert_equals(event.type, 'b');
  assert_true(event.bubbles);
  const custom = new CustomEvent('c', { detail: 5 });
  assert_equals(custom.detail, 5);
  custom.initCustomEvent('d', false, false, 6);
  assert_equals(custom.type, 'd');
  assert_equals(custom.detail, 6);
  assert_equals(new CustomEvent('e').detail, null);
}, 'initEvent and initCustomEvent begin an event anew');

test(() => {
  const message = new MessageEvent('message', { data: 1, origin: 'o', lastEventId: 'i' });
  assert_equals(message.data, 1);
  assert_equals(message.origin, 'o');
  assert_equals(message.lastEventId, 'i');
  assert_equals(message.source, null);
  assert_true(Object.isFrozen(message.ports));
  const close = new CloseEvent('close', { wasClean: true, code: 1001, reason: 'away' });
  assert_true(close.wasClean);
  assert_equals(close.code, 1001);
  assert_equals(close.reason, 'away');
  assert_equals(new CloseEvent('close').code, 0);
  const error = new ErrorEvent('error', { message: 'm', filename: 'f', lineno: 3, colno: 4, error: 'e' });
  assert_array_equals([error.message, error.filename, error.lineno, error.colno, error.error], ['m', 'f', 3, 4, 'e']);
  const promise = Promise.resolve();
  const rejection = new PromiseRejectionEvent('unhandledrejection', { promise, reason: 'r' });
  assert_equals(rejection.promise, promise);
  assert_equals(rejection.reason, 'r');
  assert_throws_js(TypeError, () => new PromiseRejectionEvent('x'));
  for (const event of [message, close, error, rejection]) assert_true(event instanceof Event);
}, 'the derived events carry what they were made with');

test(() => {
  assert_class_string(new Event('x'), 'Event');
  assert_class_string(new EventTarget(), 'EventTarget');
  assert_class_string(new CustomEvent('x'), 'CustomEvent');
  assert_true(Object.getOwnPropertyDescriptor(Event.prototype, 'type').enumerable);
  assert_true(Object.getOwnPropertyDescriptor(EventTarget.prototype, 'addEventListener').enumerable);
  assert_equals(EventTarget.prototype.addEventListener.length, 2);
  assert_equals(Event.length, 1);
  const trusted = Object.getOwnPropertyDescriptor(new Event('x'), 'isTrusted');
  assert_false(trusted.configurable);
  assert_true(trusted.enumerable);
  assert_equals(trusted.get, Object.getOwnPropertyDescriptor(new Event('y'), 'isTrusted').get);
  assert_equals(Event.prototype.BUBBLING_PHASE, 3);
  class Sub extends EventTarget {}
  let called = false;
  const sub = new Sub();
  sub.addEventListener('x', () => { called = true; });
  sub.dispatchEvent(new Event('x'));
  assert_true(called);
}, 'the interfaces have the shape of Web IDL and can be extended');

test(() => {
  const t = new EventTarget(), log = [];
  const obj = { handleEvent(e) { log.push(this === obj, e.type); } };
  t.addEventListener('x', obj);
  t.addEventListener('x', null);
  t.addEventListener('x', () => log.push('once'), { once: true });
  t.dispatchEvent(new Event('x')); t.dispatchEvent(new Event('x'));
  assert_equals(log.join(), 'true,x,once,true,x');
  const e = new Event('y', { cancelable: true });
  t.addEventListener('y', (e) => e.preventDefault(), { passive: true });
  assert_true(t.dispatchEvent(e));
  t.addEventListener('y', (e) => { e.returnValue = false; });
  assert_false(t.dispatchEvent(new Event('y', { cancelable: true })));
  assert_throws_js(TypeError, () => t.dispatchEvent({}));
  assert_throws_js(TypeError, () => t.addEventListener('x', 1));
  assert_throws_js(TypeError, () => t.addEventListener('x', () => {}, { signal: null }));
  obj.handleEvent = 1;
  let reported; const on = (ev) => { reported = ev.error; ev.preventDefault(); };
  addEventListener('error', on); t.dispatchEvent(new Event('x')); removeEventListener('error', on);
  assert_true(reported instanceof TypeError);
  const sub = class extends Event {}; assert_true(new sub('z').isTrusted === false);
  assert_equals(new CustomEvent('c', { detail: 0 }).detail, 0); assert_equals(new CustomEvent('c').detail, null);
}, 'objects, once and passive listeners, and a handleEvent that is no function');

test(() => {
  const t = new EventTarget(), all = [];
  let heard = 0;
  for (let i = 0; i < 100000; i++) {
    const listener = () => { heard++; };
    all.push(listener);
    t.addEventListener('x', listener);
    t.addEventListener('x', listener, i % 2 === 0);
  }
  t.dispatchEvent(new Event('x'));
  assert_equals(heard, 150000);
  for (const listener of all.slice(10)) t.removeEventListener('x', listener);
  heard = 0;
  t.dispatchEvent(new Event('x'));
  assert_equals(heard, 10 + 50000);
  for (const listener of all) t.removeEventListener('x', listener, true);
  for (const listener of all.slice(5)) t.addEventListener('x', listener);
  heard = 0;
  t.dispatchEvent(new Event('x'));
  assert_equals(heard, 100000);
}, 'a hundred thousand listeners come and go');

test(() => {
  for (const before of [0, 40]) {
    const t = new EventTarget(), log = [], abort = new AbortController();
    const named = (name) => () => log.push(name), late = named('late'), gone = named('gone');
    for (let i = 0; i < before; i++) t.addEventListener('x', () => {});
    t.addEventListener('x', () => { t.addEventListener('x', late); t.removeEventListener('x', gone); abort.abort(); });
    t.addEventListener('x', named('aborted'), { signal: abort.signal });
    t.addEventListener('x', gone);
    t.addEventListener('x', named('once'), { once: true });
    t.addEventListener('x', named('last'));
    t.dispatchEvent(new Event('x'));
    assert_equals(log.join(), 'once,last');
    t.dispatchEvent(new Event('x'));
    assert_equals(log.join(), 'once,last,last,late');
  }
}, 'listeners that come and go while an event is dispatched');
