const pairs = (headers) => JSON.stringify([...headers]);

test(() => {
  const headers = new Headers({ 'Content-Type': 'text/plain', 'X-A': 1 });
  assert_equals(headers.get('content-type'), 'text/plain');
  assert_equals(headers.get('CONTENT-TYPE'), 'text/plain');
  assert_equals(headers.get('x-a'), '1');
  assert_equals(headers.get('x-b'), null);
}, 'names are found in any case, and values become strings');

test(() => {
  const headers = new Headers([['a', '1'], ['b', '2'], ['A', '3']]);
  assert_equals(headers.get('a'), '1, 3');
  assert_equals(pairs(headers), '[["a","1, 3"],["b","2"]]');
}, 'values of one name are combined by a comma and a space');

test(() => {
  const headers = new Headers();
  headers.append('Set-Cookie', 'a=1, x');
  headers.append('b', '0');
  headers.append('set-cookie', 'b=2');
  assert_array_equals(headers.getSetCookie(), ['a=1, x', 'b=2']);
  assert_array_equals(headers.getAll('Set-Cookie'), ['a=1, x', 'b=2']);
  assert_equals(pairs(headers), '[["b","0"],["set-cookie","a=1, x"],["set-cookie","b=2"]]');
  assert_equals(headers.get('set-cookie'), 'a=1, x, b=2');
  assert_throws_js(TypeError, () => headers.getAll('b'));
}, 'set-cookie is never combined in iteration');

test(() => {
  const headers = new Headers([['b', '1'], ['a', 'x'], ['b', '2'], ['bb', '4'], ['b', '3']]);
  headers.set('B', '9');
  assert_equals(pairs(headers), '[["a","x"],["b","9"],["bb","4"]]');
  headers.delete('b');
  assert_equals(pairs(headers), '[["a","x"],["bb","4"]]');
  assert_false(headers.has('b'));
  assert_true(headers.has('bb'));
  headers.delete('bb');
  headers.delete('nothing');
  assert_equals(pairs(headers), '[["a","x"]]');
}, 'set replaces all values of a name, delete removes them');

test(() => {
  assert_equals(new Headers({ a: ' \t x y \r\n' }).get('a'), 'x y');
  assert_equals(new Headers({ a: '' }).get('a'), '');
  assert_equals(new Headers({ a: ' ' }).get('a'), '');
  assert_equals(new Headers({ a: '\xff' }).get('a'), '\xff');
  assert_equals(new Headers({ a: 'x:y' }).get('a'), 'x:y');
}, 'values lose the whitespace around them and keep the rest');

test(() => {
  for (const name of ['', ' ', 'a b', 'a:', 'a\n', '\u0100', 'ä', 'a,b', '(x)']) {
    assert_throws_js(TypeError, () => new Headers([[name, 'x']]), name);
    assert_throws_js(TypeError, () => new Headers().get(name), name);
  }
  for (const value of ['a\0b', 'a\nb', 'a\rb', 'a\r\nb: c', '\u0100', '\ud800']) {
    assert_throws_js(TypeError, () => new Headers({ a: value }), value);
    assert_throws_js(TypeError, () => new Headers().append('a', value), value);
    assert_throws_js(TypeError, () => new Headers().set('a', value), value);
  }
}, 'names that are not tokens and values that would break a line are refused');

test(() => {
  const headers = new Headers({ a: '1', b: '2', d: '4' });
  const seen = [];
  for (const [name] of headers) {
    seen.push(name);
    if (name === 'a') headers.append('c', '3');
    if (name === 'b') headers.delete('d');
  }
  assert_array_equals(seen, ['a', 'b', 'c']);
}, 'iteration is live');

test(() => {
  const headers = new Headers({ b: '2', a: '1' });
  assert_array_equals([...headers.keys()], ['a', 'b']);
  assert_array_equals([...headers.values()], ['1', '2']);
  const seen = [];
  headers.forEach(function (value, name, all) { seen.push(name, value, all === headers, this.x); }, { x: 7 });
  assert_array_equals(seen, ['a', '1', true, 7, 'b', '2', true, 7]);
  assert_equals(headers[Symbol.iterator], headers.entries);
  assert_class_string(headers.entries(), 'Headers Iterator');
  assert_class_string(headers, 'Headers');
  assert_throws_js(TypeError, () => headers.forEach());
}, 'entries, keys, values and forEach go through sorted pairs');

test(() => {
  const log = [];
  const record = new Proxy({ a: '1', b: '2' }, {
    get(target, key) { log.push(`get ${String(key)}`); return target[key]; },
    ownKeys(target) { log.push('ownKeys'); return Reflect.ownKeys(target); },
    getOwnPropertyDescriptor(target, key) { log.push(`own ${String(key)}`); return Reflect.getOwnPropertyDescriptor(target, key); },
  });
  new Headers(record);
  assert_array_equals(log, ['get Symbol(Symbol.iterator)', 'ownKeys', 'own a', 'get a', 'own b', 'get b']);
}, 'a record is read in the order of Web IDL');

test(() => {
  for (const init of [null, 1, 'a', true, [['a']], [['a', 'b', 'c']], ['ab'], [1], { [Symbol('x')]: 1 }]) {
    assert_throws_js(TypeError, () => new Headers(init), String(init?.toString?.()));
  }
  assert_equals(pairs(new Headers(undefined)), '[]');
  assert_equals(pairs(new Headers(new Map([['a', 'b']]))), '[["a","b"]]');
}, 'only Headers, sequences of pairs and records make headers');

test(() => {
  const one = new Headers({ a: '1' }), other = new Headers(one);
  other.set('a', '2');
  assert_equals(one.get('a'), '1');
}, 'a copy of headers is a copy');

test(() => {
  for (const method of ['get', 'has', 'delete']) assert_throws_js(TypeError, () => new Headers()[method]());
  for (const method of ['set', 'append']) assert_throws_js(TypeError, () => new Headers()[method]('a'));
  assert_throws_js(TypeError, () => Headers.prototype.get.call({}, 'a'));
  assert_throws_js(TypeError, () => Headers.prototype.keys.call({}));
  assert_equals(Headers.length, 0);
}, 'too few arguments and foreign objects are refused');

test(() => {
  const h = new Headers([['b', '1'], ['a', '2'], ['Set-Cookie', 'x'], ['set-cookie', 'y'], ['C', '3']]);
  assert_equals(JSON.stringify([...h]), '[["a","2"],["b","1"],["c","3"],["set-cookie","x"],["set-cookie","y"]]');
  assert_equals(h.getSetCookie().join(), 'x,y');
  assert_equals(h.get('set-cookie'), 'x, y');
  h.delete('set-cookie');
  assert_equals(h.getSetCookie().length, 0);
  assert_throws_js(TypeError, () => new Headers([['a']]));
  assert_throws_js(TypeError, () => new Headers([['a', 'b', 'c']]));
  assert_throws_js(TypeError, () => new Headers(null));
  assert_throws_js(TypeError, () => new Headers({ a: '\u0100' }));
  assert_throws_js(TypeError, () => new Headers({ a: 'b\0c' }));
  assert_equals(new Headers({ a: '\t b \r\n' }).get('a'), 'b');
}, 'cookies stay apart, values are trimmed, and what is no header is refused');
