// flags: nodejs_compat
// node:string_decoder, node:timers/promises, node:diagnostics_channel, node:os, node:console, and what there is not
import { StringDecoder } from 'node:string_decoder';
import timers from 'node:timers';
import { setInterval as every, setTimeout as wait } from 'node:timers/promises';
import { channel, hasSubscribers, subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import { AsyncLocalStorage } from 'node:async_hooks';
import os from 'node:os';
import console_ from 'node:console';

for (const encoding of ['utf8', 'utf16le', 'base64', 'hex', 'latin1']) {
  test(() => {
    const text = 'z\u00df\u6c34\u{1f34c}z', bytes = Buffer.from(text), whole = encoding === 'utf16le' ? Buffer.from(text, 'utf16le') : bytes;
    for (let size = 1; size <= whole.length; size++) {
      const decoder = new StringDecoder(encoding);
      let all = '';
      for (let at = 0; at < whole.length; at += size) all += decoder.write(whole.subarray(at, at + size));
      assert_equals(all + decoder.end(), whole.toString(encoding), `${size}`);
    }
  }, `string_decoder: ${encoding} in pieces`);
}
test(() => {
  const decoder = new StringDecoder();
  assert_equals(decoder.write(Buffer.from([0xe2, 0x82])), '');
  assert_equals(decoder.end(Buffer.from([0xac])), '\u20ac');
  assert_equals(decoder.write(Buffer.from([0xe2])) + decoder.end(), '\ufffd');
  assert_equals(decoder.write(Buffer.from([0xff, 0x61])), '\ufffda');
  try { new StringDecoder('x'); assert_unreached(); } catch (e) { assert_equals(e.code, 'ERR_UNKNOWN_ENCODING'); }
}, 'string_decoder: what does not end well');

promise_test(async () => {
  assert_equals(await wait(1, 'value'), 'value');
  let count = 0;
  for await (const value of every(1, 'x')) if (value === 'x' && ++count === 3) break;
  const controller = new AbortController();
  const waiting = wait(10_000, 0, { signal: controller.signal });
  controller.abort();
  assert_equals((await waiting.catch((e) => e)).name, 'AbortError');
  assert_equals(typeof timers.promises.setTimeout, 'function');
}, 'timers/promises');

test(() => {
  const seen = [], listener = (message, name) => seen.push(`${name} ${message}`), made = channel('a');
  assert_false(made.hasSubscribers);
  made.publish(0);
  subscribe('a', listener);
  assert_true(hasSubscribers('a'));
  made.publish(1);
  assert_true(unsubscribe('a', listener));
  made.publish(2);
  assert_equals(seen.join(), 'a 1');
  const storage = new AsyncLocalStorage();
  made.bindStore(storage, (message) => message * 2);
  assert_equals(made.runStores(21, () => storage.getStore()), 42);
}, 'diagnostics_channel: publishing');

promise_test(async () => {
  const seen = [], tracing = tracingChannel('t');
  tracing.subscribe(Object.fromEntries(['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map((name) => [name, () => seen.push(name)])));
  tracing.traceSync(() => 1);
  await tracing.tracePromise(async () => 2);
  assert_equals(seen.join(), 'start,end,start,end,asyncStart,asyncEnd');
}, 'diagnostics_channel: tracing');

test(() => {
  assert_equals(os.EOL, '\n');
  assert_equals(typeof os.platform(), 'string');
  assert_equals(typeof console_.log, 'function');
}, 'os and console');
