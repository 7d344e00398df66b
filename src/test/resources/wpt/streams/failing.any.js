// Each of these fails in its own way, but the first and the last.
test(() => {}, 'passes');
test(() => { assert_equals(1, 2); }, 'an assertion');
test(() => { throw new Error('boom'); }, 'an error');
promise_test(async () => { await null; assert_unreached('here'); }, 'a promise that is rejected');
promise_test(() => {}, 'no promise at all');
async_test((t) => { setTimeout(t.step_func_done(() => { assert_true(false); }), 1); }, 'a step');
async_test(() => {}, 'never done');
promise_test((t) => { t.add_cleanup(() => { throw new Error('unclean'); }); return Promise.resolve(); }, 'a cleanup that throws');
async_test((t) => { setTimeout(t.step_func_done(), 1); }, 'passes too');
