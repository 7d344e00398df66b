const { KV } = env;
const message = (promise) => promise.then(() => 'no error', (error) => `${error.name}: ${error.message}`);
const text = (bytes) => new TextDecoder().decode(bytes);

promise_test(async () => {
  assert_equals(await KV.put('greeting', 'héllo \u{1F600}'), undefined);
  assert_equals(await KV.get('greeting'), 'héllo \u{1F600}');
  assert_equals(await KV.get('greeting', 'text'), 'héllo \u{1F600}');
  assert_equals(await KV.get('greeting', { type: 'text', cacheTtl: 60 }), 'héllo \u{1F600}');
  assert_equals(await KV.get('greeting', {}), 'héllo \u{1F600}');
  assert_equals(await KV.get('nothing'), null);
  await KV.put('greeting', 'new');
  assert_equals(await KV.get('greeting'), 'new');
  assert_equals(await KV.delete('greeting'), undefined);
  assert_equals(await KV.get('greeting'), null);
  await KV.delete('greeting');
}, 'a text is put, read, replaced and deleted');

promise_test(async () => {
  const bytes = new Uint8Array([0, 1, 128, 255]);
  await KV.put('buffer', bytes.buffer);
  await KV.put('view', new Uint8Array(new Uint8Array([9, 0, 1, 128, 255, 9]).buffer, 1, 4));
  await KV.put('data', new DataView(bytes.buffer));
  for (const key of ['buffer', 'view', 'data']) {
    const found = await KV.get(key, 'arrayBuffer');
    assert_true(found instanceof ArrayBuffer);
    assert_array_equals([...new Uint8Array(found)], [0, 1, 128, 255]);
  }
  const first = new Uint8Array(await KV.get('buffer', 'arrayBuffer'));
  first.fill(7);
  assert_array_equals([...new Uint8Array(await KV.get('buffer', 'arrayBuffer'))], [0, 1, 128, 255]);
  assert_equals(await KV.get('buffer'), '\0\u0001\ufffd\ufffd');
}, 'bytes are put and read, and nobody shares them');

promise_test(async (t) => {
  await KV.put('json', JSON.stringify({ a: [1, 2, { b: null }] }));
  assert_equals((await KV.get('json', 'json')).a[2].b, null);
  const first = await KV.get('json', { type: 'json' });
  first.a = 'changed';
  assert_equals((await KV.get('json', 'json')).a.length, 3);
  assert_equals(await KV.get('nothing', 'json'), null);
  await KV.put('json', '{');
  await promise_rejects_js(t, SyntaxError, KV.get('json', 'json'));
}, 'JSON is parsed at each read');

promise_test(async () => {
  for (const [value, found] of [[5, '5'], [true, 'true'], [null, 'null'], [undefined, 'undefined'], ['', '']]) {
    await KV.put('coerced', value);
    assert_equals(await KV.get('coerced'), found);
  }
  const refusal = 'TypeError: KV put() accepts only strings, ArrayBuffers, ArrayBufferViews, and ReadableStreams as values.';
  for (const value of [{}, [], new Date(), () => {}]) assert_equals(await message(KV.put('k', value)), refusal);
}, 'what is no object is put as its text, other objects are refused');

promise_test(async () => {
  const parts = ['a'.repeat(100_000), 'b'.repeat(300_000), 'c'];
  const stream = new ReadableStream({
    pull(controller) {
      const part = parts.shift();
      if (part === undefined) controller.close();
      else controller.enqueue(new TextEncoder().encode(part));
    },
  });
  await KV.put('stream', stream);
  const found = await KV.get('stream', 'stream');
  assert_true(found instanceof ReadableStream);
  let length = 0, last;
  for await (const chunk of found) {
    length += chunk.length;
    last = chunk;
  }
  assert_equals(length, 400_001);
  assert_equals(last[last.length - 1], 99);
  assert_equals((await KV.get('stream')).length, 400_001);
  await KV.put('copy', await KV.get('stream', 'stream'));
  assert_equals(await KV.get('copy'), await KV.get('stream'));
  await KV.put('copy', new Response('from a response').body);
  assert_equals(await KV.get('copy'), 'from a response');
  const { value } = await KV.getWithMetadata('copy', 'stream');
  assert_equals(await new Response(value).text(), 'from a response');
  assert_equals(await KV.get('nothing', 'stream'), null);
}, 'a stream is put and read as a stream');

