// WebSocketPair (https://developers.cloudflare.com/workers/runtime-apis/websockets/) and what WebSocket has in common with
// https://websockets.spec.whatwg.org/#the-websocket-interface. META: title=WebSocketPair

function pair() {
  const [one, other] = Object.values(new WebSocketPair());
  return [one, other];
}

function accepted() {
  const ends = pair();
  ends[0].accept();
  ends[1].accept();
  return ends;
}

const heard = (socket, type) => new Promise((resolve) => socket.addEventListener(type, resolve, { once: true }));

promise_test(async () => {
  const both = new WebSocketPair();
  assert_array_equals(Object.keys(both), ['0', '1']);
  assert_true(both[0] instanceof WebSocket && both[0] instanceof EventTarget);
  const [one, other] = both;
  assert_equals(one, both[0]);
  assert_equals(other, both[1]);
}, 'a pair has its two ends at 0 and 1');

promise_test(async () => {
  const [one, other] = accepted();
  const message = heard(other, 'message');
  one.send('hello \ud800');
  const event = await message;
  assert_true(event instanceof MessageEvent);
  assert_true(event.isTrusted);
  assert_equals(event.target, other);
  assert_equals(event.data, 'hello \ufffd');
}, 'text arrives as a string, lone surrogates replaced');

promise_test(async () => {
  const [one, other] = accepted();
  for (const sent of [new Uint8Array([1, 2, 3]).buffer, new Uint8Array([0, 1, 2, 3]).subarray(1), new DataView(new Uint8Array([9, 1, 2, 3]).buffer, 1), new Blob([new Uint8Array([1, 2, 3])])]) {
    const message = heard(other, 'message');
    one.send(sent);
    const { data } = await message;
    assert_true(data instanceof ArrayBuffer);
    assert_array_equals([...new Uint8Array(data)], [1, 2, 3]);
  }
}, 'buffers, views and blobs arrive as an ArrayBuffer');

promise_test(async () => {
  const [one, other] = accepted();
  assert_equals(other.binaryType, 'arraybuffer');
  other.binaryType = 'nonsense';
  assert_equals(other.binaryType, 'arraybuffer');
  other.binaryType = 'blob';
  const message = heard(other, 'message');
  one.send(new Uint8Array([104, 105]));
  const { data } = await message;
  assert_true(data instanceof Blob);
  assert_equals(await data.text(), 'hi');
}, 'binaryType "blob" makes blobs');

promise_test(async () => {
  const [one, other] = accepted();
  const bytes = new Uint8Array([1, 2]);
  const message = heard(other, 'message');
  one.send(bytes);
  bytes[0] = 7;
  assert_array_equals([...new Uint8Array((await message).data)], [1, 2]);
}, 'what was sent is what the bytes were at that time');

promise_test(async () => {
  const [one, other] = pair();
  one.accept();
  one.send('early');
  one.send('bird');
  await new Promise((resolve) => setTimeout(resolve, 5));
  const seen = [];
  other.accept();
  other.addEventListener('message', ({ data }) => seen.push(data));
  await heard(other, 'message');
  await heard(other, 'message');
  assert_array_equals(seen, ['early', 'bird']);
}, 'messages wait until the other end is accepted');

promise_test(async () => {
  const [one, other] = accepted();
  const order = [];
  other.onmessage = ({ data }) => {
    order.push(data);
    Promise.resolve().then(() => Promise.resolve()).then(() => order.push(`after ${data}`));
  };
  one.send('1');
  one.send('2');
  await heard(other, 'message');
  await heard(other, 'message');
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert_array_equals(order, ['1', 'after 1', '2', 'after 2']);
}, 'every message is a task of its own');

promise_test(async () => {
  const [one, other] = accepted();
  const closed = heard(other, 'close'), answered = heard(one, 'close');
  assert_equals(one.readyState, WebSocket.OPEN);
  one.close(3456, 'why');
  assert_equals(one.readyState, WebSocket.CLOSING);
  const event = await closed;
  assert_true(event instanceof CloseEvent);
  assert_equals(event.code, 3456);
  assert_equals(event.reason, 'why');
  assert_true(event.wasClean);
  assert_equals(other.readyState, WebSocket.CLOSED);
  const answer = await answered;
  assert_equals(answer.code, 3456);
  assert_true(answer.wasClean);
  assert_equals(one.readyState, WebSocket.CLOSED);
}, 'close() is heard by the other end, and answered');

promise_test(async () => {
  const [one, other] = accepted();
  const closed = heard(other, 'close');
  one.close();
  const { code, reason } = await closed;
  assert_equals(code, 1005);
  assert_equals(reason, '');
}, 'close() without a code is code 1005');

promise_test(async () => {
  const [one, other] = accepted();
  const seen = [];
  other.addEventListener('message', ({ data }) => seen.push(data));
  one.send('last words');
  one.close(1000);
  await heard(other, 'close');
  assert_array_equals(seen, ['last words']);
}, 'what was sent before close() arrives before the close event');

promise_test(async () => {
  const [one, other] = accepted();
  const answered = heard(one, 'close');
  other.addEventListener('close', () => other.close(4001, 'mine'));
  one.close(4000);
  const { code, reason } = await answered;
  assert_equals(code, 4001);
  assert_equals(reason, 'mine');
}, 'the listener of a close event may answer with a code of its own');

