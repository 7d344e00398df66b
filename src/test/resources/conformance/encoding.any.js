const bytes = (...values) => new Uint8Array(values);
const decode = (label, ...values) => new TextDecoder(label).decode(bytes(...values));

test(() => {
  const encoder = new TextEncoder();
  assert_equals(encoder.encoding, 'utf-8');
  assert_array_equals(encoder.encode(), []);
  assert_array_equals(encoder.encode(undefined), []);
  assert_array_equals(encoder.encode('aé€😀'), [97, 195, 169, 226, 130, 172, 240, 159, 152, 128]);
  assert_array_equals(encoder.encode('\ud800x\udc00'), [239, 191, 189, 120, 239, 191, 189]);
  assert_array_equals(encoder.encode(null), [110, 117, 108, 108]);
  assert_equals(encoder.encode('abc').buffer.byteLength, 3);
}, 'TextEncoder makes UTF-8, and U+FFFD of lone surrogates');

test(() => {
  const into = (source, length) => {
    const buffer = new Uint8Array(length + 2).fill(7), view = buffer.subarray(1, length + 1);
    const { read, written } = new TextEncoder().encodeInto(source, view);
    assert_equals(buffer[0], 7);
    for (let i = written + 1; i < buffer.length; i++) assert_equals(buffer[i], 7);
    return [read, written, ...view.subarray(0, written)];
  };
  assert_array_equals(into('hi', 10), [2, 2, 104, 105]);
  assert_array_equals(into('a€b', 3), [1, 1, 97]);
  assert_array_equals(into('a€b', 4), [2, 4, 97, 226, 130, 172]);
  assert_array_equals(into('😀', 3), [0, 0]);
  assert_array_equals(into('😀x', 4), [2, 4, 240, 159, 152, 128]);
  assert_array_equals(into('a😀', 2), [1, 1, 97]);
  assert_array_equals(into('\ud83d', 3), [1, 3, 239, 191, 189]);
  assert_array_equals(into('\ud83dab', 4), [2, 4, 239, 191, 189, 97]);
  assert_array_equals(into('anything', 0), [0, 0]);
  assert_array_equals(into('', 3), [0, 0]);
  assert_throws_js(TypeError, () => new TextEncoder().encodeInto('x', new ArrayBuffer(1)));
  assert_throws_js(TypeError, () => new TextEncoder().encodeInto('x', new Uint16Array(1)));
}, 'encodeInto writes whole characters and tells how many units it read');

test(() => {
  assert_equals(decode('utf-8', 0xEF, 0xBB, 0xBF, 104, 105), 'hi');
  assert_equals(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes(0xEF, 0xBB, 0xBF, 104)), '\ufeffh');
  assert_equals(decode('utf-8', 0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF), '\ufeff');
  assert_equals(new TextDecoder().decode(), '');
  assert_equals(new TextDecoder().decode(new ArrayBuffer(0)), '');
  assert_equals(new TextDecoder().decode(new DataView(bytes(1, 97, 98, 2).buffer, 1, 2)), 'ab');
}, 'TextDecoder takes the byte order mark away, unless told otherwise');

test(() => {
  const cases = [
    [[0xFF], 1], [[0xC0, 0x80], 2], [[0xC1, 0xBF], 2], [[0xE0, 0x80, 0x80], 3], [[0xED, 0xA0, 0x80], 3], [[0xF0, 0x80, 0x80, 0x80], 4],
    [[0xF4, 0x90, 0x80, 0x80], 4], [[0xF5, 0x80], 2], [[0x80], 1], [[0xC3], 1], [[0xE2, 0x82], 1], [[0xF0, 0x9F, 0x98], 1], [[0xE2, 0x82, 0xE2, 0x82], 2],
    [[0xF0, 0x9F, 0x98, 0xF0, 0x9F], 2],
  ];
  for (const [input, replacements] of cases) {
    assert_equals(decode('utf-8', ...input), '\ufffd'.repeat(replacements), `${input.map((b) => b.toString(16))}`);
    assert_equals(decode('utf-8', ...input, 97), `${'\ufffd'.repeat(replacements)}a`);
    assert_throws_js(TypeError, () => new TextDecoder('utf-8', { fatal: true }).decode(bytes(...input)));
  }
  assert_equals(new TextDecoder('utf-8', { fatal: true }).decode(bytes(0xEF, 0xBF, 0xBD)), '\ufffd');
}, 'each maximal part that is not UTF-8 becomes one U+FFFD, or a TypeError');

