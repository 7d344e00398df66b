const text = 'What the hammer? what the chain? '.repeat(50);
const encoder = new TextEncoder(), decoder = new TextDecoder();
async function through(stream, ...chunks) {
  const writer = stream.writable.getWriter();
  const writes = (async () => {
    for (const chunk of chunks) await writer.write(chunk);
    await writer.close();
  })();
  writes.catch(() => {});
  const parts = [];
  for await (const part of stream.readable) parts.push(part);
  await writes;
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}
const known = {
  gzip: 'H4sIAAAAAAACA8tIzcnJBwCGphA2BQAAAA==',
  deflate: 'eNrLSM3JyQcABiwCFQ==',
  'deflate-raw': 'y0jNyckHAA==',
};
const data = (format) => Uint8Array.from(atob(known[format]), (c) => c.charCodeAt(0));

for (const format of ['gzip', 'deflate', 'deflate-raw']) {
  promise_test(async () => {
    const packed = await through(new CompressionStream(format), encoder.encode(text));
    assert_less_than(packed.length, 150);
    assert_equals(decoder.decode(await through(new DecompressionStream(format), packed)), text);
  }, `${format} comes back as it was`);

  promise_test(async () => {
    assert_equals(decoder.decode(await through(new DecompressionStream(format), data(format))), 'hello');
    const bytes = [...data(format)].map((b) => new Uint8Array([b]));
    assert_equals(decoder.decode(await through(new DecompressionStream(format), ...bytes)), 'hello');
  }, `${format} made elsewhere is read, whole and byte by byte`);

  promise_test(async (t) => {
    const bytes = data(format);
    for (const length of [0, 1, bytes.length - 1]) {
      await promise_rejects_js(t, TypeError, through(new DecompressionStream(format), bytes.slice(0, length)));
    }
  }, `${format} that ends too early is an error`);

  promise_test(async (t) => {
    const bytes = data(format), more = new Uint8Array(bytes.length + 1);
    more.set(bytes);
    const stream = new DecompressionStream(format), writer = stream.writable.getWriter(), reader = stream.readable.getReader();
    writer.write(more).catch(() => {});
    assert_equals(decoder.decode((await reader.read()).value), 'hello');
    await promise_rejects_js(t, TypeError, reader.read());
    await promise_rejects_js(t, TypeError, through(new DecompressionStream(format), bytes, new Uint8Array(1)));
  }, `${format} with data after its end gives the data before, then an error`);

  promise_test(async () => {
    const empty = await through(new CompressionStream(format));
    assert_greater_than(empty.length, 0);
    assert_equals((await through(new DecompressionStream(format), empty)).length, 0);
    assert_equals((await through(new DecompressionStream(format), new Uint8Array(0), data(format), new ArrayBuffer(0))).length, 5);
  }, `${format} of nothing, and with empty chunks`);
}

promise_test(async (t) => {
  const wrong = data('gzip');
  wrong[wrong.length - 8] ^= 1;
  await promise_rejects_js(t, TypeError, through(new DecompressionStream('gzip'), wrong));
  const length = data('gzip');
  length[length.length - 1] ^= 1;
  await promise_rejects_js(t, TypeError, through(new DecompressionStream('gzip'), length));
  const adler = data('deflate');
  adler[adler.length - 1] ^= 1;
  await promise_rejects_js(t, TypeError, through(new DecompressionStream('deflate'), adler));
  for (const at of [0, 1, 2, 3]) {
    const header = data('gzip');
    header[at] ^= 0xF0;
    await promise_rejects_js(t, TypeError, through(new DecompressionStream('gzip'), header));
  }
  await promise_rejects_js(t, TypeError, through(new DecompressionStream('deflate-raw'), new Uint8Array([0xFF, 0xFF])));
}, 'wrong headers, data and checksums are errors');

