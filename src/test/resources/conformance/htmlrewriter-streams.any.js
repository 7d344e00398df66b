// https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/: bodies as they come and go, what fails in them, and what is kept.

import { encoder, pieces, rewrite, element } from './htmlrewriter.js';

promise_test(async () => {
  const log = [];
  const result = await new HTMLRewriter()
    .on('p', { async element(e) { await scheduler.wait(5); log.push(e.tagName); e.append('1'); }, async text(t) { await null; if (t.text) log.push(t.text); } })
    .on('b', { async element(e) { log.push('b'); e.onEndTag(async (end) => { await scheduler.wait(1); end.after('2'); }); } })
    .onDocument({ async end(end) { await null; end.append('3'); } })
    .transform(new Response('<p>x<b>y</b></p>')).text();
  assert_equals(result, '<p>x<b>y</b>21</p>3');
  assert_equals(log.join(), 'p,x,b,y');
}, 'handlers may be asynchronous, and are waited for');

promise_test(async (t) => {
  const error = new RangeError('boom');
  const fails = (handlers) => new HTMLRewriter().on('p', handlers).transform(new Response('a<p>b</p>')).text();
  await promise_rejects_exactly(t, error, fails({ element() { throw error; } }));
  await promise_rejects_exactly(t, error, fails({ async text() { await null; throw error; } }));
  await promise_rejects_exactly(t, error, fails({ element(e) { e.onEndTag(() => { throw error; }); } }));
  let cancelled;
  const source = new Response(new ReadableStream({ pull(c) { c.enqueue(encoder.encode('<p>')); }, cancel(reason) { cancelled = reason; } }));
  await promise_rejects_exactly(t, error, new HTMLRewriter().on('p', { element() { throw error; } }).transform(source).text());
  assert_equals(cancelled, error);
}, 'an error of a handler is the body\'s, and ends its source');

promise_test(async (t) => {
  const error = new Error('source');
  const source = new Response(new ReadableStream({ pull(c) { c.error(error); } }));
  await promise_rejects_exactly(t, error, new HTMLRewriter().transform(source).text());
}, 'an error of the body goes on');

promise_test(async () => {
  const stream = (...chunks) => pieces(...chunks).body;
  assert_equals(await element('<p>x</p>', 'p', (e) => { e.append(stream('<b>', '&'), { html: true }).prepend(stream('<', '&>')); }), '<p>&lt;&amp;&gt;x<b>&</p>');
  assert_equals(await element('<p>x</p>', 'p', (e) => { e.replace(new Response('<i>'), { html: true }); }), '<i>');
  assert_equals(await element('<p>x</p>', 'p', (e) => { e.before(stream('1')).before('2').before(new Response(stream('3', '4'))); }), '1234<p>x</p>');
  assert_equals(await rewrite('<p>x</p>', 'p', { text(t) { if (t.text) t.replace(stream('y')); } }), '<p>y</p>');
  assert_equals(await new HTMLRewriter().onDocument({ end(end) { end.append(stream('z')); } }).transform(new Response('a')).text(), 'az');
}, 'content may be a stream or a response');

promise_test(async (t) => {
  const error = new Error('late');
  const broken = new ReadableStream({ pull(c) { c.error(error); } });
  await promise_rejects_exactly(t, error, element('<p>', 'p', (e) => { e.before(broken); }));
  await promise_rejects_js(t, TypeError, element('<p>', 'p', (e) => { e.before(new ReadableStream({ pull(c) { c.enqueue('text'); } })); }));
}, 'an error of an inserted stream is the body\'s');

promise_test(async () => {
  let pulled = 0;
  const source = new Response(new ReadableStream({ pull(c) { pulled++; c.enqueue(encoder.encode(`<p>${pulled}</p>`)); } }, { highWaterMark: 0 }));
  const reader = new HTMLRewriter().on('p', { element(e) { e.append('!'); } }).transform(source).body.getReader();
  assert_equals(pulled, 0);
  assert_equals(new TextDecoder().decode((await reader.read()).value), '<p>1!</p>');
  await reader.read();
  assert_less_than(pulled, 5);
  await reader.cancel('enough');
  const after = pulled;
  await scheduler.wait(1);
  assert_equals(pulled, after);
}, 'the body streams at its reader\'s pace, and its source ends with it');

promise_test(async (t) => {
  const endless = new Response(new ReadableStream({ pull(c) { c.enqueue(encoder.encode('<a ' + 'x'.repeat(1 << 20))); } }));
  await promise_rejects_js(t, Error, new HTMLRewriter().on('a', { element() {} }).transform(endless).text());
  await promise_rejects_js(t, Error, element('<p>', 'p', (e) => { for (;;) e.before('x'.repeat(1 << 20)); }));
  const deep = new Response(new ReadableStream({ pull(c) { c.enqueue(encoder.encode('<a>'.repeat(20000))); } }));
  await promise_rejects_js(t, Error, new HTMLRewriter().on('b', { element() {} }).transform(deep).text());
  assert_equals(await element('<p>', 'p', (e) => { e.before('x'); }), 'x<p>');
}, 'what a rewriter may keep has a limit, and is given back');

promise_test(async () => {
  const big = '<p>' + '<b>x</b>'.repeat(100_000) + '</p>';
  let count = 0;
  const result = await element(big, 'p > b', (e) => { count++; e.setAttribute('n', '1'); e.append('y'); e.setInnerContent('z'); });
  assert_equals(count, 100_000);
  assert_equals(result.length, 7 + 100_000 * '<b n="1">z</b>'.length);
}, 'a large document needs no more than a small one');

promise_test(async () => {
  assert_equals(await element('<p>a</p>', 'p', (e) => { e.append(new Response(null), { html: true }); }), '<p>a</p>');
  assert_equals(await element('<p>a</p>', 'p', (e) => { e.setInnerContent(new Response(null)); }), '<p></p>');
}, 'a response without a body inserts nothing');

promise_test(async (t) => {
  let told = 0;
  const listener = (event) => {
    event.preventDefault();
    told++;
  };
  addEventListener('unhandledrejection', listener);
  const source = new ReadableStream({ type: 'bytes', pull(controller) { controller.error(new RangeError('broken')); } });
  await promise_rejects_js(t, RangeError, new HTMLRewriter().on('a', {}).transform(new Response(source)).text());
  await promise_rejects_js(t, RangeError, element('<p>', 'p', () => { throw new RangeError('thrown'); }));
  await new Promise((resolve) => setTimeout(resolve, 5));
  removeEventListener('unhandledrejection', listener);
  assert_equals(told, 0);
}, 'what breaks the document is told to its reader alone');

promise_test(async () => {
  const { body } = new HTMLRewriter().on('b', { element() { throw new RangeError('here'); } }).transform(new Response('<a>before</a><b>'));
  const reader = body.getReader(), { value } = await reader.read();
  assert_equals(new TextDecoder().decode(value), '<a>before</a>');
  const e = await reader.read().then(() => undefined, (error) => error);
  assert_equals(e.message, 'here');
}, 'what comes before a handler that throws is written');
