test(() => {
  const e = new DOMException('gone', 'AbortError');
  assert_equals(e.name, 'AbortError');
  assert_equals(e.message, 'gone');
  assert_equals(e.code, 20);
  assert_true(e instanceof Error);
  assert_class_string(e, 'DOMException');
}, 'a DOMException has the name, message and legacy code it was made with');

test(() => {
  assert_equals(new DOMException().name, 'Error');
  assert_equals(new DOMException().message, '');
  assert_equals(new DOMException('x', 'NoSuchName').code, 0);
}, 'a DOMException without arguments is a plain Error with code 0');

test(() => {
  const cause = new Error('why');
  assert_equals(new DOMException('m', { name: 'DataError', cause }).cause, cause);
}, 'a DOMException made with options carries its cause');

test(() => {
  assert_equals(DOMException.ABORT_ERR, 20);
  assert_equals(DOMException.prototype.DATA_CLONE_ERR, 25);
}, 'the legacy constants stand on the constructor and the prototype');
