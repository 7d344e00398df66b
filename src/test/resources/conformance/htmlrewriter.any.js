// https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/

const encoder = new TextEncoder();

// A response whose body comes in these pieces: strings or bytes.
function pieces(...chunks) {
  return new Response(new ReadableStream({
    pull(controller) {
      if (chunks.length === 0) controller.close();
      else {
        const chunk = chunks.shift();
        controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      }
    },
  }));
}

const rewrite = (html, selector, handlers) => new HTMLRewriter().on(selector, handlers).transform(new Response(html)).text();
const element = (html, selector, handler) => rewrite(html, selector, { element: handler });
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
  const html = `<!DOCTYPE html PUBLIC "-//W3C//DTD" 'x'>\n<HTML lang=en  class = 'a "b"' DATA-x><head><title>a < b & c</title >
    <script>if (a < b) "</p>"; <!-- <script> </script> --></script><style>p > a {}</style></head>
    <body><!-- c --><!--><!---><!bogus><?xml ?></><p>1 < 2 &amp; 3<br/><img src="x>y"><svg><path d="M"/><![CDATA[ <p> ]]></svg></ p></P ></body></HTML>\r\n<!-- open`;
  assert_equals(await new HTMLRewriter().transform(new Response(html)).text(), html);
  const all = new HTMLRewriter()
    .on('*', { element() {}, comments() {}, text() {} })
    .onDocument({ doctype() {}, comments() {}, text() {}, end() {} });
  assert_equals(await all.transform(new Response(html)).text(), html);
}, 'what no handler changes is passed on byte for byte');

promise_test(async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const seen = new Uint8Array(await new HTMLRewriter().on('*', { text() {} }).transform(new Response(bytes)).arrayBuffer());
  assert_array_equals(seen, bytes);
}, 'bytes that are no UTF-8 are passed on too');

promise_test(async () => {
  const original = new Response('<p>', { status: 201, statusText: 'Made', headers: { 'x-a': 'b', 'content-length': '3', 'content-type': 'text/html' } });
  const response = new HTMLRewriter().transform(original);
  assert_true(response instanceof Response);
  assert_not_equals(response, original);
  assert_equals(response.status, 201);
  assert_equals(response.statusText, 'Made');
  assert_equals(response.headers.get('x-a'), 'b');
  assert_equals(response.headers.get('content-type'), 'text/html');
  assert_false(response.headers.has('content-length'));
  assert_equals(await response.text(), '<p>');
}, 'transform keeps status and headers, but for the length');

test(() => {
  const response = new Response(null, { status: 204 });
  assert_equals(new HTMLRewriter().transform(response), response);
}, 'a response without a body is itself');

promise_test(async () => {
  assert_throws_js(TypeError, () => new HTMLRewriter().transform('<p>'));
  assert_throws_js(TypeError, () => new HTMLRewriter().transform());
  const used = new Response('x');
  await used.text();
  assert_throws_js(TypeError, () => new HTMLRewriter().transform(used));
}, 'transform wants a response that was not read');

test(() => {
  const rewriter = new HTMLRewriter();
  assert_equals(rewriter.on('a', {}), rewriter);
  assert_equals(rewriter.onDocument({}), rewriter);
  assert_throws_js(TypeError, () => rewriter.on('a'));
  assert_throws_js(TypeError, () => rewriter.on('a', { element: 5 }));
  assert_class_string(rewriter, 'HTMLRewriter');
}, 'on and onDocument give the rewriter back, and check their arguments');

promise_test(async () => {
  const html = '<a href="x" TITLE=\'y "z"\' checked data-n=1 href=second>t</a>';
  await element(html, 'a', (e) => {
    assert_equals(e.tagName, 'a');
    assert_equals(e.namespaceURI, 'http://www.w3.org/1999/xhtml');
    assert_equals(e.getAttribute('HREF'), 'x');
    assert_equals(e.getAttribute('title'), 'y "z"');
    assert_equals(e.getAttribute('checked'), '');
    assert_equals(e.getAttribute('none'), null);
    assert_true(e.hasAttribute('data-n'));
    assert_false(e.hasAttribute('none'));
    assert_equals(JSON.stringify([...e.attributes]), '[["href","x"],["title","y \\"z\\""],["checked",""],["data-n","1"],["href","second"]]');
    assert_false(e.removed);
  });
}, 'attributes are read by name in any case, and in order');

