// https://url.spec.whatwg.org/#interface-urlsearchparams
const pairs = (params) => JSON.stringify([...params]);

for (const [init, expected] of [
  ['', '[]'],
  ['?a=b', '[["a","b"]]'],
  ['a=b=c&d&=e&&f=', '[["a","b=c"],["d",""],["","e"],["f",""]]'],
  ['a+b=c+d%2B', '[["a b","c d+"]]'],
  ['a=%C3%A9%zz%', '[["a","é%zz%"]]'],
  ['a=%FF', '[["a","\ufffd"]]'],
  ['a=%EF%BB%BFb', '[["a","\ufeffb"]]'],
  ['\ud800', '[["\ufffd",""]]'],
  [[['a', 'b'], ['a', 1]], '[["a","b"],["a","1"]]'],
  [{ a: 1, b: 'c' }, '[["a","1"],["b","c"]]'],
  [{ '\ud800': 1, '\ud801': 2 }, '[["\ufffd","2"]]'],
  [new Map([['m', 'n']]), '[["m","n"]]'],
  [null, '[["null",""]]'],
  [undefined, '[]'],
  [new URLSearchParams('x=y'), '[["x","y"]]'],
]) {
  test(() => assert_equals(pairs(new URLSearchParams(init)), expected), `made of ${format_value(init)}`);
}

test(() => {
  for (const init of [[1], [['a']], [['a', 'b', 'c']], [null]]) assert_throws_js(TypeError, () => new URLSearchParams(init));
  assert_throws_js(TypeError, () => new URLSearchParams('a').get());
  assert_throws_js(TypeError, () => new URLSearchParams('a').append('b'));
}, 'what is no pair is refused');

test(() => {
  const params = new URLSearchParams('a=1&b=2&a=3&c=4&a=1');
  assert_equals(params.size, 5);
  assert_equals(params.get('a'), '1');
  assert_equals(params.get('x'), null);
  assert_array_equals(params.getAll('a'), ['1', '3', '1']);
  assert_true(params.has('a', '3'));
  assert_false(params.has('a', '4'));
  assert_true(params.has('a', undefined));
  params.delete('a', '1');
  assert_equals(`${params}`, 'b=2&a=3&c=4');
  params.set('b', 'x');
  params.append('b', 'y');
  params.set('b', 'z');
  assert_equals(`${params}`, 'b=z&a=3&c=4');
  params.set('d', '');
  assert_equals(`${params}`, 'b=z&a=3&c=4&d=');
}, 'parameters are got, set and deleted');

test(() => {
  const params = new URLSearchParams();
  params.append("a*-._ ~!'()", 'é\u0000&=+%');
  assert_equals(`${params}`, "a*-._+%7E%21%27%28%29=%C3%A9%00%26%3D%2B%25");
}, 'all but a few characters are encoded');

test(() => {
  const params = new URLSearchParams('z=b&a=b&z=a&a=a&\ud83c\udf08=1&\ufb03=2');
  params.sort();
  assert_equals(pairs(params), '[["a","b"],["a","a"],["z","b"],["z","a"],["🌈","1"],["ﬃ","2"]]');
}, 'sorting is stable and by code units');

test(() => {
  const params = new URLSearchParams('a=1&b=2&c=3'), seen = [];
  for (const [name] of params) {
    seen.push(name);
    params.delete('b');
  }
  assert_array_equals(seen, ['a', 'c']);
  assert_array_equals([...params.keys()], ['a', 'c']);
  assert_array_equals([...params.values()], ['1', '3']);
  const calls = [];
  params.forEach((value, name, of) => calls.push(name, value, of === params));
  assert_array_equals(calls, ['a', '1', true, 'c', '3', true]);
  assert_equals(params[Symbol.iterator], params.entries);
}, 'iteration is live');

test(() => {
  const p = new URLSearchParams('a=1&b=2&a=3&c=%zz+%20&&=x');
  assert_equals(p.size, 5);
  assert_true(p.has('a', '3') && !p.has('a', '9'));
  p.delete('a', '1'); assert_equals(p.toString(), 'b=2&a=3&c=%25zz++&=x');
  p.sort(); assert_equals([...p.keys()].join(), ',a,b,c');
  assert_equals(new URLSearchParams([['a', 'b']]).get('a'), 'b');
  assert_throws_js(TypeError, () => new URLSearchParams([['a']]));
  assert_equals(new URLSearchParams({ a: '~!*()\'-._' }).toString(), 'a=%7E%21*%28%29%27-._');
}, 'pairs are deleted by value, sorted, and written as forms are');
