// https://xhr.spec.whatwg.org/#interface-formdata
test(() => {
  const form = new FormData();
  form.append('a', '1');
  form.append('b', 2);
  form.append('a', '3');
  assert_equals(form.get('a'), '1');
  assert_equals(form.get('x'), null);
  assert_array_equals(form.getAll('a'), ['1', '3']);
  assert_true(form.has('b'));
  assert_equals(JSON.stringify([...form]), '[["a","1"],["b","2"],["a","3"]]');
  form.set('a', '9');
  assert_equals(JSON.stringify([...form]), '[["a","9"],["b","2"]]');
  form.delete('a');
  form.set('c', '1');
  assert_array_equals([...form.keys()], ['b', 'c']);
  assert_throws_js(TypeError, () => new FormData({}));
  assert_throws_js(TypeError, () => form.append('a'));
  assert_throws_js(TypeError, () => form.append('a', 'b', 'c'));
}, 'entries are appended, set and deleted');

test(() => {
  const form = new FormData(), file = new File(['x'], 'n', { lastModified: 5 });
  form.append('blob', new Blob(['b'], { type: 'a/b' }));
  form.append('named', new Blob([]), 'name');
  form.append('file', file);
  form.append('renamed', file, 'other');
  assert_equals(form.get('blob').name, 'blob');
  assert_equals(form.get('blob').type, 'a/b');
  assert_true(form.get('blob') instanceof File);
  assert_equals(form.get('named').name, 'name');
  assert_equals(form.get('file'), file);
  assert_equals(form.get('renamed').name, 'other');
  assert_equals(form.get('renamed').lastModified, 5);
}, 'a Blob becomes a File');

promise_test(async () => {
  const form = new FormData();
  form.append('te"xt\n', 'a\nb\rc\r\né');
  form.append('file', new File([new Uint8Array([0, 13, 10, 45, 45, 255])], 'x"y\r\n.bin', { type: 'a/b' }));
  form.append('empty', '');
  form.append('none', new File([], ''));
  const response = new Response(form);
  const type = response.headers.get('content-type');
  assert_regexp_match(type, /^multipart\/form-data; boundary=----formdata-[\da-f]{24}$/);
  const text = await response.clone().text();
  assert_true(text.includes('Content-Disposition: form-data; name="te%22xt%0D%0A"\r\n\r\na\r\nb\r\nc\r\né\r\n'));
  assert_true(text.includes('; filename="x%22y%0D%0A.bin"\r\nContent-Type: a/b\r\n\r\n'));
  const parsed = await response.formData();
  assert_array_equals([...parsed.keys()], ['te"xt\r\n', 'file', 'empty', 'none']);
  assert_equals(parsed.get('te"xt\r\n'), 'a\r\nb\r\nc\r\né');
  assert_equals(parsed.get('empty'), '');
  const file = parsed.get('file');
  assert_equals(file.name, 'x"y\r\n.bin');
  assert_equals(file.type, 'a/b');
  assert_array_equals(await file.bytes(), [0, 13, 10, 45, 45, 255]);
  assert_equals(parsed.get('none').name, '');
  assert_equals(parsed.get('none').size, 0);
}, 'a form goes through multipart and back');

promise_test(async () => {
  const form = await new Response(new URLSearchParams([['a b', '&é'], ['c', '']])).formData();
  assert_equals(form.get('a b'), '&é');
  assert_equals(form.get('c'), '');
  const response = new Response(new URLSearchParams('a=b c'));
  assert_equals(response.headers.get('content-type'), 'application/x-www-form-urlencoded;charset=UTF-8');
  assert_equals(await response.text(), 'a=b+c');
}, 'a form goes through urlencoded and back');

promise_test(async () => {
  const body = ['--b d', 'Content-Disposition: form-data; name=a', '', '1', '--b d--', ''].join('\r\n');
  const form = await new Response(body, { headers: { 'content-type': 'Multipart/Form-Data; charset=x; boundary="b d"' } }).formData();
  assert_equals(form.get('a'), '1');
}, 'a boundary may be quoted');

promise_test(async (t) => {
  for (const [body, type] of [['a=b', 'text/plain'], ['x', 'multipart/form-data'], ['x', 'multipart/form-data; boundary=b'], ['--b--', 'application/json']]) {
    await promise_rejects_js(t, TypeError, new Response(body, { headers: { 'content-type': type } }).formData());
  }
  await promise_rejects_js(t, TypeError, new Response(null).formData());
}, 'what is no form is refused');

const multipart = (text, boundary = 'x') => new Response(text, { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }).formData();

promise_test(async (t) => {
  const get = async (text, b) => [...await multipart(text, b)].map(([n, v]) => `${n}=${typeof v === 'string' ? v : `<${v.name}|${v.type}|${v.size}>`}`).join('&');
  assert_equals(await get('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--'), 'a=1');
  assert_equals(await get('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'), 'a=1');
  assert_equals(await get('preamble\r\n--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'), 'a=1');
  assert_equals(await get('--x\r\ncontent-disposition:form-data;name=a\r\n\r\n\r\n--x--'), 'a=');
  assert_equals(await get('--x\r\nContent-Disposition: form-data; name="a%22b"\r\n\r\n1\r\n--x--'), 'a"b=1');
  assert_equals(await get('--x\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nabc\r\n--x--'), 'f=<a.txt|text/plain|3>');
  assert_equals(await get('--x\r\nContent-Disposition: form-data; name="f"; filename=""\r\n\r\n\r\n--x--'), 'f=<|text/plain|0>');
  for (const wrong of ['', '--x', '--x\r\n', '--x\r\n\r\n1\r\n--x--', '--y\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--y--', '--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--', '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1']) {
    await promise_rejects_js(t, TypeError, multipart(wrong), JSON.stringify(wrong));
  }
  await promise_rejects_js(t, TypeError, new Response('a', { headers: { 'content-type': 'multipart/form-data' } }).formData());
  await promise_rejects_js(t, TypeError, new Response('a', { headers: { 'content-type': 'text/plain' } }).formData());
  assert_equals([...await multipart('--x--\r\n')].length, 0);
}, 'multipart is read with and without what may be left out, and refused where a part is not whole');

promise_test(async () => {
  const f = new FormData(); f.append('a"\r\nb', 'x\ny'); f.append('f', new Blob(['z']), 'q".txt');
  const text = await new Response(f).text();
  assert_true(text.includes('name="a%22%0D%0Ab"'), text);
  assert_true(text.includes('x\r\ny'), text);
  assert_true(text.includes('filename="q%22.txt"') && text.includes('Content-Type: application/octet-stream'), text);
}, 'multipart is written with names escaped and line ends of two bytes');