test(() => {
  const all = new TextEncoder().encode('\ufeffaé€😀z');
  for (let size = 1; size <= all.length; size++) {
    const decoder = new TextDecoder();
    let text = '';
    for (let i = 0; i < all.length; i += size) text += decoder.decode(all.subarray(i, i + size), { stream: true });
    assert_equals(text + decoder.decode(), 'aé€😀z', `pieces of ${size}`);
  }
  const decoder = new TextDecoder();
  assert_equals(decoder.decode(bytes(0xE2, 0x82), { stream: true }), '');
  assert_equals(decoder.decode(), '\ufffd');
  assert_equals(decoder.decode(bytes(0xEF, 0xBB, 0xBF, 97)), 'a');
  assert_equals(decoder.decode(bytes(0xF0, 0x9F), { stream: true }), '');
  assert_equals(decoder.decode(bytes(97), { stream: true }), '\ufffda');
  for (const wrong of [0xFF, 0xC0, 0xF5]) assert_equals(new TextDecoder().decode(bytes(wrong), { stream: true }), '\ufffd');
  const fatal = new TextDecoder('utf-8', { fatal: true });
  fatal.decode(bytes(0xE2), { stream: true });
  assert_throws_js(TypeError, () => fatal.decode());
  assert_equals(fatal.decode(bytes(97)), 'a');
}, 'with stream: true characters may be cut anywhere');

test(() => {
  const decoder = new TextDecoder();
  for (const wrong of ['text', 1, {}, [], null]) assert_throws_js(TypeError, () => decoder.decode(wrong));
  assert_throws_js(TypeError, () => TextDecoder.prototype.decode.call({}));
  assert_throws_js(TypeError, () => TextEncoder.prototype.encode.call({}, ''));
  for (const label of ['', 'utf-88', 'replacement', 'hz-gb-2312', 'iso-2022-kr', 'utf8\u00a0', 'utf-32']) {
    assert_throws_js(RangeError, () => new TextDecoder(label));
  }
}, 'wrong inputs are TypeErrors, unknown labels RangeErrors');

test(() => {
  const cases = {
    ' UTF8\n': 'utf-8', unicode: 'utf-16le', 'utf-16': 'utf-16le', unicodefffe: 'utf-16be', latin1: 'windows-1252', ascii: 'windows-1252',
    'iso-8859-1': 'windows-1252', 'ISO-8859-9': 'windows-1254', 'tis-620': 'windows-874', 'iso-8859-8-e': 'iso-8859-8', logical: 'iso-8859-8-i',
    mac: 'macintosh', gb2312: 'gbk', sjis: 'shift_jis', 'ks_c_5601-1987': 'euc-kr', 'big5-hkscs': 'big5', 'x-x-big5': 'big5', koi: 'koi8-r', 'koi8-ru': 'koi8-u',
    'x-user-defined': 'x-user-defined', csiso2022jp: 'iso-2022-jp', 'l6': 'iso-8859-10', 'iso_8859-15': 'iso-8859-15', 'x-mac-ukrainian': 'x-mac-cyrillic',
  };
  for (const label of Object.keys(cases)) assert_equals(new TextDecoder(label).encoding, cases[label], label);
}, 'labels name encodings, whatever their case and the space around them');

test(() => {
  assert_equals(decode('utf-16le', 0xFF, 0xFE, 0x61, 0, 0x3D, 0xD8, 0, 0xDE), 'a😀');
  assert_equals(decode('utf-16be', 0xFE, 0xFF, 0, 0x61), 'a');
  assert_equals(decode('utf-16le', 0x3D, 0xD8, 0x61, 0), '\ufffda');
  assert_equals(decode('utf-16le', 0, 0xDC, 0x61), '\ufffd\ufffd');
  assert_equals(decode('utf-16le', 0x3D, 0xD8), '\ufffd');
  assert_throws_js(TypeError, () => new TextDecoder('utf-16le', { fatal: true }).decode(bytes(0x61)));
  const decoder = new TextDecoder('utf-16le');
  let text = '';
  for (const b of [0xFF, 0xFE, 0x3D, 0xD8, 0, 0xDE]) text += decoder.decode(bytes(b), { stream: true });
  assert_equals(text + decoder.decode(), '😀');
}, 'UTF-16 in both byte orders, with and without pairs');