promise_test(async () => {
  assert_equals(await element('<A  HREF="x"   b=\'1\' c>t</A>', 'a', (e) => { e.setAttribute('href', 'a"b&amp;<'); e.setAttribute('New', 1); e.removeAttribute('c'); }),
    '<A href="a&quot;b&amp;<" b=\'1\' new="1">t</A>');
  assert_equals(await element('<br CLASS=a />', 'br', (e) => { e.setAttribute('id', 'x'); }), '<br CLASS=a id="x" />');
  assert_equals(await element('<p  a>', 'p', (e) => { e.removeAttribute('b'); }), '<p  a>');
  await element('<p a=1>', 'p', (e) => {
    e.setAttribute('a', '2').setAttribute('b', '3');
    assert_equals(JSON.stringify([...e.attributes]), '[["a","2"],["b","3"]]');
    assert_equals(e.removeAttribute('a').getAttribute('a'), null);
  });
}, 'attributes are set and removed; the others stay as they are written');

promise_test(async () => {
  await element('<p a="&amp;&lt;">', 'p', (e) => assert_equals(e.getAttribute('a'), '&amp;&lt;'));
}, 'entities of attributes are not decoded');

promise_test(async () => {
  await element('<p>', 'p', (e) => {
    for (const name of ['', 'a b', 'a>', 'a=', 'a/']) assert_throws_js(TypeError, () => e.setAttribute(name, ''));
    for (const name of ['', '1', 'a b', 'a>', 'a/']) assert_throws_js(TypeError, () => { e.tagName = name; });
    assert_throws_js(TypeError, () => e.setAttribute('a'));
    assert_throws_js(TypeError, () => e.getAttribute());
  });
}, 'names that cannot be written are refused');

promise_test(async () => {
  assert_equals(await element('<p a=1>x<b>y</b></P>z', 'p', (e) => { e.tagName = 'div'; assert_equals(e.tagName, 'div'); }), '<div a=1>x<b>y</b></div>z');
}, 'tagName renames both tags');

promise_test(async () => {
  const html = '[<p>x</p>]';
  assert_equals(await element(html, 'p', (e) => { e.before('1').before('2'); }), '[12<p>x</p>]');
  assert_equals(await element(html, 'p', (e) => { e.after('1').after('2'); }), '[<p>x</p>21]');
  assert_equals(await element(html, 'p', (e) => { e.prepend('1').prepend('2'); }), '[<p>21x</p>]');
  assert_equals(await element(html, 'p', (e) => { e.append('1').append('2'); }), '[<p>x12</p>]');
  assert_equals(await element(html, 'p', (e) => { e.setInnerContent('1').setInnerContent('2'); }), '[<p>2</p>]');
  assert_equals(await element(html, 'p', (e) => { e.replace('1').replace('2'); }), '[2]');
  assert_equals(await element(html, 'p', (e) => { e.remove(); assert_true(e.removed); }), '[]');
  assert_equals(await element(html, 'p', (e) => { e.removeAndKeepContent(); assert_true(e.removed); }), '[x]');
  assert_equals(await element(html, 'p', (e) => { e.before('b').after('a').prepend('p').append('q'); }), '[b<p>pxq</p>a]');
  assert_equals(await element(html, 'p', (e) => { e.before('b').after('a').remove(); }), '[ba]');
  assert_equals(await element(html, 'p', (e) => { e.before('b').after('a').replace('r'); }), '[bra]');
  assert_equals(await element(html, 'p', (e) => { e.removeAndKeepContent().prepend('p').append('q'); }), '[pxq]');
}, 'content goes before, after, to the beginning and end, in and in place of elements');

