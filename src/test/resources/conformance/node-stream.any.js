// flags: nodejs_compat
// node:stream: https://nodejs.org/api/stream.html
import stream, { Duplex, PassThrough, Readable, Transform, Writable, addAbortSignal, finished, pipeline } from 'node:stream';
import * as promises from 'node:stream/promises';
import { text, json, buffer } from 'node:stream/consumers';
import { ReadableStream as WebReadable } from 'node:stream/web';
import { EventEmitter, once } from 'node:events';
import { inherits } from 'node:util';

const tick = (ms = 1) => new Promise((resolve) => setTimeout(resolve, ms));
const upper = () => new Transform({ transform(chunk, encoding, done) { done(null, chunk.toString().toUpperCase()); } });
function sink(options = {}) {
  const chunks = [];
  return Object.assign(new Writable({ write(chunk, encoding, done) { chunks.push(chunk.toString()); done(); }, ...options }), { chunks });
}

test(() => {
  assert_equals(stream.Readable, Readable);
  assert_equals(stream.Stream, stream);
  assert_equals(WebReadable, ReadableStream);
  assert_true(new Readable() instanceof EventEmitter && new Readable() instanceof stream);
  assert_true(new Duplex() instanceof Readable && new Duplex() instanceof Writable && new PassThrough() instanceof Transform);
  assert_false(new Readable() instanceof Writable);
}, 'the classes');

promise_test(async () => {
  const readable = new Readable({ read() {} }), seen = [];
  readable.on('data', (chunk) => seen.push(chunk.toString())).on('end', () => seen.push('end')).on('close', () => seen.push('close'));
  readable.push('a');
  readable.push(Buffer.from('b'));
  readable.push(null);
  await once(readable, 'close');
  assert_equals(seen.join(), 'a,b,end,close');
  assert_true(readable.readableEnded && readable.destroyed && !readable.readable);
}, 'a readable flows');

promise_test(async () => {
  let n = 0;
  const readable = new Readable({ read(size) { this.push(n < 3 ? `${n++}`.repeat(4) : null); }, encoding: 'utf8', highWaterMark: 8 });
  await once(readable, 'readable');
  assert_equals(readable.read(2), '00');
  assert_equals(readable.read(4), '0011');
  readable.unshift('x');
  const rest = [];
  for await (const chunk of readable) rest.push(chunk);
  assert_equals(rest.join(''), 'x112222');
}, 'a readable is read in pieces');

promise_test(async () => {
  const readable = new Readable({ objectMode: true, read() {} });
  readable.push({ a: 1 });
  readable.push('');
  readable.push(null);
  assert_equals(JSON.stringify(await readable.toArray()), '[{"a":1},""]');
}, 'objects');

promise_test(async () => {
  const readable = Readable.from(['a', 'b', 'c']), seen = [];
  readable.on('data', (chunk) => {
    seen.push(chunk);
    readable.pause();
    setTimeout(() => { seen.push('resume'); readable.resume(); }, 1);
  });
  await once(readable, 'end');
  assert_equals(seen.join(), 'a,resume,b,resume,c');
}, 'pause and resume');

promise_test(async () => {
  const writable = sink({ highWaterMark: 3, async write(chunk, encoding, done) { await tick(); writable.chunks.push(`${chunk}`); done(); } }), events = [];
  for (const name of ['drain', 'finish', 'close', 'prefinish']) writable.on(name, () => events.push(name));
  assert_true(writable.write('ab'));
  assert_false(writable.write('cdef'));
  assert_true(writable.writableNeedDrain);
  await once(writable, 'drain');
  let called = false;
  writable.end('e', () => { called = true; });
  await once(writable, 'close');
  assert_equals(writable.chunks.join(), 'ab,cdef,e');
  assert_equals(events.join(), 'drain,prefinish,finish,close');
  assert_true(called && writable.writableFinished && writable.writableEnded);
}, 'a writable asks for patience, and finishes');

promise_test(async () => {
  const order = [];
  const writable = new Writable({
    async write(chunk, encoding, done) { await tick(); order.push(`${chunk}`); done(); },
    final(done) { order.push('final'); done(); },
  });
  writable.write('a', () => order.push('cb a'));
  writable.write('b', () => order.push('cb b'));
  writable.end();
  await promises.finished(writable);
  assert_equals(order.join(), 'a,cb a,b,cb b,final');
}, 'writes are done one after the other, then final');

promise_test(async () => {
  const batches = [], writable = new Writable({ writev(chunks, done) { batches.push(chunks.map(({ chunk }) => chunk.toString()).join('')); done(); } });
  writable.cork();
  writable.write('a');
  writable.write('b');
  writable.uncork();
  writable.end('c');
  await once(writable, 'finish');
  assert_equals(batches.join(), 'ab,c');
}, 'cork and writev');

