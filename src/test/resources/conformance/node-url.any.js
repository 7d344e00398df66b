// flags: nodejs_compat
// node:url and node:querystring: https://nodejs.org/api/url.html and https://nodejs.org/api/querystring.html
import url, { URL as Imported, domainToASCII, domainToUnicode, fileURLToPath, format, parse, pathToFileURL, resolve, urlToHttpOptions } from 'node:url';
import querystring from 'node:querystring';

test(() => {
  assert_equals(Imported, URL);
  assert_equals(url.URLSearchParams, URLSearchParams);
}, 'the classes are the global ones');

test(() => {
  const parsed = parse('https://user:pa%20ss@Example.com:8080/a/b%20c?x=1&x=2#h');
  assert_equals(JSON.stringify({ ...parsed }), JSON.stringify({
    protocol: 'https:', slashes: true, auth: 'user:pa ss', host: 'example.com:8080', port: '8080', hostname: 'example.com', hash: '#h', search: '?x=1&x=2', query: 'x=1&x=2',
    pathname: '/a/b%20c', path: '/a/b%20c?x=1&x=2', href: 'https://user:pa%20ss@example.com:8080/a/b%20c?x=1&x=2#h',
  }));
  assert_equals(JSON.stringify(parse('/a?x=1', true).query), '{"x":"1"}');
  assert_equals(parse('/a?x').pathname, '/a');
  assert_equals(parse('mailto:a@b.c').href, 'mailto:a@b.c');
  assert_equals(parse('//host/p', false, true).host, 'host');
  assert_equals(parse('http://a.com').path, '/');
}, 'parse cuts as of old');

test(() => {
  assert_equals(format({ protocol: 'https', hostname: 'a.com', port: 8080, pathname: 'p', query: { a: [1, 2] }, hash: 'h' }), 'https://a.com:8080/p?a=1&a=2#h');
  assert_equals(format({ pathname: '/a?b', search: 'c#d' }), '/a%3Fb?c%23d');
  assert_equals(format(new URL('https://u:p@xn--bcher-kva.de/a?b#c'), { auth: false, fragment: false, search: false, unicode: true }), 'https://b\u00fccher.de/a');
  assert_equals(format(parse('http://a.com/b?c#d')), 'http://a.com/b?c#d');
}, 'format');

for (const [from, to, expected] of [['/one/two/three', 'four', '/one/two/four'], ['http://example.com/', '/one', 'http://example.com/one'], ['http://example.com/one', '/two', 'http://example.com/two'],
  ['http://example.com/a/b', '../c?d', 'http://example.com/c?d'], ['/a', 'http://b.com/c', 'http://b.com/c'], ['a/b', 'c', 'a/c']]) {
  test(() => assert_equals(resolve(from, to), expected), `resolve ${from} ${to}`);
}

test(() => {
  assert_equals(fileURLToPath('file:///a%20b/c'), '/a b/c');
  assert_equals(pathToFileURL('/a b#c?%').href, 'file:///a%20b%23c%3F%25');
  try { fileURLToPath('http://a'); assert_unreached(); } catch (e) { assert_equals(e.code, 'ERR_INVALID_URL_SCHEME'); }
  assert_equals(domainToASCII('espa\u00f1ol.com'), 'xn--espaol-zwa.com');
  assert_equals(domainToUnicode('xn--espaol-zwa.com'), 'espa\u00f1ol.com');
  assert_equals(domainToUnicode('xn--fiq228c.com'), '\u4e2d\u6587.com');
  const options = urlToHttpOptions(new URL('https://a:b@[::1]:8080/p?q#h'));
  assert_equals(`${options.hostname} ${options.port} ${options.auth} ${options.path}`, '::1 8080 a:b /p?q');
}, 'files, domains and options');

test(() => {
  assert_equals(JSON.stringify(querystring.parse('a=1&b=x%20y&a=2&c&=d&e=%zz+f')), '{"a":["1","2"],"b":"x y","c":"","":"d","e":"%zz f"}');
  assert_equals(JSON.stringify(querystring.parse('a:1;b:2', ';', ':')), '{"a":"1","b":"2"}');
  assert_equals(Object.keys(querystring.parse('a&b&c', null, null, { maxKeys: 2 })).length, 2);
  assert_equals(querystring.stringify({ a: [1, 'b c'], d: true, e: null, f: '\u00e9', g: {} }), 'a=1&a=b%20c&d=true&e=&f=%C3%A9&g=');
  assert_equals(querystring.escape("a b!'()*"), "a%20b!'()*");
  assert_equals(querystring.unescape('%41%zz'), 'A%zz');
}, 'querystring');
