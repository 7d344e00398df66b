// https://url.spec.whatwg.org/
const parsed = (href, base) => new URL(href, base).href;

// [input, base, href]; null is a failure.
const CASES = [
  ['http://example.com', null, 'http://example.com/'],
  ['https://example.com:443/a', null, 'https://example.com/a'],
  ['http://example.com:443/a', null, 'http://example.com:443/a'],
  ['HTTP://EXAMPLE.com:080/../a/./b/../c', null, 'http://example.com/a/c'],
  ['http://u:p@example.com:81/a?b#c', null, 'http://u:p@example.com:81/a?b#c'],
  ['http://a:b@c:29/d', null, 'http://a:b@c:29/d'],
  ['http://u@f:c@x.com/', null, 'http://u%40f:c@x.com/'],
  ['http://@x.com/', null, 'http://x.com/'],
  ['http://:p@x.com/', null, 'http://:p@x.com/'],
  ['http://u@/', null, null],
  ['http://u:p@', null, null],
  ['http://', null, null],
  ['http://:80/', null, null],
  ['http://x:65536/', null, null],
  ['http://x:8a/', null, null],
  ['http://x:/', null, 'http://x/'],
  ['http:\\\\x.com\\a\\b', null, 'http://x.com/a/b'],
  ['http:///x.com', null, 'http://x.com/'],
  ['  http://x.com/\t a\n ', null, 'http://x.com/%20a'],
  ['ht\ntp://x.com/', null, 'http://x.com/'],
  ['foo', null, null],
  ['//x', null, null],
  ['foo://///////', null, 'foo://///////'],
  ['foo:/a/../..//b', null, 'foo:/.//b'],
  ['foo://h:99/a b?c d#e f', null, 'foo://h:99/a%20b?c%20d#e%20f'],
  ['foo://H%41/', null, 'foo://H%41/'],
  ['foo://a b/', null, null],
  ['foo://', null, 'foo://'],
  ['foo:', null, 'foo:'],
  ['foo:a b ?c', null, 'foo:a b%20?c'],
  ['mailto:a@b.com', null, 'mailto:a@b.com'],
  ['data:text/plain,a b#c', null, 'data:text/plain,a b#c'],
  ['javascript:/../', null, 'javascript:/'],
  ['a', 'http://x/b/c?d#e', 'http://x/b/a'],
  ['', 'http://x/b/c?d#e', 'http://x/b/c?d'],
  ['#f', 'http://x/b/c?d#e', 'http://x/b/c?d#f'],
  ['?g', 'http://x/b/c?d#e', 'http://x/b/c?g'],
  ['/g', 'http://u@x:9/b/c?d#e', 'http://u@x:9/g'],
  ['//y/g', 'http://x/b', 'http://y/g'],
  ['..', 'http://x/a/b/c/d', 'http://x/a/b/'],
  ['../../../../z', 'http://x/a/b', 'http://x/z'],
  ['http:a', 'http://x/b/c', 'http://x/b/a'],
  ['http:a', 'https://x/b/c', 'http://a/'],
  ['/', 'foo:bar', null],
  ['#x', 'foo:bar', 'foo:bar#x'],
  ['x', 'foo://h/a/b', 'foo://h/a/x'],
  ['//y', 'foo://h/a', 'foo://y'],
  ['.', 'foo:/a/b', 'foo:/a/'],
  ['file:', null, 'file:///'],
  ['file:a', null, 'file:///a'],
  ['file:///C|/x/../..', null, 'file:///C:/'],
  ['file://localhost/a', null, 'file:///a'],
  ['file://H/a', null, 'file://h/a'],
  ['/y', 'file:///C:/x', 'file:///C:/y'],
  ['/D:/y', 'file:///C:/x', 'file:///D:/y'],
  ['..', 'file:///C:/', 'file:///C:/'],
  ['D|', 'file:///C:/x', 'file:///D:'],
  ['file:..', 'http://x/', 'file:///'],
  ['//h/../a', 'file:///b', 'file://h/a'],
  ['\\\\h\\a', 'file:///b', 'file://h/a'],
  ['http://x/%2e/%2E%2e/a', null, 'http://x/a'],
  ['http://x/a/%2e%2E', null, 'http://x/'],
  ['http://x/.well-known/a', null, 'http://x/.well-known/a'],
  ['http://x/a..b/...', null, 'http://x/a..b/...'],
  ['http://x/a^b`{c}|"<>', null, 'http://x/a%5Eb%60%7Bc%7D|%22%3C%3E'],
  ["http://x/'?a'b\"<>`", null, "http://x/'?a%27b%22%3C%3E`"],
  ["foo://x/?a'b", null, "foo://x/?a'b"],
  ['http://x/#a b"<>`{', null, 'http://x/#a%20b%22%3C%3E%60{'],
  ['http://x/é?é#é', null, 'http://x/%C3%A9?%C3%A9#%C3%A9'],
  ['http://x/\ud800', null, 'http://x/%EF%BF%BD'],
  ['http://x/%zz%', null, 'http://x/%zz%'],
  ['http://[::1]/', null, 'http://[::1]/'],
  ['http://[::1]:81/', null, 'http://[::1]:81/'],
  ['http://[1:0:0:2:0:0:0:3]/', null, 'http://[1:0:0:2::3]/'],
  ['http://[1:0:2:0:3:0:4:0]/', null, 'http://[1:0:2:0:3:0:4:0]/'],
  ['http://[1:2:3:4:5:6:7::]/', null, 'http://[1:2:3:4:5:6:7:0]/'],
  ['http://[::FFFF:1.2.3.4]/', null, 'http://[::ffff:102:304]/'],
  ['http://[::1.2.3.256]/', null, null],
  ['http://[::01.2.3.4]/', null, null],
  ['http://[1.2.3.4::]/', null, null],
  ['http://[1::2::3]/', null, null],
  ['http://[:::]/', null, null],
  ['http://[1:2:3:4:5:6:7:8:9]/', null, null],
  ['http://[12345::]/', null, null],
  ['http://[::1/', null, null],
  ['http://[::1%eth0]/', null, null],
  ['http://127.1/', null, 'http://127.0.0.1/'],
  ['http://0x7f.0.0x1/', null, 'http://127.0.0.1/'],
  ['http://017700000001/', null, 'http://127.0.0.1/'],
  ['http://2130706433/', null, 'http://127.0.0.1/'],
  ['http://127.0.0.1./', null, 'http://127.0.0.1/'],
  ['http://256.256.256.256/', null, null],
  ['http://1.2.3.4.5/', null, null],
  ['http://1.2.3.09/', null, null],
  ['http://4294967295/', null, 'http://255.255.255.255/'],
  ['http://4294967296/', null, null],
  ['http://a.0x/', null, null],
  ['http://0..0x300/', null, null],
  ['http://1.2.3.a/', null, 'http://1.2.3.a/'],
  ['http://ex%61mple.com/', null, 'http://example.com/'],
  ['http://ex%00ample.com/', null, null],
  ['http://a%5bb/', null, null],
  ['http://a b/', null, null],
  ['http://a<b/', null, null],
  ['http://a_b.-c/', null, 'http://a_b.-c/'],
  ['http://faß.de/', null, 'http://xn--fa-hia.de/'],
  ['http://Bücher.example/', null, 'http://xn--bcher-kva.example/'],
  ['http://日本語。jp/', null, 'http://xn--wgv71a119e.jp/'],
  ['http://ＧＯ.com/', null, 'http://go.com/'],
  ['http://☃.net/', null, 'http://xn--n3h.net/'],
  ['http://🍕.ws/', null, 'http://xn--vi8h.ws/'],
  ['http://a\u00adb/', null, 'http://ab/'],
  ['http://\u00ad/', null, null],
  ['http://xn--bcher-kva/', null, 'http://xn--bcher-kva/'],
  ['http://XN--BCHER-KVA/', null, 'http://xn--bcher-kva/'],
  ['http://xn--a/', null, null],
  ['http://xn--/', null, null],
  ['http://xn--abc-/', null, null],
  ['http://\u0301a/', null, null],
  ['http://ab\u05d0/', null, null],
  ['http://\u05d0\u05d1.com/', null, 'http://xn--4dbc.com/'],
  ['http://a\u200cb/', null, null],
  ['http://नी\u200cक/', null, null],
  ['http://क्\u200dष/', null, 'http://xn--11b2ezcw70k/'],
  ['http://１２７.0.0.1/', null, 'http://127.0.0.1/'],
  ['http://⑴.com/', null, 'http://(1).com/'],
  ['http://\ufffd/', null, null],
  ['ws://x:80/', null, 'ws://x/'],
  ['wss://x:443/', null, 'wss://x/'],
  ['ftp://x:21/', null, 'ftp://x/'],
];
for (const [input, base, href] of CASES) {
  test(() => {
    const arg = base === null ? undefined : base;
    assert_equals(URL.canParse(input, arg), href !== null);
    if (href === null) {
      assert_throws_js(TypeError, () => new URL(input, arg));
      assert_equals(URL.parse(input, arg), null);
    } else {
      assert_equals(parsed(input, arg), href);
      assert_equals(parsed(href), href, 'parsed again');
      assert_equals(URL.parse(input, arg).href, href);
    }
  }, `<${input}> against <${base}> is ${href}`);
}