promise_test(async () => {
  const writable = sink();
  writable.end();
  const error = once(writable, 'error').catch((e) => [e]);
  const told = new Promise((resolve) => writable.write('late', resolve));
  assert_equals((await told).code, 'ERR_STREAM_WRITE_AFTER_END');
  assert_equals((await error)[0].code, 'ERR_STREAM_WRITE_AFTER_END');
  try { sink().write(null); assert_unreached(); } catch (e) { assert_equals(e.code, 'ERR_STREAM_NULL_VALUES'); }
  try { sink().write({}); assert_unreached(); } catch (e) { assert_equals(e.code, 'ERR_INVALID_ARG_TYPE'); }
}, 'what must not be written');

promise_test(async () => {
  const readable = new Readable({ read() {} }), failed = once(readable, 'error').catch((e) => [e]);
  readable.push(null);
  readable.push('late');
  assert_equals((await failed)[0].code, 'ERR_STREAM_PUSH_AFTER_EOF');
}, 'a push after the end is an error');

promise_test(async () => {
  const events = [], readable = new Readable({ read() {}, destroy(error, done) { events.push(`destroy ${error.message}`); done(error); } });
  readable.on('error', (e) => events.push(`error ${e.message}`)).on('close', () => events.push('close'));
  readable.destroy(new Error('x'));
  readable.destroy(new Error('y'));
  await tick();
  assert_equals(events.join(), 'destroy x,error x,close');
  assert_equals(readable.errored.message, 'x');
}, 'destroy, once');

promise_test(async () => {
  const target = sink({ highWaterMark: 1 });
  Readable.from(['a', 'b', 'c']).pipe(upper()).pipe(target);
  await once(target, 'finish');
  assert_equals(target.chunks.join(''), 'ABC');
}, 'pipe');

promise_test(async () => {
  const source = new PassThrough(), one = sink(), two = sink({ async write(chunk, encoding, done) { await tick(); two.chunks.push(`${chunk}`); done(); } });
  source.pipe(one);
  source.pipe(two);
  for (const each of 'abc') source.write(each);
  source.end();
  await Promise.all([once(one, 'finish'), once(two, 'finish')]);
  assert_equals(one.chunks.join('') + two.chunks.join(''), 'abcabc');
  const left = new PassThrough();
  left.pipe(one, { end: false });
  left.unpipe(one);
  assert_false(left.readableFlowing);
}, 'pipe to two, and unpipe');

promise_test(async () => {
  const split = new Transform({
    readableObjectMode: true,
    transform(chunk, encoding, done) {
      this.rest = (this.rest ?? '') + chunk;
      const lines = this.rest.split('\n');
      this.rest = lines.pop();
      for (const line of lines) this.push(line);
      done();
    },
    flush(done) { this.push(this.rest); done(); },
  });
  split.write('a\nb');
  split.write('c\nd');
  split.end();
  assert_equals((await split.toArray()).join('|'), 'a|bc|d');
}, 'a transform splits and flushes');

promise_test(async () => {
  const big = new Transform({ highWaterMark: 4, transform(chunk, encoding, done) { this.push(chunk); this.push(chunk); done(); } });
  const written = [];
  for (let i = 0; i < 50; i++) written.push(new Promise((resolve) => big.write(Buffer.alloc(3, 97), resolve)));
  big.end();
  await tick();
  assert_true(big.readableLength < 50, `${big.readableLength}`);
  assert_equals((await buffer(big)).length, 300);
  await Promise.all(written);
}, 'a transform waits for who reads');

promise_test(async () => {
  const duplex = new Duplex({
    read() { this.push('from duplex'); this.push(null); },
    write(chunk, encoding, done) { this.got = chunk.toString(); done(); },
  });
  duplex.end('to duplex');
  assert_equals(await text(duplex), 'from duplex');
  await tick();
  assert_equals(duplex.got, 'to duplex');
  assert_true(duplex.destroyed);
}, 'both ends of a duplex');

promise_test(async () => {
  const target = sink();
  await promises.pipeline(Readable.from(['a', 'b']), upper(), target);
  assert_equals(target.chunks.join(''), 'AB');
  const result = await promises.pipeline(
    async function* () { yield 'x'; yield 'y'; },
    async function* (source) { for await (const chunk of source) yield `${chunk}!`; },
    async (source) => { let all = ''; for await (const chunk of source) all += chunk; return all; });
  assert_equals(result, 'x!y!');
  const other = sink();
  await promises.pipeline(['1', '2'], other);
  assert_equals(other.chunks.join(), '1,2');
  await new Promise((resolve, reject) => pipeline(Readable.from(['q']), sink(), (error) => error ? reject(error) : resolve()));
}, 'pipeline');