promise_test(async () => {
  const text = '<b>"&</b>';
  assert_equals(await element('<p></p>', 'p', (e) => { e.append(text); }), '<p>&lt;b&gt;"&amp;&lt;/b&gt;</p>');
  assert_equals(await element('<p></p>', 'p', (e) => { e.append(text, { html: true }); }), `<p>${text}</p>`);
  assert_equals(await element('<p></p>', 'p', (e) => { e.append(text, { html: false }).append(5); }), '<p>&lt;b&gt;"&amp;&lt;/b&gt;5</p>');
}, 'content is text unless it is said to be html');

promise_test(async () => {
  assert_equals(await element('a<br>b<img>c', 'br, img', (e) => { e.before('1').after('2').append('x').prepend('x').setInnerContent('x'); }), 'a1<br>2b1<img>2c');
  assert_equals(await element('a<br>b', 'br', (e) => { e.remove(); }), 'ab');
  assert_equals(await element('a<br>b', 'br', (e) => { e.replace('!'); }), 'a!b');
  await element('<br>', 'br', (e) => assert_throws_js(TypeError, () => e.onEndTag(() => {})));
}, 'void elements have no content and no end tag');

promise_test(async () => {
  const log = [];
  const result = await new HTMLRewriter()
    .on('div', { element(e) { e.remove(); } })
    .on('p', { element(e) { log.push(e.getAttribute('id')); e.before('never').after('never'); }, text(t) { if (t.text) log.push(t.text); } })
    .transform(new Response('1<div>2<p id=a>3</p><!-- 4 --><script>5</script></div>6<p id=b>7</p>')).text();
  assert_equals(result, '16never<p id=b>7</p>never');
  assert_equals(log.join(), 'a,3,b,7');
}, 'what is in a removed element is dropped, its handlers are called');

promise_test(async () => {
  const result = await new HTMLRewriter()
    .on('div', { element(e) { e.onEndTag((end) => { assert_equals(end.name, 'div'); end.before('[').after(']'); }); e.append('a').after('b'); } })
    .transform(new Response('<div>x</DIV>y')).text();
  assert_equals(result, '<div>xa[</DIV>]by');
  assert_equals(await element('<div>x</div>', 'div', (e) => { e.onEndTag((end) => { end.name = 'p'; }); }), '<div>x</p>');
  assert_equals(await element('<div>x</div>y', 'div', (e) => { e.onEndTag((end) => { end.remove(); }); }), '<div>xy');
}, 'onEndTag sees and changes the end tag');

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
  const html = await new HTMLRewriter().on('li', { element(e) { e.onEndTag((end) => { end.before('.'); }); e.append('!').after('?'); } })
    .transform(new Response('<ul><li>a<li>b</ul><li>c')).text();
  assert_equals(html, '<ul><li>a<li>b!?!?..</ul><li>c!?');
}, 'what is put at the end of such an element, and after it, comes before that end tag, or at the end of the document');

promise_test(async () => {
  assert_equals(await element('<ul><li>1<li>2</ul>', 'li', (e) => { e.append('.'); }), '<ul><li>1<li>2..</ul>');
  assert_equals(await element('<div><p>1', '*', (e) => { e.append('.'); }), '<div><p>1..');
  assert_equals(await element('a</p>b</div>', 'p', (e) => { e.remove(); }), 'a</p>b</div>');
}, 'elements end with an element around them, or with the document');

promise_test(async () => {
  const text = [];
  await rewrite('<p>a<b>b</b>c</p>d', 'p', { text(t) { text.push([t.text, t.lastInTextNode]); assert_false(t.removed); } });
  assert_equals(JSON.stringify(text), '[["a",false],["",true],["b",false],["",true],["c",false],["",true]]');
}, 'text comes in chunks, of which the last says so');

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
  const upper = { text(t) { t.replace(t.text.toUpperCase()); } };
  assert_equals(await rewrite('<p>a<b>b</b></p>c', 'p', upper), '<p>A<b>B</b></p>c');
  assert_equals(await rewrite('<p>x</p>', 'p', { text(t) { if (!t.lastInTextNode) t.before('<', { html: true }).after('>'); else t.after('!'); } }), '<p><x&gt;!</p>');
  assert_equals(await rewrite('<p>x</p>', 'p', { text(t) { t.remove(); assert_true(t.removed); } }), '<p></p>');
  let whole = '';
  const collect = { text(t) { whole += t.text; if (t.lastInTextNode) { t.replace(whole.replace('secret', '***')); whole = ''; } else t.remove(); } };
  assert_equals(await new HTMLRewriter().on('p', collect).transform(pieces('<p>a sec', 'ret b</p>')).text(), '<p>a *** b</p>');
}, 'text is replaced, removed and added to');