test(() => {
  const url = new URL('https://u:p@example.com:8443/a/b?c=d#e');
  for (const [name, value] of Object.entries({ href: 'https://u:p@example.com:8443/a/b?c=d#e', origin: 'https://example.com:8443', protocol: 'https:',
    username: 'u', password: 'p', host: 'example.com:8443', hostname: 'example.com', port: '8443', pathname: '/a/b', search: '?c=d', hash: '#e' })) {
    assert_equals(url[name], value, name);
  }
  assert_equals(JSON.stringify({ url }), '{"url":"https://u:p@example.com:8443/a/b?c=d#e"}');
  assert_equals(`${url}`, url.href);
  assert_equals(new URL('http://x/?#').search, '');
  assert_equals(new URL('http://x/?#').href, 'http://x/?#');
  assert_class_string(url, 'URL');
  assert_throws_js(TypeError, () => { 'use strict'; url.origin = 'x'; });
}, 'a URL shows its parts');

test(() => {
  assert_equals(new URL('blob:https://x:9/y').origin, 'https://x:9');
  assert_equals(new URL('blob:foo').origin, 'null');
  assert_equals(new URL('file:///x').origin, 'null');
  assert_equals(new URL('foo://x').origin, 'null');
  assert_equals(new URL('wss://x:443').origin, 'wss://x');
}, 'origins of special schemes alone are tuples');

