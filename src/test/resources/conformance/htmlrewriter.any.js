// https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/: handlers, and what they can do to tokens.

import { pieces, rewrite, element } from './htmlrewriter.js';

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
  const html = await new HTMLRewriter().on('li', { element(e) { e.onEndTag((end) => { end.before('.'); }); e.append('!').after('?'); } })
    .transform(new Response('<ul><li>a<li>b</ul><li>c')).text();
  assert_equals(html, '<ul><li>a<li>b!?!?..</ul><li>c!?');
}, 'what is put at the end of such an element, and after it, comes before that end tag, or at the end of the document');

promise_test(async () => {
  const text = [];
  await rewrite('<p>a<b>b</b>c</p>d', 'p', { text(t) { text.push([t.text, t.lastInTextNode]); assert_false(t.removed); } });
  assert_equals(JSON.stringify(text), '[["a",false],["",true],["b",false],["",true],["c",false],["",true]]');
}, 'text comes in chunks, of which the last says so');

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
  let element, text;
  await rewrite('<p>x</p>', 'p', { element(e) { element = e; }, text(t) { text = t; } });
  assert_throws_js(TypeError, () => element.tagName);
  assert_throws_js(TypeError, () => element.append('x'));
  assert_throws_js(TypeError, () => text.text);
  assert_throws_js(TypeError, () => new element.constructor());
}, 'a token is of no use after its handler');
