// https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/: how documents and selectors are read.

import { encoder, pieces, rewrite, element } from './htmlrewriter.js';
// Which elements (by their id attribute, or name) a selector finds.
const find = async (html, selector) => {
  const found = [];
  await element(html, selector, (e) => { found.push(e.getAttribute('id') ?? e.tagName); });
  return found.join(' ');
};
// Every way to cut a text in two gives the same.
async function eachCut(html, expected, make) {
  const bytes = encoder.encode(html);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const result = await make().transform(pieces(bytes.slice(0, cut), bytes.slice(cut))).text();
    assert_equals(result, expected, `cut at ${cut}`);
  }
}

promise_test(async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const seen = new Uint8Array(await new HTMLRewriter().on('*', { text() {} }).transform(new Response(bytes)).arrayBuffer());
  assert_array_equals(seen, bytes);
}, 'bytes that are no UTF-8 are passed on too');

promise_test(async () => {
  // As Cloudflare's engine, which builds no tree: an element is open until an end tag closes it.
  assert_equals(await find('<p id=a>x<div id=b></div><li id=c><li id=d>', 'p div, li li'), 'b d');
  const ends = async (html) => {
    const seen = [];
    await new HTMLRewriter().on('*', { element(e) { const { tagName } = e; e.onEndTag((end) => { seen.push(`${tagName}:${end.name}`); }); } })
      .transform(new Response(html)).text();
    return seen.join(' ');
  };
  assert_equals(await ends('<ul><li>a<li>b</ul>'), 'li:ul li:ul ul:ul');
  assert_equals(await ends('<table><tr><td>a<td>b</tr></table>'), 'td:tr td:tr tr:tr table:table');
  assert_equals(await ends('<p>a<p>b'), '');
  assert_equals(await ends('<p>a</div>'), '');
  assert_equals(await ends('<select><option>a<option>b</select>'), 'option:select option:select select:select');
}, 'an element without an end tag of its own ends with the end tag around it');

promise_test(async () => {
  assert_equals(await element('<ul><li>1<li>2</ul>', 'li', (e) => { e.append('.'); }), '<ul><li>1<li>2..</ul>');
  assert_equals(await element('<div><p>1', '*', (e) => { e.append('.'); }), '<div><p>1..');
  assert_equals(await element('a</p>b</div>', 'p', (e) => { e.remove(); }), 'a</p>b</div>');
}, 'elements end with an element around them, or with the document');

promise_test(async () => {
  const text = [];
  const rewriter = new HTMLRewriter().on('p', { text(t) { text.push([t.text, t.lastInTextNode]); } });
  await rewriter.transform(pieces('<p>ab', 'cd', 'e</p>')).text();
  assert_equals(JSON.stringify(text), '[["ab",false],["cd",false],["e",false],["",true]]');
}, 'text is cut where the body is');

promise_test(async () => {
  const bytes = encoder.encode('<p>\u00e9\u20ac\u{1f600}</p>');
  for (let size = 1; size < bytes.length; size++) {
    let text = '';
    const chunks = [];
    for (let i = 0; i < bytes.length; i += size) chunks.push(bytes.slice(i, i + size));
    const result = await new HTMLRewriter().on('p', { text(t) { text += t.text; } }).transform(pieces(...chunks)).text();
    assert_equals(text, '\u00e9\u20ac\u{1f600}', `in pieces of ${size}`);
    assert_equals(result, '<p>\u00e9\u20ac\u{1f600}</p>');
  }
}, 'a character is not cut');