// [href, property, new value, href]
const SETS = [
  ['http://x/', 'protocol', 'https', 'https://x/'],
  ['http://x:443/', 'protocol', 'https:foo', 'https://x/'],
  ['http://x/', 'protocol', 'foo', 'http://x/'],
  ['foo://x/', 'protocol', 'http', 'foo://x/'],
  ['foo://x/', 'protocol', 'b+r.1', 'b+r.1://x/'],
  ['http://u@x/', 'protocol', 'file', 'http://u@x/'],
  ['file:///x', 'protocol', 'http', 'file:///x'],
  ['http://x/', 'protocol', '1a', 'http://x/'],
  ['http://x/', 'username', 'a:b@é', 'http://a%3Ab%40%C3%A9@x/'],
  ['http://x/', 'password', 'p/w', 'http://:p%2Fw@x/'],
  ['file://x/', 'username', 'a', 'file://x/'],
  ['mailto:a', 'username', 'b', 'mailto:a'],
  ['http://x/', 'host', 'y:81', 'http://y:81/'],
  ['http://x:81/', 'host', 'y', 'http://y:81/'],
  ['http://x/', 'host', 'y:80/z', 'http://y/'],
  ['http://x/', 'host', 'y:81abc', 'http://y:81/'],
  ['http://x/', 'host', 'y:65536', 'http://y/'],
  ['http://x/', 'host', '', 'http://x/'],
  ['foo://x/', 'host', '', 'foo:///'],
  ['foo://u@x/', 'host', '', 'foo://u@x/'],
  ['http://x/', 'host', 'a b', 'http://x/'],
  ['http://x/', 'host', '[::1]:9', 'http://[::1]:9/'],
  ['foo:x', 'host', 'y', 'foo:x'],
  ['foo:/a', 'host', 'y', 'foo://y/a'],
  ['file:///a', 'host', 'localhost', 'file:///a'],
  ['file:///a', 'host', 'h:80', 'file:///a'],
  ['http://x/', 'hostname', 'y:81', 'http://x/'],
  ['http://x:9/', 'hostname', 'y', 'http://y:9/'],
  ['http://x/', 'port', '81', 'http://x:81/'],
  ['http://x:81/', 'port', '', 'http://x/'],
  ['http://x:81/', 'port', '80', 'http://x/'],
  ['http://x/', 'port', '90a', 'http://x:90/'],
  ['http://x:9/', 'port', 'a', 'http://x:9/'],
  ['http://x:9/', 'port', '65536', 'http://x:9/'],
  ['http://x/', 'port', '0', 'http://x:0/'],
  ['http://x/a?b', 'pathname', 'c d/../e?f#g', 'http://x/e%3Ff%23g?b'],
  ['http://x/a', 'pathname', '', 'http://x/'],
  ['foo://x/a', 'pathname', '', 'foo://x'],
  ['foo:/a', 'pathname', '', 'foo:/'],
  ['foo:/a', 'pathname', '//b', 'foo:/.//b'],
  ['foo:a', 'pathname', 'b', 'foo:a'],
  ['http://x/', 'pathname', '\\a\\b', 'http://x/a/b'],
  ['http://x/#h', 'search', 'a b', 'http://x/?a%20b#h'],
  ['http://x/?a', 'search', '', 'http://x/'],
  ['http://x/?a', 'search', '?', 'http://x/?'],
  ['http://x/?a', 'search', '??b#c', 'http://x/??b%23c'],
  ['http://x/#a', 'hash', '', 'http://x/'],
  ['http://x/', 'hash', '#a b', 'http://x/#a%20b'],
  ['javascript:a', 'hash', 'b', 'javascript:a#b'],
  ['http://x/', 'href', 'http://y/a', 'http://y/a'],
];
for (const [href, property, value, expected] of SETS) {
  test(() => {
    const url = new URL(href);
    url[property] = value;
    assert_equals(url.href, expected);
  }, `<${href}> with ${property} = '${value}' is <${expected}>`);
}

