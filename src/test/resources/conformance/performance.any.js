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