promise_test(async () => {
  const html = '<div id=a class="x y"><p id=b class=x><span id=c lang=en-US></span></p><span id=d data-k="Val ue"></span></div><p id=e></p><SPAN id=f></SPAN>';
  for (const [selector, expected] of [
    ['*', 'a b c d e f'], ['p', 'b e'], ['P', 'b e'], ['span', 'c d f'], ['#c', 'c'], ['.x', 'a b'], ['.y', 'a'], ['.x.y', 'a'], ['div.x', 'a'], ['p.x#b', 'b'],
    ['div span', 'c d'], ['div > span', 'd'], ['div>p>span', 'c'], ['div p span', 'c'], ['p > *', 'c'], ['div div', ''],
    ['[lang]', 'c'], ['[lang="en-US"]', 'c'], ['[lang=en-us]', 'c'], ['[lang=en-us s]', ''], ['[lang="en-us" i]', 'c'], ['[lang="en-US" s]', 'c'], ['[lang|=en]', 'c'], ['[lang^=en]', 'c'],
    ['[lang$=US]', 'c'], ['[lang*="-"]', 'c'], ['[data-k~=ue]', 'd'], ['[data-k~=Val]', 'd'], ['[data-k~=Va]', ''], ['[data-k^=""]', ''], ["[ data-k = 'Val ue' ]", 'd'],
    ['p, span', 'b c d e f'], ['#a, #e , .x', 'a b e'], ['span:not(#c)', 'd f'], ['*:not(.x):not(span)', 'e'], [':not(p, span)', 'a'], ['div :not([lang])', 'b d'],
    ['\\70', 'b e'], ['#\\61 ', 'a'],
  ]) assert_equals(await find(html, selector), expected, selector);
}, 'selectors find elements by type, class, id, attribute and place');

promise_test(async () => {
  const html = '<ul><li id=1></li><li id=2></li></ul><ul><li id=a></li><i id=b></i><li id=c></li><li id=d></li><i id=e></i></ul>';
  for (const [selector, expected] of [
    ['li:first-child', '1 a'], ['li:nth-child(2)', '2'], ['ul > :nth-child(odd)', '1 a c e'], [':nth-child(even)', '2 ul b d'], ['li:nth-child(3n)', 'c'],
    ['ul *:nth-child(n+4)', 'd e'], ['ul *:nth-child(-n+2)', '1 2 a b'], ['ul *:nth-child(2n + 1)', '1 a c e'], ['i:first-of-type', 'b'], ['i:nth-of-type(2)', 'e'],
    ['li:nth-of-type(2n+1)', '1 a d'], ['ul :not(:first-child)', '2 b c d e'], ['ul:nth-child(2) > i', 'b e'],
  ]) assert_equals(await find(html, selector), expected, selector);
}, 'selectors count siblings');

test(() => {
  for (const selector of ['', ' ', ',', 'a,', '> a', 'a >', 'a + b', 'a ~ b', '.', '#', '[', '[a', '[a=', '[a!=b]', 'a:hover', 'a::before', ':nth-child', ':nth-child()',
    ':nth-child(x)', ':not(', ':not()', ':last-child', 'svg|a', 'a b!', 'x'.repeat(5000)]) {
    assert_throws_js(TypeError, () => new HTMLRewriter().on(selector, {}), selector);
  }
}, 'a selector that is not understood is a TypeError');

promise_test(async () => {
  const html = '<svg id=s><title id=t><b id=b></b></title><style id=y><p id=p></style><path id=l /><g id=g></g></svg><math id=m><mi id=i></mi></math><p id=q></p>';
  const spaces = [];
  await element(html, '*', (e) => { spaces.push(`${e.getAttribute('id')}:${e.namespaceURI.split('/').at(-1)}`); });
  assert_equals(spaces.join(' '), 's:svg t:svg b:xhtml y:svg p:xhtml l:svg g:svg m:MathML i:MathML q:xhtml');
  let text = '';
  await rewrite('<svg><![CDATA[a<b>]]]></svg><![CDATA[x]]>', '*', { text(t) { text += t.text; } });
  assert_equals(text, 'a<b>]');
}, 'SVG and MathML have their namespaces and CDATA sections');

promise_test(async () => {
  for (const name of ['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes']) {
    const html = `<${name} id=a><b id=b>&amp;<!-- c --></${name}x></${name.toUpperCase()} ><i id=i></i>`;
    assert_equals(await find(html, '*'), 'a i', name);
    let text = '';
    await rewrite(html, name, { text(t) { text += t.text; } });
    assert_equals(text, `<b id=b>&amp;<!-- c --></${name}x>`, name);
  }
  assert_equals(await find('<p id=p><plaintext id=a><b id=b></plaintext><i id=i>', '*'), 'p a');
}, 'text of script, style, textarea, title, xmp, iframe, noembed, noframes and plaintext is no markup');

