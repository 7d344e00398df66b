promise_test(() => fetch('resources/data.json').then((r) => r.json()).then((data) => assert_array_equals(data, [1, 2])), 'a file beside');
promise_test(async () => { assert_true((await (await fetch('/common/shared.js')).text()).includes('constant')); }, 'a file of the root');