test(() => {
  const [one] = accepted();
  for (const code of [0, 999, 1004, 1005, 1006, 1015, 5000, 65536 + 1000, -1, 'x', null]) {
    assert_throws_dom('InvalidAccessError', () => one.close(code), `${code}`);
  }
  assert_throws_dom('SyntaxError', () => one.close(1000, 'x'.repeat(124)));
  assert_throws_dom('SyntaxError', () => one.close(1000, '\u00e9'.repeat(62)));
  assert_throws_dom('InvalidAccessError', () => one.close(undefined, 'reason alone'));
  assert_equals(one.readyState, WebSocket.OPEN);
  one.close(1000, 'x'.repeat(123));
}, 'codes that cannot be sent and long reasons are refused');

test(() => {
  const [one] = accepted();
  one.close(1000);
  one.close(1000);
  assert_throws_js(TypeError, () => one.send('late'));
}, 'send() after close() throws, close() again does nothing');

test(() => {
  const [one] = pair();
  assert_throws_js(TypeError, () => one.send('x'));
  assert_throws_js(TypeError, () => one.close());
  one.accept();
  one.accept();
  assert_throws_js(TypeError, () => one.send());
}, 'an end must be accepted before it is used');

test(() => {
  const [one, other] = accepted();
  assert_equals(one.bufferedAmount, 0);
  one.send('this one is read at once');
  one.send('x'.repeat(1000));
  assert_greater_than(one.bufferedAmount, 999);
  assert_equals(other.bufferedAmount, 0);
}, 'bufferedAmount is what the other end has not read');

promise_test(async () => {
  const [one, other] = accepted();
  const failed = heard(one, 'error'), closed = heard(one, 'close'), there = heard(other, 'error');
  for (let i = 0; i < 50; i++) one.send(new Uint8Array(100_000));
  const { message } = await failed;
  assert_true(message.includes('skerry.limits.web-socket-queue'), message);
  const { code, wasClean } = await closed;
  assert_equals(code, 1006);
  assert_false(wasClean);
  await there;
}, 'more than the queue holds breaks the connection');

promise_test(async () => {
  const [one, other] = accepted();
  const order = [];
  other.onmessage = () => order.push('attribute');
  other.addEventListener('message', () => order.push('listener'));
  one.send('x');
  await heard(other, 'message');
  assert_array_equals(order, ['attribute', 'listener']);
  other.onmessage = null;
  one.send('y');
  await heard(other, 'message');
  assert_array_equals(order, ['attribute', 'listener', 'listener']);
}, 'event handler attributes work');

test(() => {
  const [client, server] = pair();
  server.accept();
  const response = new Response(null, { status: 101, webSocket: client });
  assert_equals(response.webSocket, client);
  assert_equals(response.status, 101);
  assert_throws_js(TypeError, () => response.clone());
  assert_throws_js(RangeError, () => new Response(null, { status: 200, webSocket: client }));
  assert_throws_js(RangeError, () => new Response(null, { status: 101 }));
  assert_throws_js(TypeError, () => new Response(null, { status: 101, webSocket: {} }));
  assert_equals(new Response(null).webSocket, null);
}, 'a response of status 101 carries a WebSocket');

test(() => {
  for (const [name, value] of [['CONNECTING', 0], ['OPEN', 1], ['CLOSING', 2], ['CLOSED', 3]]) {
    assert_equals(WebSocket[name], value);
    assert_equals(WebSocket.prototype[name], value);
    assert_equals(WebSocket[`READY_STATE_${name}`], value);
  }
  assert_equals(Object.prototype.toString.call(new WebSocketPair()[0]), '[object WebSocket]');
}, 'constants and class string');

promise_test(async () => {
  for (const code of [1001, 1016, 2999, 3000.7, '4999']) {
    const [one, other] = accepted();
    const closed = heard(other, 'close');
    one.close(code);
    assert_equals((await closed).code, Math.trunc(code));
  }
}, 'codes from 1000 to 4999 can be sent');

promise_test(async () => {
  const [one, other] = accepted(), answered = heard(one, 'close');
  one.close(3000, 'because');
  const { code, reason, wasClean } = await answered;
  assert_equals(`${code} ${reason} ${wasClean}`, '3000 because true');
  assert_equals(other.readyState, WebSocket.CLOSED);
}, 'a close is answered with its code and reason');

promise_test(async () => {
  const [one, other] = pair();
  one.accept();
  other.accept({ allowHalfOpen: true });
  const closed = heard(other, 'close'), message = heard(one, 'message'), answered = heard(one, 'close');
  one.close(1000, 'done');
  assert_equals((await closed).reason, 'done');
  assert_equals(other.readyState, WebSocket.CLOSING);
  other.send('still');
  assert_equals((await message).data, 'still');
  assert_equals(one.readyState, WebSocket.CLOSING);
  other.close(1001, 'mine');
  assert_equals(other.readyState, WebSocket.CLOSED);
  const { code, reason } = await answered;
  assert_equals(`${code} ${reason}`, '1001 mine');
}, 'accept({ allowHalfOpen }) leaves it to the worker to answer a close');

// https://developers.cloudflare.com/durable-objects/api/state/#setwebsocketautoresponse
test(() => {
  const pair = new WebSocketRequestResponsePair('ping', 1);
  assert_class_string(pair, 'WebSocketRequestResponsePair');
  assert_equals(pair.request, 'ping');
  assert_equals(pair.response, '1');
  assert_throws_js(TypeError, () => new WebSocketRequestResponsePair('ping'));
  assert_throws_js(TypeError, () => WebSocketRequestResponsePair('ping', 'pong'));
}, 'a WebSocketRequestResponsePair is two texts');
