const error = new RangeError('on purpose');
const of = (...chunks) => new ReadableStream({ start(c) { for (const chunk of chunks) c.enqueue(chunk); c.close(); } });

promise_test(async () => {
  const seen = [];
  const stream = of(1, 2, 3);
  for await (const chunk of stream) seen.push(chunk);
  assert_array_equals(seen, [1, 2, 3]);
  assert_false(stream.locked);
}, 'for await reads a stream to its end and unlocks it');

promise_test(async () => {
  let reason = 'not cancelled';
  const stream = new ReadableStream({ pull(c) { c.enqueue(1); }, cancel(r) { reason = r; } });
  for await (const chunk of stream) { assert_equals(chunk, 1); break; }
  assert_equals(reason, undefined);
  assert_false(stream.locked);
}, 'leaving the loop cancels the stream');

promise_test(async () => {
  let cancelled = false;
  const stream = new ReadableStream({ pull(c) { c.enqueue(1); }, cancel() { cancelled = true; } });
  for await (const chunk of stream.values({ preventCancel: true })) { assert_equals(chunk, 1); break; }
  assert_false(cancelled);
  assert_equals((await stream.getReader().read()).value, 1);
}, 'preventCancel leaves the stream readable');

promise_test(async (t) => {
  const stream = new ReadableStream({ start(c) { c.error(error); } });
  const iterator = stream.values();
  await promise_rejects_exactly(t, error, iterator.next());
  assert_object_equals(await iterator.next(), { value: undefined, done: true });
  assert_false(stream.locked);
}, 'the error of the stream comes from next() once, then the iterator is done');

promise_test(async () => {
  let n = 0;
  const stream = new ReadableStream({ pull(c) { c.enqueue(++n); if (n === 3) c.close(); } }, { highWaterMark: 0 });
  const iterator = stream.values();
  const results = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next(), iterator.next()]);
  assert_array_equals(results.map((r) => r.value), [1, 2, 3, undefined, undefined]);
  assert_array_equals(results.map((r) => r.done), [false, false, false, true, true]);
}, 'calls of next() that overlap are answered in order');

promise_test(async () => {
  const stream = new ReadableStream({ pull(c) { c.enqueue(1); }, cancel(r) { assert_equals(r, 'end'); } });
  const iterator = stream.values();
  const results = await Promise.all([iterator.next(), iterator.return('end'), iterator.next()]);
  assert_array_equals(results.map((r) => r.done), [false, true, true]);
  assert_equals(results[1].value, 'end');
  assert_object_equals(await iterator.return('late'), { value: 'late', done: true });
}, 'return() waits for next(), and ends the iterator');

promise_test(async (t) => {
  const iterator = new ReadableStream().values();
  const { next } = Object.getPrototypeOf(iterator);
  await promise_rejects_js(t, TypeError, next.call({}));
  assert_equals(Object.getPrototypeOf(Object.getPrototypeOf(iterator)), Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype)));
  assert_class_string(iterator, 'ReadableStream AsyncIterator');
  assert_equals(typeof iterator.throw, 'undefined');
  assert_true(Object.getOwnPropertyDescriptor(Object.getPrototypeOf(iterator), 'next').enumerable);
}, 'the iterator checks its receiver and inherits from AsyncIterator');

promise_test(async () => {
  const read = async (iterable) => {
    const seen = [];
    for await (const chunk of ReadableStream.from(iterable)) seen.push(chunk);
    return seen;
  };
  assert_array_equals(await read(['a', 'b']), ['a', 'b']);
  assert_array_equals(await read('hi'), ['h', 'i']);
  assert_array_equals(await read(new Set([1, 2])), [1, 2]);
  assert_array_equals(await read([Promise.resolve('p'), 'q']), ['p', 'q']);
  assert_array_equals(await read((function* () { yield 1; yield 2; })()), [1, 2]);
  assert_array_equals(await read((async function* () { yield 3; yield 4; })()), [3, 4]);
  assert_array_equals(await read(of(5, 6)), [5, 6]);
}, 'ReadableStream.from takes iterables of both kinds, strings and streams');

promise_test(async (t) => {
  for (const wrong of [null, undefined, 0, NaN, true, {}, Symbol.iterator, () => 0, { [Symbol.iterator]: 1 }, { [Symbol.asyncIterator]: () => 5 }]) {
    assert_throws_js(TypeError, () => ReadableStream.from(wrong));
  }
  assert_throws_exactly(error, () => ReadableStream.from({ get [Symbol.asyncIterator]() { throw error; } }));
  const failing = ReadableStream.from({ [Symbol.asyncIterator]: () => ({ next() { throw error; } }) });
  await promise_rejects_exactly(t, error, failing.getReader().read());
  const notObject = ReadableStream.from({ [Symbol.asyncIterator]: () => ({ next: () => 1 }) });
  await promise_rejects_js(t, TypeError, notObject.getReader().read());
}, 'ReadableStream.from refuses what is not iterable, and passes errors on');

promise_test(async (t) => {
  const calls = [];
  const iterable = {
    [Symbol.asyncIterator]: () => ({
      next: async () => { calls.push('next'); return { value: 1, done: false }; },
      return: async (reason) => { calls.push(reason); return {}; },
    }),
  };
  const stream = ReadableStream.from(iterable);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert_array_equals(calls, []);
  const reader = stream.getReader();
  await reader.read();
  await reader.cancel('done with it');
  assert_array_equals(calls, ['next', 'done with it']);
  const without = ReadableStream.from({ [Symbol.asyncIterator]: () => ({ next: async () => ({}) }) });
  assert_equals(await without.cancel(), undefined);
  const bad = ReadableStream.from({ [Symbol.asyncIterator]: () => ({ next: async () => ({}), return: () => 1 }) });
  await promise_rejects_js(t, TypeError, bad.cancel());
}, 'ReadableStream.from pulls when read, and cancel calls return()');

promise_test(async (t) => {
  const read = async (s) => { const a = []; for await (const x of s) a.push(x); return a.join(); };
  assert_equals(await read(ReadableStream.from(['a', Promise.resolve('b')])), 'a,b');
  assert_equals(await read(ReadableStream.from('xy')), 'x,y');
  assert_equals(await read(ReadableStream.from(new Set([1, 2]))), '1,2');
  assert_equals(await read(ReadableStream.from((async function* () { yield 1; })())), '1');
  assert_equals(await read(ReadableStream.from(ReadableStream.from([3]))), '3');
  for (const wrong of [null, undefined, 1, {}, { [Symbol.iterator]: 1 }]) assert_throws_js(TypeError, () => ReadableStream.from(wrong));
  let returned;
  const s = ReadableStream.from({ [Symbol.asyncIterator]() { return { next() { return { value: 1, done: false }; }, return(v) { returned = v; return {}; } }; } });
  await s.cancel('r');
  assert_equals(returned, 'r');
}, 'ReadableStream.from takes anything that can be iterated, and returns it when it is cancelled');

promise_test(async () => {
  let canceled = false;
  const make = () => new ReadableStream({ start(c) { c.enqueue(1); c.enqueue(2); }, cancel() { canceled = true; } });
  const kept = make();
  for await (const x of kept.values({ preventCancel: true })) break;
  assert_false(canceled); assert_false(kept.locked);
  assert_equals((await kept.getReader().read()).value, 2);
  for await (const x of make()) break;
  assert_true(canceled);
}, 'a loop that is left cancels the stream, unless preventCancel');
