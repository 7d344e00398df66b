// https://w3c.github.io/FileAPI/
promise_test(async () => {
  const blob = new Blob(['a', new Uint8Array([98, 99]), new Uint8Array([0, 100, 0]).subarray(1, 2), new Blob(['é']), 1], { type: 'Text/X' });
  assert_equals(blob.size, 7);
  assert_equals(blob.type, 'text/x');
  assert_equals(await blob.text(), 'abcdé1');
  assert_equals((await blob.arrayBuffer()).byteLength, 7);
  assert_equals((await blob.bytes())[0], 97);
  assert_equals(await new Response(blob.stream()).text(), 'abcdé1');
  assert_class_string(blob, 'Blob');
}, 'a Blob is made of parts');

promise_test(async () => {
  const blob = new Blob(['0123456789'], { type: 'a/b' });
  for (const [start, end, expected] of [[2, 5, '234'], [-3, undefined, '789'], [-3, -1, '78'], [5, 2, ''], [undefined, undefined, '0123456789'], [8, 99, '89'], [NaN, 1, '0']]) {
    assert_equals(await blob.slice(start, end).text(), expected);
  }
  assert_equals(blob.slice().type, '');
  assert_equals(blob.slice(0, 1, 'c/D').type, 'c/d');
  assert_equals(await blob.slice(2, 8).slice(1, 3).text(), '34');
}, 'a Blob is sliced');

promise_test(async () => {
  const source = new Uint8Array([97]), blob = new Blob([source]);
  source[0] = 98;
  (await blob.bytes())[0] = 99;
  assert_equals(await blob.text(), 'a');
  assert_equals(await new Blob(['a\r\nb\rc\nd'], { endings: 'native' }).text(), 'a\nb\nc\nd');
  assert_equals(await new Blob(['a\r\nb']).text(), 'a\r\nb');
  assert_equals(new Blob([], { type: 'é' }).type, '');
}, 'the bytes of a Blob are its own');

test(() => {
  for (const parts of ['text', 1, null, {}]) assert_throws_js(TypeError, () => new Blob(parts));
  assert_throws_js(TypeError, () => new Blob([], 'x'));
  assert_throws_js(TypeError, () => new Blob([], { endings: 'x' }));
  assert_throws_js(TypeError, () => new File([]));
}, 'what is no sequence is refused');

promise_test(async () => {
  const file = new File(['x'], 'a/b.txt', { type: 'text/plain', lastModified: 123 });
  assert_true(file instanceof Blob);
  assert_equals(file.name, 'a/b.txt');
  assert_equals(file.lastModified, 123);
  assert_equals(await file.text(), 'x');
  assert_true(new File([], 'x').lastModified > 0);
}, 'a File is a Blob with a name');

promise_test(async () => {
  const response = new Response(new Blob(['x'], { type: 'a/b' }));
  assert_equals(response.headers.get('content-type'), 'a/b');
  const blob = await response.blob();
  assert_equals(blob.type, 'a/b');
  assert_equals(await blob.text(), 'x');
  assert_equals(new Response(new Blob(['x'])).headers.get('content-type'), null);
  assert_equals((await new Response('x', { headers: { 'content-type': 'C/d; E=f' } }).blob()).type, 'c/d; e=f');
}, 'a Blob is a body and a body a Blob');

promise_test(async () => {
  const chunks = [];
  for await (const chunk of new Blob([new Uint8Array(150_000)]).stream()) chunks.push(chunk.length);
  assert_equals(chunks.reduce((a, b) => a + b), 150_000);
  assert_greater_than(chunks.length, 1);
}, 'a large Blob streams in pieces');

promise_test(async (t) => {
  const b = new Blob(['ab', new Uint8Array([99])], { type: 'A/B' });
  assert_equals(`${b.size} ${b.type} ${await b.slice(1, -1).text()} ${b.slice(0, 1, 'x/y').type}`, '3 a/b b x/y');
  assert_equals(new Blob([], { type: 'a\u0100' }).type, '');
  assert_throws_js(TypeError, () => new Blob('x')); assert_throws_js(TypeError, () => new Blob(null));
  assert_throws_js(TypeError, () => new File(['a'])); const f = new File(['a'], 'n/m', { lastModified: 5 }); assert_equals(`${f.name} ${f.lastModified} ${f.type}`, 'n/m 5 ');
  assert_equals(await new Blob(['a\nb'], { endings: 'transparent' }).text(), 'a\nb');
  assert_equals((await new Blob(['x']).bytes())[0], 120);
  const r = new Blob(['hello']).stream().getReader({ mode: 'byob' }); assert_equals((await r.read(new Uint8Array(2))).value.length, 2);
}, 'parts, slices, types and readers');