test(() => {
  const url = new URL('http://x/?a=1&b=2&a=3');
  const params = url.searchParams;
  assert_equals(url.searchParams, params);
  params.append('c', 'é &');
  assert_equals(url.search, '?a=1&b=2&a=3&c=%C3%A9+%26');
  params.delete('a');
  assert_equals(url.href, 'http://x/?b=2&c=%C3%A9+%26');
  url.search = '?z=9';
  assert_array_equals([...params].flat(), ['z', '9']);
  params.delete('z');
  assert_equals(url.href, 'http://x/');
  url.href = 'http://y/?q=1';
  assert_equals(params.get('q'), '1');
  assert_throws_js(TypeError, () => { url.href = 'x'; });
  assert_equals(url.href, 'http://y/?q=1');
}, 'a URL and its searchParams are linked both ways');

test(() => {
  const { getPrototypeOf } = Object;
  assert_throws_js(TypeError, () => getPrototypeOf(new URL('http://x')).href);
  assert_throws_js(TypeError, () => URL('http://x'));
  assert_throws_js(TypeError, () => new URL());
  assert_throws_js(TypeError, () => URL.canParse());
  assert_true(Object.getOwnPropertyDescriptor(URL.prototype, 'href').enumerable);
}, 'URL is an interface');

test(() => {
  const set = (href, name, value) => { const u = new URL(href); u[name] = value; return u.href; };
  for (const [href, name, value, expected] of [
    ['http://a/', 'port', '8080x', 'http://a:8080/'], ['http://a:1/', 'port', '80', 'http://a/'], ['http://a/', 'port', '65536', 'http://a/'], ['http://a/', 'port', '-1', 'http://a/'],
    ['http://a/', 'host', 'b:9', 'http://b:9/'], ['http://a:1/', 'host', 'b', 'http://b:1/'], ['http://a/', 'hostname', 'b:9', 'http://a/'], ['http://a/', 'hostname', '', 'http://a/'],
    ['http://a/', 'protocol', 'ftp', 'ftp://a/'], ['http://a/', 'protocol', 'foo', 'http://a/'], ['foo://a/', 'protocol', 'http', 'foo://a/'], ['http://a:443/', 'protocol', 'https', 'https://a/'],
    ['http://a/', 'username', 'u@', 'http://u%40@a/'], ['http://u@a/', 'password', 'p', 'http://u:p@a/'], ['file:///x', 'username', 'u', 'file:///x'], ['http://a/x', 'pathname', 'b c', 'http://a/b%20c'],
    ['mailto:x', 'pathname', 'y', 'mailto:x'], ['http://a/?q', 'search', '', 'http://a/'], ['http://a/', 'search', "?'", 'http://a/?%27'], ['foo:/x', 'search', "'", "foo:/x?'"],
    ['http://a/#h', 'hash', '', 'http://a/'], ['http://a/', 'hash', 'a b`', 'http://a/#a%20b%60'], ['foo://a/', 'host', '', 'foo:///'], ['file:///x', 'host', 'localhost', 'file:///x'],
    ['data:x   ', 'search', '', 'data:x'], ['http://a/', 'href', 'https://b/', 'https://b/'], ['foo:/a', 'pathname', '//b', 'foo:/.//b'],
  ]) assert_equals(set(href, name, value), expected, `${href} ${name}=${value}`);
  assert_throws_js(TypeError, () => { new URL('http://a').href = 'x'; });
}, 'setters keep to what their scheme allows');