promise_test(async () => {
  const bad = new Transform({ transform(chunk, encoding, done) { done(new RangeError('bad')); } }), source = new Readable({ highWaterMark: 4, read() { this.push('x'); } }), target = sink();
  const error = await promises.pipeline(source, bad, target).catch((e) => e);
  assert_equals(error.message, 'bad');
  await tick();
  assert_true(source.destroyed && bad.destroyed && target.destroyed);
  const thrown = await promises.pipeline(async function* () { yield 'a'; throw new Error('in source'); }, sink()).catch((e) => e);
  assert_equals(thrown.message, 'in source');
  const controller = new AbortController(), waiting = promises.pipeline(new Readable({ read() {} }), sink(), { signal: controller.signal });
  controller.abort();
  assert_equals((await waiting.catch((e) => e)).name, 'AbortError');
}, 'pipeline: errors end all of it');

promise_test(async () => {
  const early = new Readable({ read() {} });
  setTimeout(() => early.destroy(), 1);
  const error = await new Promise((resolve) => finished(early, resolve));
  assert_equals(error.code, 'ERR_STREAM_PREMATURE_CLOSE');
  const failed = sink();
  setTimeout(() => failed.destroy(new Error('x')), 1);
  assert_equals((await promises.finished(failed).catch((e) => e)).message, 'x');
  const over = Readable.from([]);
  over.resume();
  await once(over, 'end');
  await promises.finished(over);
  const controller = new AbortController(), aborted = addAbortSignal(controller.signal, new Readable({ read() {} }));
  setTimeout(() => controller.abort(), 1);
  const [cause] = await once(aborted, 'error');
  assert_equals(cause.name, 'AbortError');
}, 'finished and addAbortSignal');

promise_test(async () => {
  let closed = false;
  async function* endless() { try { for (let i = 0; ; i++) yield `${i}`; } finally { closed = true; } }
  const readable = Readable.from(endless()), seen = [];
  for await (const chunk of readable) {
    seen.push(chunk);
    if (seen.length === 3) break;
  }
  await tick();
  assert_equals(seen.join(), '0,1,2');
  assert_true(readable.destroyed && closed);
  const failing = Readable.from((async function* () { yield 1; throw new Error('from source'); })());
  const error = await (async () => { for await (const each of failing) assert_equals(each, 1); })().catch((e) => e);
  assert_equals(error.message, 'from source');
  assert_equals(await text(Readable.from('one text')), 'one text');
}, 'iteration, and its end');

promise_test(async () => {
  const numbers = () => Readable.from([1, 2, 3, 4]);
  assert_array_equals(await numbers().map((x) => x * 2).filter(async (x) => x > 2).toArray(), [4, 6, 8]);
  assert_array_equals(await numbers().drop(1).take(2).toArray(), [2, 3]);
  assert_equals(await numbers().reduce((a, b) => a + b, 10), 20);
  assert_true(await numbers().some((x) => x === 3));
  assert_false(await numbers().every((x) => x < 3));
  assert_equals(await numbers().find((x) => x > 2), 3);
  assert_array_equals(await numbers().flatMap((x) => [x, x]).take(3).toArray(), [1, 1, 2]);
}, 'operators');

promise_test(async () => {
  assert_equals(await new Response(Readable.toWeb(Readable.from([Buffer.from('a'), Buffer.from('b')], { objectMode: false }))).text(), 'ab');
  assert_equals(await text(Readable.fromWeb(new Response('from web').body)), 'from web');
  const target = sink(), writer = Writable.toWeb(target).getWriter();
  await writer.write(new Uint8Array([97]));
  await writer.close();
  assert_equals(target.chunks.join(), 'a');
  const { readable, writable } = new TransformStream(), node = Writable.fromWeb(writable);
  node.end('to web');
  assert_equals(await new Response(readable).text(), 'to web');
  const pair = Duplex.toWeb(upper());
  const out = new Response(pair.readable).text(), w = pair.writable.getWriter();
  await w.write(new TextEncoder().encode('both'));
  await w.close();
  assert_equals(await out, 'BOTH');
  assert_equals((await json(Readable.fromWeb(Response.json({ a: 1 }).body))).a, 1);
}, 'web streams, both ways');

promise_test(async () => {
  function Old(options) { Readable.call(this, options); this.left = 2; }
  inherits(Old, Readable);
  Old.prototype._read = function () { this.push(this.left-- > 0 ? 'old' : null); };
  assert_equals(await text(new Old()), 'oldold');
  function OldTransform() { if (!(this instanceof OldTransform)) return new OldTransform(); Transform.call(this); }
  inherits(OldTransform, Transform);
  OldTransform.prototype._transform = function (chunk, encoding, done) { this.push(`<${chunk}>`); done(); };
  const transform = OldTransform();
  transform.end('x');
  assert_equals(await text(transform), '<x>');
  class Constructed extends Readable {
    _construct(done) { setTimeout(() => { this.ready = true; done(); }, 1); }
    _read() { this.push(this.ready ? 'ready' : 'not ready'); this.push(null); }
  }
  assert_equals(await text(new Constructed()), 'ready');
}, 'subclasses of every age');
