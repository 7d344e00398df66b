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

// What there is of modules that have little to do here
import fs from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import punycode from 'node:punycode';
import constants from 'node:constants';
import v8 from 'node:v8';
import worker_threads from 'node:worker_threads';
import { Writable } from 'node:stream';
import module_ from 'node:module';
import perf from 'node:perf_hooks';
import dns from 'node:dns';
import 'node:test';
import 'node:sqlite';
import 'node:inspector/promises';
import util_ from 'node:util';

const codeOf = (f) => { try { f(); } catch (error) { return error.code; } return 'nothing was thrown'; };

promise_test(async () => {
  assert_false(fs.existsSync('/a'));
  assert_equals(await new Promise((resolve) => fs.exists('/a', resolve)), false);
  assert_equals(codeOf(() => fs.readFileSync('/a')), 'ENOENT');
  assert_equals(codeOf(() => fs.statSync(new URL('file:///a/b'))), 'ENOENT');
  assert_equals(fs.statSync('/a', { throwIfNoEntry: false }), undefined);
  assert_equals(codeOf(() => fs.writeFileSync('/a', 'b')), 'EROFS');
  assert_equals(codeOf(() => fs.mkdirSync('/a')), 'EROFS');
  assert_equals(codeOf(() => fs.openSync('/a', 'w')), 'EROFS');
  assert_equals(codeOf(() => fs.readSync(3)), 'EBADF');
  assert_equals(codeOf(() => fs.readFileSync()), 'ERR_INVALID_ARG_TYPE');
  assert_equals(fs.rmSync('/a', { force: true }), undefined);
  const error = await new Promise((resolve) => fs.readFile('/a', 'utf8', resolve));
  assert_equals([error.code, error.errno, error.syscall, error.path].join(), 'ENOENT,-2,open,/a');
  assert_regexp_match(error.message, /^ENOENT: no such file or directory, open '\/a'.*KV namespace/);
  assert_equals((await readFile('/a').catch((e) => e)).code, 'ENOENT');
  assert_equals((await writeFile('/a', '').catch((e) => e)).code, 'EROFS');
  assert_equals((await new Promise((resolve) => fs.createReadStream('/a').on('error', resolve))).code, 'ENOENT');
  assert_equals((await new Promise((resolve) => fs.createWriteStream('/a').on('error', resolve))).code, 'EROFS');
  assert_equals(fs.writeSync(1, 'h\u00e9\n'), 4);
  assert_equals(fs.constants.O_RDWR, 2);
}, 'fs: there is nothing, and nothing can be made');

test(() => {
  for (const [text, code] of [['b\u00fccher', 'bcher-kva'], ['\u6c34\u{1f34c}', '1rw6654f'], ['-> $1.00 <-', '-> $1.00 <--'], ['', '']]) {
    assert_equals(punycode.encode(text), code);
    assert_equals(punycode.decode(code), text);
  }
  assert_equals(punycode.toASCII('ma\u00f1ana.com'), 'xn--maana-pta.com');
  assert_equals(punycode.toASCII('x@b\u00fccher\u3002de'), 'x@xn--bcher-kva.de');
  assert_equals(punycode.toUnicode('xn--maana-pta.com'), 'ma\u00f1ana.com');
  assert_equals(punycode.ucs2.decode('\u{1f34c}a').join(), '127820,97');
  assert_throws_js(RangeError, () => punycode.decode('a-!'));
}, 'punycode');

test(() => {
  const lines = [], out = new Writable({ write(chunk, encoding, done) { lines.push(`${chunk}`); done(); } });
  const own = new console_.Console({ stdout: out }), { log } = own;
  log('a %d', 1, { b: 2 });
  own.group('g');
  own.error('c');
  own.groupEnd();
  own.count();
  assert_equals(lines.join(''), 'a 1 { b: 2 }\ng\n  c\ndefault: 1\n');
  assert_true(console_.Console(out) instanceof console_.Console);
  assert_equals(codeOf(() => new console_.Console({})), 'ERR_CONSOLE_WRITABLE_STREAM');
}, 'console.Console');

test(() => {
  assert_equals([constants.ENOENT, constants.SIGTERM, constants.O_CREAT, constants.RSA_PKCS1_PADDING, os.constants.errno.EPIPE, os.constants.signals.SIGINT].join(), '2,15,64,1,32,2');
  assert_equals(v8.getHeapStatistics().used_heap_size, 0);
  assert_true(new worker_threads.MessageChannel().port1 instanceof MessagePort);
  worker_threads.setEnvironmentData('a', 1);
  assert_equals(worker_threads.getEnvironmentData('a'), 1);
  assert_true(module_.isBuiltin('node:http') && module_.isBuiltin('fs/promises') && !module_.isBuiltin('left-pad') && !module_.isBuiltin('cloudflare:workers'));
  assert_equals(codeOf(() => module_.createRequire('/a')('left-pad')), 'MODULE_NOT_FOUND');
  new perf.PerformanceObserver(() => {}).observe({ entryTypes: ['gc'] });
  assert_equals([dns.NOTFOUND, dns.ADDRCONFIG].join(), 'ENOTFOUND,32');
  assert_equals([util_.getSystemErrorName(-2), util_.getSystemErrorMessage(-13), util_.getSystemErrorMap().get(-111)[0]].join(), 'ENOENT,permission denied,ECONNREFUSED');
  assert_equals(JSON.stringify(util_._extend({ a: 1 }, { b: 2 })), '{"a":1,"b":2}');
  assert_true(util_.isBuffer(Buffer.from('')));
  assert_equals(JSON.stringify(util_.parseEnv('A=1 # x\nexport B="c\\nd"\n#C=2\nD=\'e f\'')), '{"A":"1","B":"c\\nd","D":"e f"}');
  function here() { return util_.getCallSites()[0].functionName; }
  assert_equals(here(), 'here');
}, 'constants, v8, worker_threads, module, perf_hooks, dns, util');

test(() => {
  const type = new util_.MIMEType('Text/HTML ; charset="utf-8";q="a\\"b"; x');
  assert_equals(`${type}`, 'text/html;charset=utf-8;q="a\\"b"');
  type.subtype = 'PLAIN';
  type.params.delete('q');
  type.params.set('z', 'a b');
  assert_equals(JSON.stringify({ type, essence: type.essence }), JSON.stringify({ type: 'text/plain;charset=utf-8;z="a b"', essence: 'text/plain' }));
  assert_equals(type.params.get('none'), null);
  for (const bad of ['', 'text', 'text/', '/html', 'te xt/html']) assert_equals(codeOf(() => new util_.MIMEType(bad)), 'ERR_INVALID_MIME_SYNTAX');
}, 'util.MIMEType');