promise_test(async (t) => {
  const plain = data('gzip');
  const header = [0x1F, 0x8B, 8, 0x1E, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, ...encoder.encode('name'), 0, ...encoder.encode('comment'), 0, 0x00, 0xCD];
  const full = new Uint8Array([...header, ...plain.slice(10)]);
  assert_equals(decoder.decode(await through(new DecompressionStream('gzip'), full)), 'hello');
  const bytes = [...full].map((b) => new Uint8Array([b]));
  assert_equals(decoder.decode(await through(new DecompressionStream('gzip'), ...bytes)), 'hello');
  full[header.length - 1] ^= 1;
  await promise_rejects_js(t, TypeError, through(new DecompressionStream('gzip'), full));
}, 'a gzip header with all its optional parts is read, and its checksum checked');

promise_test(async () => {
  const zeros = new Uint8Array(1 << 20), source = new CompressionStream('deflate'), writer = source.writable.getWriter();
  (async () => {
    for (let i = 0; i < 16; i++) await writer.write(zeros);
    await writer.close();
  })();
  const parts = [];
  for await (const part of source.readable) parts.push(part);
  const bomb = new DecompressionStream('deflate'), into = bomb.writable.getWriter();
  let written = false;
  const bytes = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) { bytes.set(part, at); at += part.length; }
  into.write(bytes).then(() => { written = true; }, () => {});
  const reader = bomb.readable.getReader();
  const first = await reader.read();
  assert_less_than(first.value.length, 65537);
  await new Promise((resolve) => setTimeout(resolve, 1));
  assert_false(written);
  await reader.cancel();
}, 'input that expands far is expanded only as it is read');

promise_test(async (t) => {
  const stream = new CompressionStream('gzip');
  const read = stream.readable.getReader().read();
  await promise_rejects_js(t, TypeError, stream.writable.getWriter().write('text'));
  await promise_rejects_js(t, TypeError, read);
  for (const type of [CompressionStream, DecompressionStream]) {
    for (const format of ['br', 'GZIP', '', undefined, null]) assert_throws_js(TypeError, () => new type(format));
    assert_throws_js(TypeError, () => new type());
    assert_equals(type.length, 1);
    assert_equals(type.prototype[Symbol.toStringTag], type.name);
  }
}, 'wrong chunks and formats are refused');

promise_test(async () => {
  for (let i = 0; i < 300; i++) {
    const stream = new DecompressionStream('gzip'), writer = stream.writable.getWriter();
    writer.write(data('gzip')).catch(() => {});
    const reader = stream.readable.getReader();
    await reader.read();
    await reader.cancel();
  }
}, 'streams that are cancelled give their memory back');

promise_test(async () => {
  const noise = new Uint8Array(300_000);
  for (let i = 0, x = 1; i < noise.length; i++) noise[i] = (x = Math.imul(x, 1103515245) + 12345) >>> 16;
  for (const format of ['gzip', 'deflate', 'deflate-raw']) {
    const packed = await through(new CompressionStream(format), noise.subarray(0, 100_000), noise.subarray(100_000));
    const back = await through(new DecompressionStream(format), packed);
    assert_equals(back.length, noise.length);
    for (let i = 0; i < noise.length; i += 997) assert_equals(back[i], noise[i]);
  }
}, 'data of many pieces comes back as it was');

promise_test(async (t) => {
  const through = (s, data) => new Response(new Blob(data).stream().pipeThrough(s)).arrayBuffer();
  const gz = new Uint8Array(await through(new CompressionStream('gzip'), ['hello hello']));
  await promise_rejects_js(t, TypeError, through(new DecompressionStream('gzip'), [gz.slice(0, -1)]));
  await promise_rejects_js(t, TypeError, through(new DecompressionStream('gzip'), [gz, new Uint8Array(1)]));
  await promise_rejects_js(t, TypeError, through(new DecompressionStream('gzip'), [gz, gz]));
  await promise_rejects_js(t, TypeError, through(new DecompressionStream('deflate'), [gz]));
  await promise_rejects_js(t, TypeError, through(new DecompressionStream('gzip'), []));
  assert_throws_js(TypeError, () => new CompressionStream('br')); assert_throws_js(TypeError, () => new CompressionStream());
  for (const f of ['gzip', 'deflate', 'deflate-raw']) assert_equals(new TextDecoder().decode(await through(new DecompressionStream(f), [await through(new CompressionStream(f), ['abc'])])), 'abc');
}, 'truncated, doubled and foreign input is refused');