promise_test(async () => {
  const seen = [];
  const result = await rewrite('<p><!-- a --><!--b--!><!--><!x></p><!-- c -->', 'p', {
    comments(c) { seen.push(c.text); assert_false(c.removed); },
  });
  assert_equals(JSON.stringify(seen), '[" a ","b","","x"]');
  assert_equals(result, '<p><!-- a --><!--b--!><!--><!x></p><!-- c -->');
  assert_equals(await rewrite('<p><!-- a --></p>', 'p', { comments(c) { c.text = 'b'; c.before('1').after('2'); } }), '<p>1<!--b-->2</p>');
  assert_equals(await rewrite('<p><!-- a --></p>', 'p', { comments(c) { c.remove(); assert_true(c.removed); } }), '<p></p>');
  assert_equals(await rewrite('<p><!-- a --></p>', 'p', { comments(c) { c.replace('<b>', { html: true }); } }), '<p><b></p>');
  await rewrite('<p><!--a-->', 'p', { comments(c) { assert_throws_js(TypeError, () => { c.text = 'x-->y'; }); } });
}, 'comments are read, changed and removed');

promise_test(async () => {
  const doctypes = [];
  const read = (html) => new HTMLRewriter().onDocument({ doctype(d) { doctypes.push([d.name, d.publicId, d.systemId]); } }).transform(new Response(html)).text();
  assert_equals(await read('<!DOCTYPE HTML><p>'), '<!DOCTYPE HTML><p>');
  await read('<!doctype html PUBLIC "-//W3C//DTD XHTML" \'http://x/\'>');
  await read('<!DOCTYPE svg SYSTEM "about:legacy">');
  await read('<!DOCTYPE>');
  assert_equals(JSON.stringify(doctypes), '[["html",null,null],["html","-//W3C//DTD XHTML","http://x/"],["svg",null,"about:legacy"],[null,null,null]]');
}, 'the doctype says its name and identifiers');

promise_test(async () => {
  const log = [];
  const result = await new HTMLRewriter().onDocument({
    doctype() { log.push('doctype'); }, comments(c) { log.push(c.text); }, text(t) { if (t.text) log.push(t.text); },
    end(end) { log.push('end'); end.append('<!-- ', { html: true }).append('<'); },
  }).transform(new Response('<!doctype html><p>a</p><!--b-->c')).text();
  assert_equals(log.join(), 'doctype,a,b,c,end');
  assert_equals(result, '<!doctype html><p>a</p><!--b-->c<!-- &lt;');
  assert_equals(await new HTMLRewriter().onDocument({ end(end) { end.append('x'); } }).transform(new Response('')).text(), 'x');
}, 'the document has comments, text and an end');

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
  const log = [];
  await new HTMLRewriter()
    .on('p', { element(e) { log.push(1); e.setAttribute('a', 'b'); } })
    .on('p, [a]', { element(e) { log.push(2); assert_equals(e.getAttribute('a'), 'b'); } })
    .on('p', { element() { log.push(3); } })
    .transform(new Response('<p></p>')).text();
  assert_equals(log.join(), '1,2,3');
}, 'handlers are called in the order of on(), each sees what the one before did');

promise_test(async () => {
  class Rewrites {
    constructor(text) { this.text_ = text; }
    element(e) { e.append(this.text_); }
  }
  assert_equals(await rewrite('<p></p>', 'p', new Rewrites('!')), '<p>!</p>');
}, 'handlers are methods of their object');

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
  let element, text;
  await rewrite('<p>x</p>', 'p', { element(e) { element = e; }, text(t) { text = t; } });
  assert_throws_js(TypeError, () => element.tagName);
  assert_throws_js(TypeError, () => element.append('x'));
  assert_throws_js(TypeError, () => text.text);
  assert_throws_js(TypeError, () => new element.constructor());
}, 'a token is of no use after its handler');

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