promise_test(async () => {
  for (const [script, after] of [
    ['<!-- <script> </script> <b id=no> --></script>', 'i'], ['<!-- </script>', 'i'], ['<!--><script></script>', 'i'], ['<!-- <script> --></script>', 'i'],
    ['<!-- <scripty> </script>', 'i'], ['<!-- <script> </script> </script>', 'i'], ['</scripty></script>', 'i'], ['<!- <script></script>', 'i'],
  ]) assert_equals(await find(`<script id=s>${script}<i id=i></i>`, '*'), `s ${after}`, script);
}, 'a script ends where the specification says, also with comments in it');

promise_test(async () => {
  for (const [html, expected] of [
    ['<a id=x/>', 'x/'], ['<a id="x"class=y>', 'x'], ['<a/id=x>', 'x'], ['<a id=x', ''], ['<a =id id=x>', 'x'], ["<a id='x>y'>", 'x>y'], ['<a id= x>', 'x'], ['<a id=>', ''],
    ['<a b id = "x" >', 'x'], ['<a id="x" /a>', 'x'], ['<1 id=x>', ''], ['< a id=x>', ''], ['<a\tid=x\n>', 'x'], ['<a\fid=x>', 'x'], ['<a id=x><', 'x'], ['<a id=x></', 'x'],
  ]) assert_equals(await find(html, '*'), expected, html);
}, 'tags are read as the tokenization of HTML says');

promise_test(async () => {
  await eachCut('<!doctype html><div a="1>2"><!-- c --><p>x</p></div><script><!-- <script></script> --></script><svg><![CDATA[<]]></svg>y',
    '<!doctype html><div a="1>2" n="1"><!--d--><p n="1">x!</p></div><script n="1"><!-- <script></script> --></script><svg n="1"><![CDATA[<]]></svg>y',
    () => new HTMLRewriter()
      .on('*', { element(e) { e.setAttribute('n', '1'); } })
      .on('p', { element(e) { e.append('!'); } })
      .onDocument({ comments(c) { c.text = 'd'; } }));
}, 'wherever the body is cut, the result is the same');

promise_test(async () => {
  const bytes = [0x3c, 0x70, 0x20, 0x61, 0x3d, 0xe9, 0x3e, 0xe9, 0x3c, 0x2f, 0x70, 0x3e];
  const response = new Response(Uint8Array.from(bytes), { headers: { 'content-type': 'text/html; charset=ISO-8859-1' } });
  const seen = [];
  const result = new HTMLRewriter().on('p', { element(e) { seen.push(e.getAttribute('a')); e.append('\u00e8\u20ac'); }, text(t) { seen.push(t.text); } }).transform(response);
  const out = [...new Uint8Array(await result.arrayBuffer())];
  assert_equals(seen.join(), '\u00e9,\u00e9,');
  assert_array_equals(out, [...bytes.slice(0, 8), 0xe8, ...encoder.encode('&#8364;'), ...bytes.slice(8)]);
}, 'the encoding is the content type\'s');

promise_test(async () => {
  assert_equals(await find('<noscript><p id=in></p></noscript><p id=out></p>', 'p'), 'out');
}, 'what is in noscript is text, as where scripts run');

test(() => {
  for (const selector of ['', ' ', 'a[', 'a>', '.', '5', '[1x]', '.1', '#', '#1']) {
    assert_throws_js(TypeError, () => new HTMLRewriter().on(selector, {}), selector);
  }
  assert_throws_js(TypeError, () => new HTMLRewriter().transform(Response.error()));
  assert_true(new HTMLRewriter().on('a', null) instanceof HTMLRewriter);
}, 'selectors that end too soon or whose names begin with a digit are refused');
