// https://websockets.spec.whatwg.org/#dom-websocket-websocket. META: title=WebSocket: constructor

test(() => {
  for (const url of ['', 'ws://', 'ftp://example.com/', 'about:blank', 'ws://example.com/#fragment', 'ws://example.com/#', 'relative', 'ws://a b/']) {
    assert_throws_dom('SyntaxError', () => new WebSocket(url), url);
  }
}, 'a URL of another scheme, with a fragment or invalid is refused');

test(() => {
  for (const protocols of ['', 'a b', 'a,b', 'x\u00e9', '(', ['a', 'a'], ['a', '']]) {
    assert_throws_dom('SyntaxError', () => new WebSocket('ws://example.com/', protocols), `${protocols}`);
  }
}, 'subprotocols are tokens, each once');

test(() => {
  assert_throws_js(TypeError, () => new WebSocket());
  assert_throws_js(TypeError, () => WebSocket('ws://example.com/'));
}, 'it is called with new and a URL');
