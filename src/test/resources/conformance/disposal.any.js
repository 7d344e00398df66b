// https://tc39.es/proposal-explicit-resource-management/

const log = [];
const resource = (name) => ({ [Symbol.dispose]() { log.push(name); } });

test(() => {
  log.length = 0;
  const stack = new DisposableStack();
  const used = resource('used');
  assert_equals(stack.use(used), used);
  assert_equals(stack.use(null), null);
  assert_equals(stack.adopt(5, (value) => log.push(value)), 5);
  stack.defer(() => log.push('deferred'));
  assert_false(stack.disposed);
  stack.dispose();
  assert_true(stack.disposed);
  assert_equals(log.join(), 'deferred,5,used');
  stack.dispose();
  assert_equals(log.length, 3);
}, 'a DisposableStack disposes of what it has in reverse order, once');

test(() => {
  const stack = new DisposableStack();
  assert_throws_js(TypeError, () => stack.use({}));
  assert_throws_js(TypeError, () => stack.use(5));
  assert_throws_js(TypeError, () => stack.defer(5));
  stack.dispose();
  assert_throws_js(ReferenceError, () => stack.defer(() => {}));
  assert_throws_js(ReferenceError, () => stack.use(null));
  assert_throws_js(ReferenceError, () => stack.move());
}, 'a DisposableStack refuses what it cannot dispose of, and all when it is disposed');

test(() => {
  log.length = 0;
  const stack = new DisposableStack();
  stack.use(resource('moved'));
  const moved = stack.move();
  assert_true(stack.disposed);
  assert_equals(log.length, 0);
  moved[Symbol.dispose]();
  assert_equals(log.join(), 'moved');
}, 'what a DisposableStack has can be moved to another');

test(() => {
  const stack = new DisposableStack(), first = new Error('first'), second = new Error('second');
  stack.defer(() => { throw second; });
  stack.defer(() => { throw first; });
  let thrown;
  try {
    stack.dispose();
  } catch (error) {
    thrown = error;
  }
  assert_true(thrown instanceof SuppressedError && thrown instanceof Error);
  assert_equals(thrown.name, 'SuppressedError');
  assert_equals(thrown.error, second);
  assert_equals(thrown.suppressed, first);
}, 'errors in disposing are all told by a SuppressedError');

promise_test(async () => {
  log.length = 0;
  const stack = new AsyncDisposableStack();
  stack.use({ async [Symbol.asyncDispose]() { log.push('async'); } });
  stack.use(resource('plain'));
  stack.defer(async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    log.push('deferred');
  });
  stack.adopt('adopted', async (value) => { log.push(value); });
  await stack.disposeAsync();
  assert_equals(log.join(), 'adopted,deferred,plain,async');
  assert_true(stack.disposed);
  await stack[Symbol.asyncDispose]();
}, 'an AsyncDisposableStack waits for each');

promise_test(async () => {
  let returned = 0;
  const iterator = { __proto__: Iterator.prototype, next() {}, return() { returned++; } };
  iterator[Symbol.dispose]();
  assert_equals(returned, 1);
  const generator = (async function* () {
    try {
      yield 1;
    } finally {
      returned++;
    }
  })();
  await generator.next();
  await generator[Symbol.asyncDispose]();
  assert_equals(returned, 2);
}, 'iterators can be disposed of');

test(() => {
  assert_equals(Object.prototype.toString.call(new DisposableStack()), '[object DisposableStack]');
  assert_equals(DisposableStack.prototype[Symbol.dispose], DisposableStack.prototype.dispose);
  assert_equals(AsyncDisposableStack.prototype[Symbol.asyncDispose], AsyncDisposableStack.prototype.disposeAsync);
  assert_equals(new SuppressedError(1, 2, 'm').message, 'm');
  assert_equals(SuppressedError.prototype.name, 'SuppressedError');
  assert_equals(Object.keys(new SuppressedError(1, 2)).length, 0);
}, 'the shape of the disposal classes');