test(() => {
  assert_equals(decode('windows-1252', 0x80, 0x81, 0x9F, 0xE9), '€\u0081Ÿé');
  assert_equals(decode('iso-8859-10', 0xA1, 0xFF), 'Ąĸ');
  assert_equals(decode('iso-8859-14', 0xA1, 0xFF), 'Ḃÿ');
  assert_equals(decode('iso-8859-16', 0xA4, 0xFF), '€ÿ');
  assert_equals(decode('koi8-u', 0xAE, 0xBE, 0xA4), 'ўЎє');
  assert_equals(decode('macintosh', 0xDB, 0xF0), '€\uf8ff');
  assert_equals(decode('x-mac-cyrillic', 0xA2, 0xB6, 0xFF), 'Ґґ€');
  assert_equals(decode('windows-1255', 0xCA), '\u05ba');
  assert_equals(decode('windows-1253', 0xAA, 0x81), '\ufffd\u0081');
  assert_equals(decode('windows-874', 0xDB, 0xA1), '\ufffdก');
  assert_equals(decode('x-user-defined', 0x41, 0x80, 0xFF), 'A\uf780\uf7ff');
  assert_throws_js(TypeError, () => new TextDecoder('windows-1253', { fatal: true }).decode(bytes(0xAA)));
}, 'single-byte encodings follow the standard where other tables differ');

test(() => {
  assert_equals(decode('shift_jis', 0x93, 0xFA, 0x96, 0x7B, 0xB1, 0x5C, 0x81, 0x60), '日本ｱ\\～');
  assert_equals(decode('euc-jp', 0xC6, 0xFC, 0x8E, 0xB1, 0x8F, 0xB0, 0xA1, 0xA1, 0xC1), '日ｱ丂～');
  assert_equals(decode('iso-2022-jp', 0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x4A, 0x5C, 0x7E, 0x1B, 0x28, 0x49, 0x31, 0x1B, 0x28, 0x42, 0x61), '日¥‾ｱa');
  assert_equals(decode('iso-2022-jp', 0x1B, 0x24, 0x1B, 0x28, 0x42), '\ufffd$');
  assert_equals(decode('iso-2022-jp', 0x1B), '\ufffd');
  assert_equals(decode('gbk', 0xC4, 0xE3, 0x80, 0xA2, 0xE3), '你€€');
  assert_equals(decode('gb18030', 0x81, 0x35, 0xF4, 0x37, 0x90, 0x30, 0x81, 0x30, 0x82, 0x35, 0x90, 0x37), '\ue7c7\u{10000}\u9fb4');
  assert_equals(decode('gb18030', 0x81, 0x30, 0x81, 0x20), '\ufffd0\ufffd ');
  assert_equals(decode('big5', 0xA4, 0xA4, 0x88, 0x62, 0xA1, 0x45), '中\u00ca\u0304\u2027');
  assert_equals(decode('euc-kr', 0xC7, 0xD1, 0x81, 0x41, 0xC9, 0xA1), '한갂\ufffd');
  assert_equals(decode('big5', 0x81, 0x41), '\ufffdA');
  assert_equals(decode('euc-kr', 0xC7), '\ufffd');
  const decoder = new TextDecoder('shift_jis');
  assert_equals(decoder.decode(bytes(0x93), { stream: true }), '');
  assert_equals(decoder.decode(bytes(0xFA)), '日');
}, 'multi-byte encodings follow the standard');

test(() => {
  assert_equals(btoa(''), '');
  assert_equals(btoa('a'), 'YQ==');
  assert_equals(btoa('\u0000\u00ff'), 'AP8=');
  assert_equals(btoa(null), 'bnVsbA==');
  assert_throws_dom('InvalidCharacterError', () => btoa('€'));
  assert_throws_js(TypeError, () => btoa());
  assert_throws_js(TypeError, () => atob());
  assert_equals(atob(''), '');
  assert_equals(atob('YQ=='), 'a');
  assert_equals(atob('YQ'), 'a');
  assert_equals(atob(' Y\tQ\n=\f=\r'), 'a');
  assert_equals(atob('YR=='), 'a');
  assert_equals(atob('AP8='), '\u0000\u00ff');
  assert_equals(atob(12), '\u00d7');
  assert_equals(atob(null), '\u009e\u00e9\u0065');
  for (const wrong of ['a', 'YQ=', '=', 'YQ===', 'Y=Q=', 'abcde', 'a-b_', 'ab\u00a0c', 'ab==c', '€']) {
    assert_throws_dom('InvalidCharacterError', () => atob(wrong), wrong);
  }
}, 'atob is forgiving as the standard says, and btoa takes Latin-1 alone');

promise_test(async (t) => {
  const stream = new TextEncoderStream();
  assert_equals(stream.encoding, 'utf-8');
  const writer = stream.writable.getWriter();
  for (const chunk of ['a', '', '\ud83d', '\ude00', 5, '\ud83d']) writer.write(chunk);
  writer.close();
  const out = [];
  for await (const chunk of stream.readable) {
    assert_true(chunk instanceof Uint8Array);
    out.push([...chunk].join());
  }
  assert_array_equals(out, ['97', '240,159,152,128', '53', '239,191,189']);
}, 'TextEncoderStream joins pairs that were cut');

