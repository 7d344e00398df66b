// https://html.spec.whatwg.org/multipage/webappapis.html#unhandled-promise-rejections

const next = (type) => new Promise((resolve) => addEventListener(type, (event) => {
  event.preventDefault();
  resolve(event);
}, { once: true }));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

promise_test(async () => {
  const told = next('unhandledrejection'), reason = new RangeError('lost'), promise = Promise.reject(reason);
  const event = await told;
  assert_true(event instanceof PromiseRejectionEvent);
  assert_equals(event.promise, promise);
  assert_equals(event.reason, reason);
  assert_true(event.cancelable && event.isTrusted);
}, 'a rejection that nobody handles is told to the global object');

promise_test(async () => {
  const seen = [], listener = (event) => {
    event.preventDefault();
    seen.push(event.reason);
  };
  addEventListener('unhandledrejection', listener);
  Promise.reject(1).catch(() => {});
  const soon = Promise.reject(2);
  await null;
  soon.then(undefined, () => {});
  (async () => { throw 3; })().catch(() => {});
  (async () => { throw 4; })();
  Promise.all([Promise.reject(5), Promise.reject(6)]).catch(() => {});
  await pause(5);
  removeEventListener('unhandledrejection', listener);
  assert_equals(seen.join(), '4');
}, 'what is handled before the turn is over is not told');

promise_test(async () => {
  const told = next('unhandledrejection'), promise = Promise.reject('late');
  await told;
  const handled = next('rejectionhandled');
  promise.catch(() => {});
  const event = await handled;
  assert_equals(event.promise, promise);
  assert_equals(event.reason, 'late');
  assert_false(event.cancelable);
}, 'a rejection that is handled after it was told is told again');

promise_test(async () => {
  const { error } = console, told = new Promise((resolve) => {
    console.error = (...args) => resolve(args);
  });
  Promise.reject(new TypeError('on the console'));
  const [text, reason] = await told;
  console.error = error;
  assert_equals(text, 'Uncaught (in promise)');
  assert_equals(reason.message, 'on the console');
}, 'a rejection that no listener cancels goes to the console');

promise_test(async () => {
  let count = 0;
  const listener = (event) => {
    event.preventDefault();
    count++;
  };
  addEventListener('unhandledrejection', listener);
  for (let i = 0; i < 1000; i++) Promise.reject(i);
  await pause(5);
  removeEventListener('unhandledrejection', listener);
  assert_equals(count, 100);
}, 'of a flood of rejections some are told');