promise_test(async () => {
  await KV.put('kept', 'old');
  const broken = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(10));
      throw new RangeError('the source broke');
    },
  });
  assert_equals(await message(KV.put('kept', broken)), 'RangeError: the source broke');
  assert_equals(await KV.get('kept'), 'old');
  const endless = new ReadableStream({ pull(controller) { controller.enqueue(new Uint8Array(1 << 20)); } });
  assert_equals(await message(KV.put('kept', endless)), 'Error: KV PUT failed: 413 Value length of 27262976 exceeds limit of 26214400.');
  assert_equals(await message(KV.put('kept', new Uint8Array(26214401))),
    'Error: KV PUT failed: 413 Value length of 26214401 exceeds limit of 26214400.');
  assert_equals(await KV.get('kept'), 'old');
}, 'a stream that fails or does not end changes nothing');

promise_test(async () => {
  await KV.put('meta', 'v', { metadata: { tags: ['a', 'é'] } });
  const found = await KV.getWithMetadata('meta');
  assert_equals(Object.keys(found).sort().join(), 'cacheStatus,metadata,value');
  assert_equals(found.value, 'v');
  assert_equals(found.metadata.tags[1], 'é');
  assert_equals(found.cacheStatus, null);
  assert_equals((await KV.getWithMetadata('meta', 'arrayBuffer')).value.byteLength, 1);
  await KV.put('meta', '[1]', { metadata: null });
  const plain = await KV.getWithMetadata('meta', { type: 'json' });
  assert_equals(plain.value[0], 1);
  assert_equals(plain.metadata, null);
  const nothing = await KV.getWithMetadata('nothing');
  assert_equals(nothing.value, null);
  assert_equals(nothing.metadata, null);
  assert_equals(await message(KV.put('meta', 'v', { metadata: 'x'.repeat(1023) })), 'Error: KV PUT failed: 413 Metadata length of 1025 exceeds limit of 1024.');
  await KV.put('meta', 'v', { metadata: 'x'.repeat(1022) });
}, 'metadata comes back with the value, up to 1024 bytes');

promise_test(async () => {
  assert_equals(await message(KV.get('')), 'TypeError: Key name cannot be empty.');
  assert_equals(await message(KV.put('.', 'v')), 'TypeError: "." is not allowed as a key name.');
  assert_equals(await message(KV.delete('..')), 'TypeError: ".." is not allowed as a key name.');
  const long = 'é'.repeat(256), longer = `${long}a`;
  await KV.put(long, 'long');
  assert_equals(await KV.get(long), 'long');
  assert_equals(await message(KV.get(longer)), 'Error: KV GET failed: 414 UTF-8 encoded length of 513 exceeds key length limit of 512.');
  assert_equals(await message(KV.put(longer, '')), 'Error: KV PUT failed: 414 UTF-8 encoded length of 513 exceeds key length limit of 512.');
  assert_equals(await message(KV.delete(longer)), 'Error: KV DELETE failed: 414 UTF-8 encoded length of 513 exceeds key length limit of 512.');
  await KV.put(5, 'five');
  assert_equals(await KV.get('5'), 'five');
  await KV.put('lone \ud800', 'v');
  assert_equals(await KV.get('lone \ufffd'), 'v');
}, 'keys have 1 to 512 bytes');

promise_test(async () => {
  const now = Math.floor(Date.now() / 1000);
  for (const [options, refusal] of [
    [{ expirationTtl: 0 }, 'Invalid expiration_ttl of 0. Please specify integer greater than 0.'],
    [{ expirationTtl: 'x' }, 'Invalid expiration_ttl of 0. Please specify integer greater than 0.'],
    [{ expirationTtl: 59 }, 'Invalid expiration_ttl of 59. Expiration TTL must be at least 60.'],
    [{ expiration: 1000 }, 'Invalid expiration of 1000. Please specify integer greater than the current number of seconds since the UNIX epoch.'],
    [{ expiration: now + 30 }, `Invalid expiration of ${now + 30}. Expiration times must be at least 60 seconds in the future.`],
  ]) {
    assert_equals(await message(KV.put('ttl', 'v', options)), `Error: KV PUT failed: 400 ${refusal}`);
  }
  await KV.put('ttl', 'v', { expirationTtl: '60' });
  await KV.put('ttl2', 'v', { expiration: now + 1000 });
  const { keys } = await KV.list({ prefix: 'ttl' });
  assert_true(keys[0].expiration >= now + 60 && keys[0].expiration <= now + 70);
  assert_equals(keys[1].expiration, now + 1000);
  assert_equals(await message(KV.get('ttl', { cacheTtl: 29 })), 'Error: KV GET failed: 400 Invalid cache_ttl of 29. Cache TTL must be at least 30.');
  assert_equals(await KV.get('ttl', { cacheTtl: 30 }), 'v');
}, 'expiration is at least a minute away, cacheTtl half a minute');