test(() => {
  const host = (h) => new URL(`http://${h}/`).hostname;
  for (const [from, to] of [['0x7f.1', '127.0.0.1'], ['1.2.3', '1.2.0.3'], ['4294967295', '255.255.255.255'], ['01.0x2', '1.0.0.2'], ['1.2.3.4.', '1.2.3.4'], ['faß.de', 'xn--fa-hia.de'], ['EXAMPLE', 'example'],
    ['%41.com', 'a.com'], ['ＧＯ.com', 'go.com'], ['[::127.0.0.1]', '[::7f00:1]'], ['[1:0:0:2::3]', '[1:0:0:2::3]'], ['[0:0::]', '[::]'], ['a_b', 'a_b'], ['a.b.', 'a.b.'], ['☃.net', 'xn--n3h.net'], ['xn--n3h', 'xn--n3h']]) assert_equals(host(from), to, from);
  for (const wrong of ['256.1.1.1', '1.2.3.4.5', '0x100000000', '1..2', 'a b', 'a<b', '[::1', '[1:2]', '[::1%1]', '%00', 'xn--', '1.2.3.08', 'a^b', 'a|b', '1.2.3.4x.5']) {
    let ok = true; try { host(wrong); } catch { ok = false; }
    assert_false(ok, wrong);
  }
  assert_equals(new URL('foo://A%41 b'.replace(' ', '')).host, 'A%41b');
  assert_throws_js(TypeError, () => new URL('foo://a b'));
  assert_equals(new URL('foo://ü').host, '%C3%BC');
  assert_equals(new URL('http://a/ "<>`{}#?^|').href, 'http://a/%20%22%3C%3E%60%7B%7D#?^|');
  assert_equals(new URL('http://a/?"<>\'`{}').search, '?%22%3C%3E%27`{}');
  assert_equals(URL.canParse('a', 'b:'), false); assert_equals(URL.parse('x'), null); assert_equals(URL.parse('/x', 'http://a').href, 'http://a/x');
}, 'hosts are addresses, domains or opaque, and percent-encoded as their place asks');

// https://w3c.github.io/FileAPI/#creating-revoking
test(() => {
  assert_throws_js(TypeError, () => URL.createObjectURL({}));
  assert_throws_js(TypeError, () => URL.createObjectURL());
  assert_throws_js(Error, () => URL.createObjectURL(new Blob(['x'])));
  assert_throws_js(Error, () => URL.revokeObjectURL('blob:null/x'));
}, 'object URLs are names alone, as in Workers');
