// https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent
test(() => {
  assert_class_string(navigator, 'Navigator');
  assert_equals(navigator.userAgent, 'Cloudflare-Workers');
  assert_equals(navigator.hardwareConcurrency, 1);
  assert_equals(navigator.language, 'en');
  assert_equals(navigator.platform, '');
  assert_throws_js(TypeError, () => new Navigator());
  assert_throws_js(TypeError, () => Navigator.prototype.userAgent);
}, 'the navigator says that this is Workers');

// https://w3c.github.io/beacon/#sendbeacon-method
test(() => {
  assert_throws_js(TypeError, () => navigator.sendBeacon());
  assert_throws_js(TypeError, () => Navigator.prototype.sendBeacon.call({}, 'http://example.com/'));
  assert_equals(navigator.sendBeacon('no address'), true);
  assert_true(Object.getOwnPropertyDescriptor(Navigator.prototype, 'sendBeacon').enumerable);
}, 'sendBeacon says that it sends, whatever comes of it');
