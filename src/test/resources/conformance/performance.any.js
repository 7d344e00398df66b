// https://w3c.github.io/hr-time/ and https://developers.cloudflare.com/workers/runtime-apis/performance/
test(() => {
  assert_class_string(performance, 'Performance');
  assert_equals(performance.timeOrigin, 0);
  assert_equals(JSON.stringify(performance), '{"timeOrigin":0}');
  assert_throws_js(TypeError, () => new Performance());
  const { now } = performance;
  assert_throws_js(TypeError, () => now());
}, "the time origin is the Unix epoch, as in Workers");

test(() => {
  const before = Date.now(), now = performance.now();
  assert_true(Number.isInteger(now));
  assert_greater_than_equal(now, before);
  assert_less_than_equal(now, Date.now());
}, 'performance.now() has a resolution of one millisecond');

promise_test(async () => {
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert_greater_than(performance.now(), start);
  const { now } = Date;
  Date.now = () => 0;
  try {
    assert_greater_than(performance.now(), start);
  } finally {
    Date.now = now;
  }
}, 'time goes on, and only forward');

test(() => {
  const detail = { a: 1 }, mark = performance.mark('begin', { startTime: 5, detail });
  assert_true(mark instanceof PerformanceMark && mark instanceof PerformanceEntry);
  assert_equals(JSON.stringify(mark), '{"name":"begin","entryType":"mark","startTime":5,"duration":0,"detail":{"a":1}}');
  assert_not_equals(mark.detail, detail);
  const now = performance.mark('now');
  assert_equals(now.detail, null);
  assert_less_than_equal(now.startTime, performance.now());
  performance.mark('end', { startTime: 12 });
  assert_equals(new PerformanceMark('apart').name, 'apart');
  assert_array_equals(performance.getEntriesByType('mark').map(({ name }) => name), ['begin', 'end', 'now']);
  const measure = performance.measure('both', 'begin', 'end');
  assert_true(measure instanceof PerformanceMeasure);
  assert_equals(measure.startTime, 5);
  assert_equals(measure.duration, 7);
  assert_equals(performance.measure('start', { start: 'begin', duration: 3, detail: 'x' }).duration, 3);
  assert_equals(performance.measure('end', { end: 20, duration: 3 }).startTime, 17);
  assert_equals(performance.measure('origin').startTime, 0);
  assert_array_equals(performance.getEntriesByName('end').map(({ entryType }) => entryType), ['mark', 'measure']);
  assert_equals(performance.getEntriesByName('end', 'mark').length, 1);
  performance.clearMarks('begin');
  assert_equals(performance.getEntriesByName('begin').length, 0);
  performance.clearMarks();
  assert_equals(performance.getEntries().length, 4);
  performance.clearMeasures();
  assert_equals(performance.getEntries().length, 0);
}, 'marks and measures are entries of the timeline');

test(() => {
  assert_throws_js(TypeError, () => performance.mark());
  assert_throws_js(TypeError, () => performance.mark('x', { startTime: -1 }));
  assert_throws_js(TypeError, () => new PerformanceEntry());
  assert_throws_js(TypeError, () => new PerformanceMeasure());
  assert_throws_dom('SyntaxError', () => performance.measure('x', 'no such mark'));
  assert_throws_js(TypeError, () => performance.measure('x', { duration: 5 }));
  assert_throws_js(TypeError, () => performance.measure('x', { start: 1, end: 2, duration: 1 }));
  assert_throws_js(TypeError, () => performance.measure('x', { start: 1 }, 'end'));
  assert_throws_dom('DataCloneError', () => performance.mark('x', { detail: () => {} }));
  assert_equals(performance.getEntries().length, 0);
}, 'what is no mark or measure is refused, and leaves no entry');

promise_test(async () => {
  const seen = [];
  performance.mark('before');
  const observer = new PerformanceObserver((list, self) => seen.push(...list.getEntries().map(({ name }) => name), self === observer));
  observer.observe({ type: 'mark', buffered: true });
  performance.mark('a', { startTime: 2 });
  performance.mark('b', { startTime: 1 });
  performance.measure('c');
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert_array_equals(seen, ['b', 'a', 'before', true]);
  performance.mark('d');
  assert_equals(observer.takeRecords().length, 1);
  observer.disconnect();
  performance.mark('e');
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert_equals(seen.length, 4);
  assert_array_equals(PerformanceObserver.supportedEntryTypes, ['mark', 'measure']);
  assert_throws_js(TypeError, () => new PerformanceObserver());
  assert_throws_js(TypeError, () => observer.observe({}));
  performance.clearMarks();
  performance.clearMeasures();
}, 'an observer is told of new entries, and of those before if it asks');

test(() => {
  for (let i = 0; i < 1500; i++) performance.mark(`${i}`, { startTime: i });
  const marks = performance.getEntriesByType('mark');
  assert_equals(marks.length, 1000);
  assert_equals(marks[0].name, '500');
  performance.clearMarks();
}, 'the timeline keeps the last thousand entries');

test(() => {
  assert_throws_js(TypeError, () => new PerformanceResourceTiming());
  assert_equals(Object.getPrototypeOf(PerformanceResourceTiming), PerformanceEntry);
  assert_equals(performance.getEntriesByType('resource').length, 0);
}, 'there are no timings of resources');
