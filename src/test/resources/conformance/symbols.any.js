// https://tc39.es/ecma262/#sec-symbol.for
test(() => {
  assert_equals(Symbol.for('a'), Symbol.for('a'));
  assert_not_equals(Symbol.for('a'), Symbol.for('b'));
  assert_not_equals(Symbol.for('a'), Symbol('a'));
  assert_equals(Symbol.for('a').description, 'a');
  assert_equals(Symbol.for(), Symbol.for('undefined'));
  assert_equals(Symbol.for({ toString: () => 'of an object' }), Symbol.for('of an object'));
  assert_equals(String(Symbol.for('a')), 'Symbol(a)');
}, 'a registered symbol is the same for the same key');

test(() => {
  assert_equals(Symbol.keyFor(Symbol.for('a')), 'a');
  assert_equals(Symbol.keyFor(Symbol('a')), undefined);
  assert_equals(Symbol.keyFor(Symbol.iterator), undefined);
}, 'keyFor gives the key of registered symbols alone');

test(() => {
  assert_throws_js(TypeError, () => Symbol.for(Symbol('a')));
  assert_throws_js(TypeError, () => Symbol.keyFor('a'));
  assert_throws_js(TypeError, () => new Symbol.for('a'));
}, 'wrong arguments throw');

test(() => {
  for (const [name, length] of [['for', 1], ['keyFor', 1]]) {
    const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(Symbol, name);
    assert_equals(value.name, name);
    assert_equals(value.length, length);
    assert_true(writable && !enumerable && configurable);
  }
}, 'the methods look like the ones of the specification');
