// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream, over EventSource.from(). META: title=EventSource

const encoder = new TextEncoder();

// The events [type, data, id] of a stream that gives these pieces.
function events(pieces, ...types) {
  const stream = new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(typeof piece === 'string' ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
  const source = EventSource.from(stream), seen = [];
  for (const type of ['message', ...types]) source.addEventListener(type, ({ data, lastEventId }) => seen.push([type, data, lastEventId]));
  return new Promise((resolve) => source.addEventListener('error', () => resolve(seen)));
}

function case_(name, pieces, expected, ...types) {
  promise_test(async () => assert_equals(JSON.stringify(await events(pieces, ...types)), JSON.stringify(expected)), name);
}

case_('data is dispatched at an empty line', ['data: one\n\ndata: two\n\n'], [['message', 'one', ''], ['message', 'two', '']]);
case_('one space after the colon is dropped, and no more', ['data:a\n\ndata: b\n\ndata:  c\n\n'], [['message', 'a', ''], ['message', 'b', ''], ['message', ' c', '']]);
case_('lines of data are joined by line feeds', ['data: one\ndata: two\ndata\ndata: three\n\n'], [['message', 'one\ntwo\n\nthree', '']]);
case_('lines end with LF, CR or CRLF', ['data: a\r\rdata: b\r\n\r\ndata: c\n\n'], [['message', 'a', ''], ['message', 'b', ''], ['message', 'c', '']]);
case_('a CRLF may be split between pieces', ['data: a\r', '\ndata: b\r', '\n\r', '\n'], [['message', 'a\nb', '']]);
case_('pieces may end anywhere', ['da', 'ta: on', 'e\n', '\nev', 'ent: x\ndata: two\n\n'], [['message', 'one', ''], ['x', 'two', '']], 'x');
case_('a character may be split between pieces', [new Uint8Array([100, 97, 116, 97, 58, 0xc3]), new Uint8Array([0xa9, 10, 10])], [['message', '\u00e9', '']]);
case_('a byte order mark is dropped', ['\ufeffdata: a\n\n'], [['message', 'a', '']]);
case_('comments and unknown fields are ignored', [':comment\ndata: a\nfoo: bar\n:\n\n'], [['message', 'a', '']]);
case_('an event without data is none', ['event: x\n\ndata: a\n\n'], [['message', 'a', '']], 'x');
case_('an empty data field makes an event', ['data\n\n'], [['message', '', '']]);
case_('an id stays until it changes', ['id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n'], [['message', 'a', '1'], ['message', 'b', '1'], ['message', 'c', '']]);
case_('an id with a NUL is ignored', ['id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n'], [['message', 'a', '1'], ['message', 'b', '1']]);
case_('what is not ended by an empty line is dropped', ['data: a\n\ndata: b\n'], [['message', 'a', '']]);

promise_test(async () => {
  const source = EventSource.from(new ReadableStream({ type: 'bytes', start(controller) { controller.close(); } }));
  assert_true(source instanceof EventTarget);
  assert_equals(source.url, null);
  assert_equals(source.readyState, EventSource.CONNECTING);
  const failed = new Promise((resolve) => { source.onerror = resolve; });
  assert_equals(await new Promise((resolve) => { source.onopen = () => resolve(source.readyState); }), EventSource.OPEN);
  await failed;
  assert_equals(source.readyState, EventSource.CLOSED);
}, 'a stream opens, and closes with an error event at its end');

promise_test(async () => {
  let cancelled = false;
  const source = EventSource.from(new ReadableStream({
    pull(controller) { controller.enqueue(encoder.encode('data: x\n\n')); },
    cancel() { cancelled = true; },
  }));
  let count = 0;
  await new Promise((resolve) => {
    source.onmessage = () => {
      if (++count === 3) {
        source.close();
        resolve();
      }
    };
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert_equals(count, 3);
  assert_true(cancelled);
  assert_equals(source.readyState, EventSource.CLOSED);
}, 'close() ends the events and cancels the stream');

test(() => {
  assert_throws_js(TypeError, () => EventSource.from({}));
  assert_throws_js(TypeError, () => EventSource.from());
  assert_throws_dom('SyntaxError', () => new EventSource('http://'));
  assert_throws_dom('NotSupportedError', () => new EventSource('http://example.com/', { withCredentials: true }));
  assert_equals(EventSource.CONNECTING + EventSource.OPEN + EventSource.CLOSED, 3);
}, 'wrong arguments');

promise_test(async () => {
  const asked = [];
  const fetcher = {
    async fetch(url, init) {
      const { headers } = new Request(url, init);
      asked.push([headers.get('accept'), headers.get('last-event-id')]);
      if (asked.length === 3) return new Response('gone', { status: 410 });
      return new Response(`retry: 1\nid: ${asked.length}\ndata: ${asked.length}\n\n`, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
    },
  };
  const source = new EventSource('http://example.com/events', { fetcher }), seen = [];
  source.onmessage = ({ data, origin }) => seen.push(data, origin);
  await new Promise((resolve) => {
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) resolve();
    };
  });
  assert_equals(source.url, 'http://example.com/events');
  assert_equals(JSON.stringify(asked), JSON.stringify([['text/event-stream', null], ['text/event-stream', '1'], ['text/event-stream', '2']]));
  assert_array_equals(seen, ['1', 'http://example.com', '2', 'http://example.com']);
}, 'it connects again with the last id, until it is refused');
