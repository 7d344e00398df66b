// flags: nodejs_compat
// node:async_hooks: https://nodejs.org/api/async_context.html
import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';

const storage = new AsyncLocalStorage();
const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

test(() => {
  assert_equals(storage.getStore(), undefined);
  assert_equals(storage.run('a', (x, y) => storage.getStore() + x + y, 1, 2), 'a12');
  assert_equals(storage.getStore(), undefined);
}, 'run gives the store to its callback alone, and the callback its arguments');

test(() => {
  storage.run(1, () => {
    storage.run(2, () => assert_equals(storage.getStore(), 2));
    assert_equals(storage.getStore(), 1);
    storage.exit(() => assert_equals(storage.getStore(), undefined));
    assert_equals(storage.getStore(), 1);
  });
}, 'runs are nested, and exit leaves');

test(() => {
  assert_throws_js(RangeError, () => storage.run(1, () => { throw new RangeError(); }));
  assert_equals(storage.getStore(), undefined);
}, 'a callback that throws leaves the run');

promise_test(async () => {
  const seen = await Promise.all([1, 2, 3].map((id) => storage.run(id, async () => {
    await tick();
    const first = storage.getStore();
    await Promise.resolve();
    await new Promise((resolve) => queueMicrotask(resolve));
    return [first, storage.getStore()];
  })));
  assert_equals(JSON.stringify(seen), '[[1,1],[2,2],[3,3]]');
  assert_equals(storage.getStore(), undefined);
}, 'the store follows awaits that cross one another');

for (const [name, defer] of [
  ['setTimeout', (f) => setTimeout(f, 1)], ['setInterval', (f) => { const id = setInterval(() => { clearInterval(id); f(); }, 1); }],
  ['setImmediate', (f) => setImmediate(f)], ['queueMicrotask', queueMicrotask], ['then', (f) => Promise.resolve().then(f)],
  ['catch', (f) => Promise.reject(new Error()).catch(f)], ['finally', (f) => Promise.resolve().finally(f)],
  ['process.nextTick', (f) => process.nextTick(f)], ['a thenable', (f) => Promise.resolve({ then: (done) => { f(); done(); } })],
  ['scheduler.wait', (f) => scheduler.wait(1).then(f)],
]) {
  promise_test(async () => {
    if (name === 'scheduler.wait' && globalThis.scheduler === undefined) return;
    const seen = new Promise((resolve) => storage.run(name, () => defer(() => resolve(storage.getStore()))));
    assert_equals(await seen, name);
  }, `the store follows ${name}`);
}

promise_test(async () => {
  const later = Promise.withResolvers?.() ?? (() => { let resolve; const promise = new Promise((r) => { resolve = r; }); return { promise, resolve }; })();
  const seen = storage.run('waits', () => later.promise.then(() => storage.getStore()));
  storage.run('resolves', () => later.resolve());
  assert_equals(await seen, 'waits');
}, 'a reaction has the store of who waits, not of who resolves');

promise_test(async () => {
  async function* numbers() {
    yield storage.getStore();
    await tick();
    yield storage.getStore();
  }
  const seen = await storage.run('generator', async () => {
    const all = [];
    for await (const each of numbers()) all.push(each);
    return all;
  });
  assert_equals(seen.join(), 'generator,generator');
}, 'the store follows asynchronous generators');

promise_test(async () => {
  const seen = await storage.run('stream', async () => {
    const all = [];
    const stream = new ReadableStream({
      async pull(controller) {
        await tick();
        controller.enqueue('a');
        controller.close();
      },
    }).pipeThrough(new TransformStream({
      transform(chunk, controller) { controller.enqueue(chunk + storage.getStore()); },
    }));
    for await (const chunk of stream) all.push(chunk, storage.getStore());
    return all.join();
  });
  assert_equals(seen, 'astream,stream');
}, 'the store follows streams');

promise_test(async () => {
  const seen = await storage.run('kv', async () => {
    await env.KV.put('als', 'x');
    const first = storage.getStore();
    await env.KV.get('als');
    return [first, storage.getStore()].join();
  });
  assert_equals(seen, 'kv,kv');
}, 'the store follows the operations of bindings');

promise_test(async () => {
  const seen = await storage.run('digest', async () => {
    await crypto.subtle.digest('SHA-256', new Uint8Array(1));
    return storage.getStore();
  });
  assert_equals(seen, 'digest');
}, 'the store follows crypto.subtle');