promise_test(async (t) => {
  const stream = new TextDecoderStream();
  assert_equals(stream.encoding, 'utf-8');
  assert_false(stream.fatal);
  assert_false(stream.ignoreBOM);
  const writer = stream.writable.getWriter();
  writer.write(bytes(0xEF, 0xBB, 0xBF, 0xE2, 0x82));
  writer.write(bytes(0xAC).buffer);
  writer.write(bytes(0xF0));
  writer.close();
  const out = [];
  for await (const chunk of stream.readable) out.push(chunk);
  assert_array_equals(out, ['€', '\ufffd']);
}, 'TextDecoderStream joins characters that were cut');

promise_test(async (t) => {
  const fatal = new TextDecoderStream('utf-8', { fatal: true });
  const writer = fatal.writable.getWriter(), reader = fatal.readable.getReader();
  const read = reader.read();
  await promise_rejects_js(t, TypeError, writer.write(bytes(0xFF)));
  await promise_rejects_js(t, TypeError, read);
  const wrong = new TextDecoderStream();
  const wrongRead = wrong.readable.getReader().read();
  await promise_rejects_js(t, TypeError, wrong.writable.getWriter().write('text'));
  await promise_rejects_js(t, TypeError, wrongRead);
  assert_throws_js(RangeError, () => new TextDecoderStream('nothing'));
}, 'wrong chunks make a TextDecoderStream fail');

promise_test(async () => {
  const source = new ReadableStream({ start(c) { c.enqueue('héllo '); c.enqueue('wörld'); c.close(); } });
  let text = '';
  for await (const chunk of source.pipeThrough(new TextEncoderStream()).pipeThrough(new TextDecoderStream())) text += chunk;
  assert_equals(text, 'héllo wörld');
}, 'the streams work in a pipe');

test(() => {
  for (const type of [TextEncoder, TextDecoder, TextEncoderStream, TextDecoderStream]) {
    assert_equals(type.prototype[Symbol.toStringTag], type.name);
    assert_equals(type.length, 0);
    assert_true(Object.getOwnPropertyDescriptor(type.prototype, 'encoding').enumerable);
  }
  assert_equals(TextEncoder.prototype.encodeInto.length, 2);
  assert_equals(TextDecoder.prototype.decode.length, 0);
}, 'the interfaces have the shape of Web IDL');

test(() => {
  const cut = (label, bytes) => { const d = new TextDecoder(label); let s = ''; for (const b of bytes) s += d.decode(new Uint8Array([b]), { stream: true }); return s + d.decode(); };
  assert_equals(cut('utf-16le', [0x3d, 0xd8, 0x00, 0xde, 0x41]), '😀\ufffd');
  assert_equals(cut('utf-16be', [0xd8, 0x3d, 0xde, 0x00]), '😀');
  assert_equals(cut('shift_jis', [0x82, 0xa0, 0x82]), 'あ\ufffd');
  assert_equals(cut('euc-jp', [0xa4, 0xa2]), 'あ');
  assert_equals(cut('iso-2022-jp', [0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42, 0x41]), 'あA');
  assert_equals(cut('gb18030', [0x94, 0x39, 0xda, 0x33]), '💩');
  assert_equals(cut('big5', [0xa4, 0x40]), '一');
  assert_equals(cut('euc-kr', [0xb0, 0xa1]), '가');
  assert_equals(cut('utf-8', [0xef, 0xbb, 0xbf, 0x41]), 'A');
  const d = new TextDecoder('shift_jis', { fatal: true });
  assert_throws_js(TypeError, () => d.decode(new Uint8Array([0x82])));
  assert_equals(d.decode(new Uint8Array([0x41])), 'A');
  assert_equals(new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf])), '\ufeff');
  assert_throws_js(RangeError, () => new TextDecoder('replacement'));
  assert_equals(new TextDecoder('x-user-defined').decode(new Uint8Array([0x80])), '\uf780');
}, 'every encoding may be cut between any two bytes');

test(() => {
  assert_equals(atob(' Y Q = = '), 'a'); assert_equals(atob('YQ'), 'a'); assert_equals(atob(''), '');
  for (const w of ['Y', 'YQ=', 'Y=Q=', 'YQ===', 'Y-', '\u0100', '=']) assert_throws_dom('InvalidCharacterError', () => atob(w));
  assert_throws_dom('InvalidCharacterError', () => btoa('\u0100')); assert_equals(btoa(null), 'bnVsbA==');
}, 'atob and btoa refuse what they must');