promise_test(async () => {
  for (const key of ['l/b', 'l/a', 'l/\u{1F600}', 'l/\uff5e', 'm']) await KV.put(key, 'v', key === 'l/a' ? { metadata: { n: 1 } } : undefined);
  const all = await KV.list({ prefix: 'l/' });
  assert_equals(all.keys.map(({ name }) => name).join(), 'l/a,l/b,l/\uff5e,l/\u{1F600}');
  assert_equals(Object.keys(all).join(), 'keys,list_complete,cacheStatus');
  assert_true(all.list_complete);
  assert_equals(all.cacheStatus, null);
  assert_equals(Object.keys(all.keys[0]).join(), 'name,metadata');
  assert_equals(all.keys[0].metadata.n, 1);
  assert_equals(Object.keys(all.keys[1]).join(), 'name');
  const first = await KV.list({ prefix: 'l/', limit: 3, cursor: null });
  assert_false(first.list_complete);
  const second = await KV.list({ prefix: 'l/', limit: 3, cursor: first.cursor });
  assert_equals(second.keys.map(({ name }) => name).join(), 'l/\u{1F600}');
  assert_true(second.list_complete);
  assert_false('cursor' in second);
  assert_equals((await KV.list({ prefix: 'none' })).keys.length, 0);
  assert_true((await KV.list()).keys.length > 5);
  assert_equals((await KV.list({ limit: 0, prefix: null })).list_complete, true);
  assert_equals(await message(KV.list({ limit: 1001 })), 'Error: KV GET failed: 400 Invalid key_count_limit of 1001. Please specify an integer less than 1000.');
}, 'keys are listed in the order of their UTF-8, in pages');

promise_test(async () => {
  await KV.put('b1', '{"n":1}', { metadata: 'm' });
  await KV.put('b2', '{"n":2}');
  const texts = await KV.get(['b1', 'nothing', 'b2']);
  assert_true(texts instanceof Map);
  assert_equals([...texts.keys()].join(), 'b1,nothing,b2');
  assert_equals(texts.get('b1'), '{"n":1}');
  assert_equals(texts.get('nothing'), null);
  assert_equals((await KV.get(['b2', 'b1'], 'json')).get('b2').n, 2);
  const found = await KV.getWithMetadata(['b1', 'b2', 'nothing'], { type: 'json' });
  assert_equals(found.get('b1').value.n, 1);
  assert_equals(found.get('b1').metadata, 'm');
  assert_equals(found.get('b2').metadata, null);
  assert_equals(found.get('nothing'), null);
  await KV.put('b3', 'no json');
  assert_equals(await message(KV.get(['b1', 'b3'], 'json')), 'Error: KV GET_BULK failed: 400 At least one of the requested keys corresponds to a non-json value');
  assert_equals(await message(KV.get(['b1'], 'stream')), 'Error: KV GET_BULK failed: 400 "stream" is not a valid type. Use "json" or "text"');
  assert_equals(await message(KV.get(Array(101).fill('b1'))), 'Error: KV GET_BULK failed: 400 You can request a maximum of 100 keys');
  assert_equals(await message(KV.get([])), 'Error: KV GET_BULK failed: 400 You must request a minimum of 1 key');
  assert_equals((await KV.get(Array.from({ length: 100 }, (_, i) => `many${i}`))).size, 100);
}, 'many keys are read at once');

promise_test(async (t) => {
  await KV.put('type', 'v');
  assert_equals(await message(KV.get('type', 'blob')), 'TypeError: Unknown response type. Possible types are "text", "arrayBuffer", "json", and "stream".');
  await promise_rejects_js(t, TypeError, KV.get());
  await promise_rejects_js(t, TypeError, KV.put('k'));
  assert_equals(Object.prototype.toString.call(KV), '[object KvNamespace]');
  assert_equals(Object.keys(KV).length, 0);
}, 'types are known ones, and arguments required');

promise_test(async () => {
  const values = await Promise.all(Array.from({ length: 40 }, async (_, i) => {
    await KV.put(`p${i}`, `${i}`);
    return KV.get(`p${i}`);
  }));
  values.forEach((value, i) => assert_equals(value, `${i}`));
}, 'many writes at once are each read after');