test(() => {
  const emitter = new EventEmitter(), seen = [];
  storage.run('adds', () => emitter.on('x', () => seen.push(storage.getStore())));
  storage.run('emits', () => emitter.emit('x'));
  const target = new EventTarget();
  target.addEventListener('x', () => seen.push(storage.getStore()));
  storage.run('dispatches', () => target.dispatchEvent(new Event('x')));
  assert_equals(seen.join(), 'emits,dispatches');
}, 'a listener has the store of who emits');

test(() => {
  const bound = storage.run('bound', () => AsyncLocalStorage.bind((x) => storage.getStore() + x));
  assert_equals(storage.run('other', () => bound('!')), 'bound!');
  const snapshot = storage.run('snapshot', () => AsyncLocalStorage.snapshot());
  assert_equals(storage.run('other', () => snapshot((x) => storage.getStore() + x, '!')), 'snapshot!');
  assert_equals(storage.getStore(), undefined);
}, 'bind and snapshot keep the store');

promise_test(async () => {
  await storage.run('before', async () => {
    storage.enterWith('entered');
    assert_equals(storage.getStore(), 'entered');
    await tick();
    assert_equals(storage.getStore(), 'entered');
    await new Promise((resolve) => setTimeout(() => { assert_equals(storage.getStore(), 'entered'); resolve(); }, 1));
  });
  assert_equals(storage.getStore(), undefined);
}, 'enterWith changes the store for what follows');

promise_test(async () => {
  await storage.run('before', async () => {
    const branch = async () => { await tick(); return storage.getStore(); };
    const earlier = branch();
    const then = Promise.resolve().then(() => storage.getStore());
    storage.enterWith('entered');
    const later = branch();
    assert_equals(`${await earlier} ${await then} ${await later} ${storage.getStore()}`, 'before before entered entered');
  });
  const other = new AsyncLocalStorage();
  const branch = async (store) => { other.enterWith(store); await tick(); return other.getStore(); };
  const all = await Promise.all([branch(1), (async () => { await tick(); return branch(2); })(), (async () => { await null; return branch(3); })()]);
  assert_equals(all.join(), '1,2,3');
}, 'enterWith leaves the branches alone that were there before');

promise_test(async () => {
  const other = new AsyncLocalStorage();
  const entering = async () => { other.enterWith('in'); await tick(); other.enterWith('after'); };
  const done = other.run('out', () => { const done = entering(); assert_equals(other.getStore(), 'in'); return done; });
  assert_equals(other.getStore(), undefined);
  await done;
  assert_equals(other.getStore(), undefined);
  await other.run('out', async () => {
    await (async () => { await null; other.enterWith('deep'); })();
    assert_equals(other.getStore(), 'out');
  });
}, 'enterWith reaches to the end of the run or the continuation that it is called in');

promise_test(async () => {
  const other = new AsyncLocalStorage();
  other.enterWith('event');
  assert_equals(other.getStore(), 'event');
  await tick();
  assert_equals(other.getStore(), 'event');
  assert_equals(other.exit(() => other.getStore()), undefined);
  assert_equals(new AsyncLocalStorage({ defaultValue: 'd' }).getStore(), 'd');
}, 'enterWith outside of any run is for the rest of the event');

test(() => {
  const other = new AsyncLocalStorage();
  storage.run(1, () => other.run(2, () => assert_equals(`${storage.getStore()}${other.getStore()}`, '12')));
}, 'storages do not mix');

test(() => {
  const disabled = new AsyncLocalStorage();
  disabled.run(1, () => {
    disabled.disable();
    assert_equals(disabled.getStore(), undefined);
    disabled.run(2, () => assert_equals(disabled.getStore(), 2));
  });
}, 'disable takes the store away until the next run');

test(() => {
  const resource = storage.run('resource', () => new AsyncResource('TEST'));
  assert_equals(resource.runInAsyncScope(function (x) { return `${storage.getStore()} ${this.y} ${x}`; }, { y: 1 }, 2), 'resource 1 2');
  const bound = resource.bind(function (x) { return `${storage.getStore()} ${this.z} ${x}`; });
  assert_equals(bound.call({ z: 3 }, 4), 'resource 3 4');
  const fixed = storage.run('static', () => AsyncResource.bind(() => storage.getStore()));
  assert_equals(fixed(), 'static');
  assert_equals(typeof resource.asyncId(), 'number');
}, 'AsyncResource runs functions where it was made');
