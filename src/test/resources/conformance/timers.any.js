// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const when = (ms, seen, what) => new Promise((resolve) => setTimeout(() => { seen.push(what); resolve(); }, ms));

promise_test(async () => {
  const seen = [];
  await Promise.all([when(900, seen, 'late'), when(1, seen, 'early'), when(400, seen, 'middle'), when(1, seen, 'early too')]);
  assert_equals(seen.join(), 'early,early too,middle,late');
}, 'timers ring in the order in which they are due, and of those due at once in the order in which they were set');

promise_test(async () => {
  const began = Date.now();
  await pause(40);
  assert_true(Date.now() - began >= 39);
}, 'a timer never rings early');

promise_test(async () => {
  const given = await new Promise((resolve) => setTimeout((...args) => resolve(args), 0, 1, 'b', null));
  assert_equals(JSON.stringify(given), '[1,"b",null]');
  assert_equals(await new Promise((resolve) => setTimeout((...args) => resolve(args.length))), 0);
}, 'the arguments after the delay are given to the callback');

promise_test(async () => {
  for (const delay of [-5, NaN, '1', null, undefined, {}]) await pause(delay);
}, 'a delay that is no positive number is none');

promise_test(async () => {
  const seen = [];
  const first = setTimeout(() => seen.push('first'), 200), second = setTimeout(() => seen.push('second'), 1);
  clearTimeout(first);
  clearTimeout(first);
  await when(300, seen, 'third');
  clearTimeout(second);
  clearTimeout(undefined);
  clearTimeout(12345678);
  assert_equals(seen.join(), 'second,third');
}, 'a cleared timer does not ring, and the others do');

promise_test(async () => {
  const seen = [];
  let other = 0;
  await new Promise((resolve) => {
    setTimeout(() => { seen.push('a'); clearTimeout(other); setTimeout(resolve, 5); }, 1);
    other = setTimeout(() => seen.push('b'), 1);
  });
  assert_equals(seen.join(), 'a');
}, 'a callback may clear a timer that is due at the same time');

promise_test(async () => {
  const seen = [];
  await new Promise((resolve) => {
    setTimeout(() => { Promise.resolve().then(() => seen.push('microtask')); seen.push('a'); }, 1);
    setTimeout(() => { seen.push('b'); resolve(); }, 1);
  });
  assert_equals(seen.join(), 'a,microtask,b');
}, 'the microtasks of a callback run before the next callback');

promise_test(async () => {
  let count = 0;
  await new Promise((resolve) => {
    const id = setInterval((step) => {
      count += step;
      if (count === 6) { clearInterval(id); setTimeout(resolve, 10); }
    }, 1, 2);
  });
  assert_equals(count, 6);
}, 'an interval rings until it is cleared, also by its own callback');

promise_test(async () => {
  const seen = [];
  const interval = setInterval(() => seen.push('i'), 4);
  const began = Date.now();
  do await pause(5); while (seen.length === 0);
  const most = (Date.now() - began) / 4 + 1;
  clearInterval(interval);
  const count = seen.length;
  assert_true(count <= most, `${count} of at most ${most}`);
  await pause(10);
  assert_equals(seen.length, count);
}, 'an interval leaves its time between two calls');

promise_test(async () => {
  const told = [], listen = (event) => { event.preventDefault(); told.push(event.error.message); };
  addEventListener('error', listen);
  const seen = [];
  setTimeout(() => { throw new Error('lost'); }, 1);
  await when(5, seen, 'on');
  removeEventListener('error', listen);
  assert_equals(`${told} ${seen}`, 'lost on');
}, 'what a callback throws is told to the global object, and the next one rings');

promise_test(async () => {
  const ids = [];
  try {
    for (;;) ids.push(setTimeout(() => {}, 1e6));
  } catch (error) {
    assert_equals(error.name, 'QuotaExceededError');
    assert_true(error instanceof DOMException);
  }
  assert_true(ids.length > 9_900 && ids.length <= 10_000, `${ids.length}`);
  ids.forEach(clearTimeout);
  for (let i = 0; i < 20_000; i++) clearTimeout(setTimeout(() => {}, 1e6));
  await pause(1);
}, 'there are at most 10,000 at a time, and those that were cleared count no more');

promise_test(async () => {
  const seen = [], kept = [];
  for (let i = 0; i < 300; i++) {
    const id = setTimeout((name) => seen.push(name), 20, `${i}`);
    if (i % 7 === 0) kept.push(i); else clearTimeout(id);
  }
  const ids = new Set();
  for (let i = 0; i < 3000; i++) {
    const id = setTimeout(() => seen.push('cleared'), 1);
    ids.add(id);
    clearTimeout(id);
  }
  assert_equals(ids.size, 3000);
  for (const nothing of [0, -1, NaN, Infinity, 2 ** 40, undefined, null, '1', {}, Symbol('1'), 1n]) clearTimeout(nothing);
  await pause(60);
  assert_equals(seen.join(), kept.join());
}, 'each of many rings with its own arguments, whichever others were cleared');

promise_test(async () => {
  const seen = [];
  const many = { valueOf() { for (let i = 0; i < 40; i++) setTimeout(() => seen.push(i), 1); return 1; } };
  setTimeout(() => seen.push('outer'), many);
  await pause(30);
  assert_equals(seen.length, 41);
  assert_equals(new Set(seen).size, 41);
}, 'the conversion of a delay may set timers');

promise_test(async () => {
  const seen = [];
  const last = setTimeout(() => seen.push('never'), 1e6);
  await when(1, seen, 'first');
  await Promise.all([when(400, seen, 'third'), when(5, seen, 'second')]);
  clearTimeout(last);
  await when(1, seen, 'fourth');
  assert_equals(seen.join(), 'first,second,third,fourth');
}, 'one set later may be due before those that are waited for');

test(() => {
  for (const name of ['setTimeout', 'setInterval']) {
    assert_throws_js(TypeError, () => globalThis[name]());
    assert_throws_js(TypeError, () => globalThis[name]('code()', 1));
  }
  assert_equals(typeof setTimeout(() => {}), 'number');
}, 'a callback must be a function');
