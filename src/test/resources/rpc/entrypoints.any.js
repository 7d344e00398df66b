// What of a worker can be reached through a binding: its methods, properties and fetch handler.

const { CALLEE, NAMED, NAMED_PROPS, OBJECT, STAGING, PLAIN, MISSING } = env;

const error = async (promise) => {
  try {
    await promise;
  } catch (e) {
    return e;
  }
  throw new Error('it did not fail');
};

promise_test(async () => {
  assert_equals(await CALLEE.add(1, 2), 3);
  assert_equals(await CALLEE.add('a', 'b'), 'ab');
  assert_equals(await CALLEE.nothing(), undefined);
  assert_equals(await CALLEE.later('x'), 'x');
}, 'a method of the entrypoint is called with its arguments');

promise_test(async () => {
  assert_equals(await (await CALLEE.fetch('http://x/path')).text(), 'fetched /path');
}, 'fetch is a request as before');

promise_test(async () => {
  for (const name of ['instanceProperty', 'arrow', 'hasOwnProperties', 'nowhere', '__proto__x', 'isPrototypeOf_']) {
    const e = await error(CALLEE[name]());
    assert_true(e instanceof TypeError, name);
    assert_true(e.message.includes(name), e.message);
  }
  for (const name of ['alarm', 'connect', 'webSocketMessage', 'webSocketClose', 'webSocketError', 'dup']) {
    assert_true((await error(CALLEE[name]())).message.includes('reserved'), name);
  }
  assert_equals(CALLEE.then, undefined);
  assert_equals(`${CALLEE}`, '[object Fetcher]');
  assert_true((await error(PLAIN.method())).message.includes('WorkerEntrypoint'));
  assert_true((await error(MISSING.method())).message.includes('no such entrypoint'));
  assert_equals(CALLEE.property.constructor.name, 'RpcProperty');
}, 'only methods of the prototypes can be reached');

promise_test(async () => {
  assert_equals((await CALLEE.property).nested.text, 'deep');
  assert_equals(await CALLEE.property.nested.text, 'deep');
  assert_equals(await CALLEE.property.nested.say('hi'), 'said hi');
  assert_equals((await error(Promise.resolve(CALLEE.failing))).message, 'no property');
}, 'getters are properties, and paths go through them');

promise_test(async () => {
  const context = await CALLEE.context();
  assert_equals(JSON.stringify(context), '{"props":{},"env":"production","imported":"production","wait":"function"}');
  assert_equals((await STAGING.context()).env, 'staging');
  assert_equals(await NAMED.who(), 'named without props');
  assert_equals(await NAMED_PROPS.who(), 'named 7');
}, 'named entrypoints, props and environments');

promise_test(async () => {
  assert_equals(JSON.stringify(await OBJECT.double(4)), '[8,"production","function"]');
  assert_true((await error(OBJECT.double(1, 2))).message.includes('one argument'));
}, 'a function of an exported object gets env and ctx after its argument');

promise_test(async () => {
  assert_equals(JSON.stringify(await CALLEE.exported()), '[["Named","Plain","default","object"],"named without props","named 3"]');
  assert_equals(JSON.stringify(await CALLEE.contextShape()), '["[object ExecutionContext]",{"props":{}}]');
}, 'ctx.exports has every entrypoint');

promise_test(async () => {
  const response = await CALLEE.fetch('http://user:secret@x/echo#part');
  assert_equals(response.url, 'http://x/echo');
  assert_equals(response.statusText, 'OK');
  assert_equals((await response.json()).url, 'http://x/echo');
  assert_equals(await (await CALLEE.fetch('http://x/echo', { method: 'HEAD' })).text(), '');
  assert_equals(await (await CALLEE.fetch('http://x/arguments')).text(), '[3,true,true]');
  assert_equals((await CALLEE.fetch(new Request('http://x/none'))).redirected, false);
  const e = await error(CALLEE.fetch('ftp://x/echo'));
  assert_true(e instanceof TypeError);
  assert_equals(e.message, 'Fetch API cannot load: ftp://x/echo');
}, 'a fetch through the binding shows its URL and reason, and no credentials');

promise_test(async () => {
  const cf = async (path, init) => (await CALLEE.fetch(`http://x${path}`, init)).text();
  assert_equals(await cf('/cf'), '[{},{}]');
  assert_equals(await cf('/cf', { cf: { country: 'NZ' } }), '[{"country":"NZ"},{"country":"NZ"}]');
  assert_equals(await cf('/again/cf', { cf: { a: [1] } }), '[{"a":[1]},{"a":[1]}]');
}, 'the cf of a request goes along');

promise_test(async () => {
  const followed = await CALLEE.fetch('http://x/found', { method: 'POST', body: 'b' });
  assert_true(followed.redirected);
  assert_equals(followed.url, 'http://x/echo');
  const seen = await followed.json();
  assert_equals(`${seen.method} ${seen.redirect} ${seen.body}`, 'GET manual ');
  const again = await (await CALLEE.fetch('http://x/again', { method: 'POST', body: 'b' })).json();
  assert_equals(`${again.method} ${again.body}`, 'POST b');
  assert_equals((await CALLEE.fetch('http://x/found', { redirect: 'manual' })).status, 302);
  assert_true((await error(CALLEE.fetch('http://x/round'))).message.startsWith('Too many redirects.'));
}, 'a fetch through the binding follows redirects as it is told');

promise_test(async () => {
  assert_equals(await error(CALLEE.fetch('http://x/echo', { signal: AbortSignal.abort('early') })), 'early');
  const controller = new AbortController(), started = Date.now();
  setTimeout(() => controller.abort(new RangeError('enough')), 20);
  const e = await error(CALLEE.fetch('http://x/slow', { signal: controller.signal }));
  assert_true(e instanceof RangeError);
  assert_true(Date.now() - started < 90_000);
  assert_equals((await error(CALLEE.fetch('http://x/slow', { signal: AbortSignal.timeout(20) }))).name, 'TimeoutError');
}, 'a fetch through the binding is aborted by its signal');

promise_test(async () => {
  const e = await error(CALLEE.fetch('http://x/socket'));
  assert_true(e.message.includes('Upgrade: websocket'), e.message);
  assert_equals((await CALLEE.fetch('http://x/socket', { headers: { upgrade: 'websocket' } })).status, 101);
}, 'a WebSocket is answered only to who asked for one');
