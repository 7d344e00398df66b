// URLPattern: https://urlpattern.spec.whatwg.org/

const NAMES = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];
const make = (args) => Array.isArray(args) ? new URLPattern(...args) : new URLPattern(args);

// The components of a pattern; those that are not named are '*'.
function components(name, args, expected) {
  test(() => {
    const pattern = make(args);
    for (const component of NAMES) assert_equals(pattern[component], expected[component] ?? '*', component);
  }, `components: ${name}`);
}

// Whether a pattern matches, and the groups of the components that are named.
function match(name, args, input, expected) {
  test(() => {
    const pattern = make(args), inputs = Array.isArray(input) ? input : [input];
    assert_equals(pattern.test(...inputs), expected !== null, 'test');
    const result = pattern.exec(...inputs);
    if (expected === null) {
      assert_equals(result, null);
      return;
    }
    assert_not_equals(result, null, 'exec');
    for (const component of Object.keys(expected)) {
      const wanted = expected[component];
      if (typeof wanted === 'string') assert_equals(result[component].input, wanted, component);
      else assert_equals(JSON.stringify(result[component].groups), JSON.stringify(wanted), `${component} groups`);
    }
  }, `match: ${name}`);
}

function refused(name, ...args) {
  test(() => assert_throws_js(TypeError, () => new URLPattern(...args)), `refused: ${name}`);
}

// Constructor strings

components('a whole URL', 'https://user\\:pass@example.com:8443/a/*\\?q=:q#:h', {
  protocol: 'https', username: 'user', password: 'pass', hostname: 'example.com', port: '8443', pathname: '/a/*', search: 'q=:q', hash: ':h',
});
components('components behind the last one named are wildcards', 'https://example.com/books/:id', { protocol: 'https', hostname: 'example.com', port: '', pathname: '/books/:id' });
components('components before the first one named are empty', 'https://example.com?q', { protocol: 'https', hostname: 'example.com', port: '', pathname: '/', search: 'q' });
components('a question mark behind a name is a modifier', 'https://example.com/:a?b', { protocol: 'https', hostname: 'example.com', port: '', pathname: '/:a?b' });
components('an escaped question mark begins the search', 'https://example.com/:a\\?b', { protocol: 'https', hostname: 'example.com', port: '', pathname: '/:a', search: 'b' });
components('a protocol in braces', 'http{s}?://example.com/*', { protocol: 'http{s}?', hostname: 'example.com', port: '', pathname: '/*' });
components('a hostname with names and wildcards', 'https://:sub.example.*/', { protocol: 'https', hostname: ':sub.example.*', port: '', pathname: '/' });
components('an IPv6 address', 'https://[2001\\:DB8\\:\\:1]:8080/', { protocol: 'https', hostname: '[2001\\:db8\\:\\:1]', port: '8080', pathname: '/' });
components('a scheme without slashes', 'data\\:text', { protocol: 'data', hostname: '', port: '', pathname: 'text' });
components('a custom scheme with an authority', 'app://host/path', { protocol: 'app', hostname: 'host', port: '', pathname: '/path' });
components('a path with a base', ['/books/:id', 'https://example.com/x?y#z'], {
  protocol: 'https', hostname: 'example.com', port: '', pathname: '/books/:id',
});
components('a search with a base', ['?q=*', 'https://example.com/a/b'], { protocol: 'https', hostname: 'example.com', port: '', pathname: '/a/b', search: 'q=*' });
components('a hash with a base', ['#h', 'https://example.com/a?b'], { protocol: 'https', hostname: 'example.com', port: '', pathname: '/a', search: 'b', hash: 'h' });
components('a relative path with a base', ['c/:d', 'https://example.com/a/b'], { protocol: 'https', hostname: 'example.com', port: '', pathname: '/a/c/:d' });
components('what is special in a base is escaped', ['#x', 'https://example.com/a:b/(c)?d'], {
  protocol: 'https', hostname: 'example.com', port: '', pathname: '/a\\:b/\\(c\\)', search: 'd', hash: 'x',
});

// Objects

components('no argument', [], {});
components('an empty object', {}, {});
components('a pathname alone', { pathname: '/a/:b' }, { pathname: '/a/:b' });
components('a baseURL', { pathname: 'b', baseURL: 'https://example.com:8080/a/?q#h' }, {
  protocol: 'https', hostname: 'example.com', port: '8080', pathname: '/a/b',
});
components('a protocol with its colon, a search and a hash with their marks', { protocol: 'https:', search: '?a', hash: '#b' }, { protocol: 'https', search: 'a', hash: 'b' });
components('a default port is none', { protocol: 'https', port: '443' }, { protocol: 'https', port: '' });
components('a default port of no known protocol stays', { port: '443' }, { port: '443' });

// Canonical components

components('a protocol is in lower case', { protocol: 'HTTPS' }, { protocol: 'https' });
components('a hostname is in ASCII and lower case', { hostname: 'B\u00fccher.EXAMPLE' }, { hostname: 'xn--bcher-kva.example' });
components('what ends a hostname ends it', { hostname: 'good/bad' }, { hostname: 'good' });
components('tabs and newlines in a hostname go', { hostname: 'a\nb' }, { hostname: 'ab' });
components('user and password are percent-encoded', { username: 'caf\u00e9', password: 'a b' }, { username: 'caf%C3%A9', password: 'a%20b' });
components('a path is percent-encoded', { pathname: '/caf\u00e9/\u{1f600}' }, { pathname: '/caf%C3%A9/%F0%9F%98%80' });
components('dots in a path are taken away', { pathname: '/a/../b/./c' }, { pathname: '/b/c' });
components('a path of a scheme that is not special is opaque', { protocol: 'data', pathname: 'a/../b' }, { protocol: 'data', pathname: 'a/../b' });
components('search and hash are percent-encoded', { search: 'q=caf\u00e9', hash: '\u00e9' }, { search: 'q=caf%C3%A9', hash: '%C3%A9' });
components('what follows the digits of a port goes', { port: '80x' }, { port: '80' });
components('tabs in a port go', { port: '8\t0' }, { port: '80' });

// Pattern strings as they are shown

components('braces that say nothing go', { pathname: '/{a}' }, { pathname: '/a' });
components('braces with a modifier stay', { pathname: '/a{/b}?' }, { pathname: '/a{/b}?' });
components('a wildcard in parentheses is a star', { pathname: '/(.*)' }, { pathname: '/*' });
components('a regular expression stays', { pathname: '/:id(\\d+)' }, { pathname: '/:id(\\d+)' });
components('the regular expression of a segment is the plain name', { pathname: '/:a([^\\/]+?)' }, { pathname: '/:a' });
components('a name beside a letter keeps its braces', { pathname: '/{:a}b' }, { pathname: '/{:a}b' });
components('a prefix that is not a slash keeps its braces', { pathname: '/{x:a}' }, { pathname: '/{x:a}' });
components('a suffix that could be of the name is escaped', { pathname: '/{:a\\b}' }, { pathname: '/{:a\\b}' });
components('escapes stay where they matter', { pathname: '/a\\:b\\*' }, { pathname: '/a\\:b\\*' });
components('escapes go where they do not', { pathname: '/\\a' }, { pathname: '/a' });

// Matching

match('a name is one segment', { pathname: '/books/:id' }, 'https://example.com/books/12', { pathname: { id: '12' }, protocol: { 0: 'https' }, hostname: { 0: 'example.com' } });
match('and not two', { pathname: '/books/:id' }, 'https://example.com/books/12/13', null);
match('and not none', { pathname: '/books/:id' }, 'https://example.com/books/', null);
match('a wildcard is anything', { pathname: '/a/*' }, 'https://example.com/a/b/c', { pathname: { 0: 'b/c' } });
match('also nothing', { pathname: '/a/*' }, 'https://example.com/a/', { pathname: { 0: '' } });
match('an optional name with its slash', { pathname: '/a/:b?' }, 'https://example.com/a', { pathname: {} });
test(() => {
  const { groups } = new URLPattern({ pathname: '/a/:b?' }).exec({ pathname: '/a' }).pathname;
  assert_true('b' in groups);
  assert_equals(groups.b, undefined);
}, 'match: a group that took no part is undefined');
match('repeated names', { pathname: '/a/:b+' }, 'https://example.com/a/1/2', { pathname: { b: '1/2' } });
match('repeated names need one', { pathname: '/a/:b+' }, 'https://example.com/a', null);
match('repeated names or none', { pathname: '/a/:b*' }, 'https://example.com/a', {});
match('a regular expression', { pathname: '/:id(\\d+)' }, { pathname: '/42' }, { pathname: { id: '42' } });
match('a regular expression that does not match', { pathname: '/:id(\\d+)' }, { pathname: '/x' }, null);
match('a regular expression without a name', { pathname: '/(\\d+)/(\\w+)' }, { pathname: '/1/a' }, { pathname: { 0: '1', 1: 'a' } });
match('a regular expression with sets', { pathname: '/([[a-z]--b])' }, { pathname: '/b' }, null);
match('optional braces', { pathname: '/a{.html}?' }, { pathname: '/a.html' }, {});
match('optional braces, without', { pathname: '/a{.html}?' }, { pathname: '/a' }, {});
match('a hostname\'s name stops at a dot', 'https://:sub.example.com/*', 'https://a.b.example.com/', null);
match('a hostname\'s name', 'https://:sub.example.com/*', 'https://www.example.com/x', { hostname: { sub: 'www' }, pathname: { 0: 'x' } });
match('a protocol with an option', 'http{s}?://*/*', 'https://a/', { hostname: { 0: 'a' } });
match('the input is canonicalized', { pathname: '/caf\u00e9' }, 'https://example.com/x/../caf%C3%A9', { pathname: '/caf%C3%A9' });
match('an object is canonicalized', { hostname: 'example.com', pathname: '/b' }, { hostname: 'EXAMPLE.com', pathname: '/a/../b' }, { hostname: 'example.com', pathname: '/b' });
match('a relative URL with its base', { pathname: '/a/:b' }, ['c?d', 'https://example.com/a/b'], { pathname: { b: 'c' }, search: 'd' });
match('an object with its base', { pathname: '/a/:b' }, { pathname: 'c', baseURL: 'https://example.com/a/b' }, { pathname: { b: 'c' }, hostname: 'example.com' });
match('a port', 'https://example.com:8080/', 'https://example.com:8080/', { port: '8080' });
match('a default port', 'https://example.com:443/', 'https://example.com/', { port: '' });
match('another port', 'https://example.com/', 'https://example.com:8080/', null);
match('search and hash', { search: '*a=:a', hash: ':h' }, 'https://example.com/?b&a=1#x', { search: { 0: 'b&', a: '1' }, hash: { h: 'x' } });
match('no search where one is wanted', { search: 'a' }, 'https://example.com/', null);
match('an opaque path', 'data\\:*', 'data:text/plain,a', { pathname: { 0: 'text/plain,a' } });
match('what is no URL', {}, 'no url', null);
match('what has no valid base', {}, ['a', 'no url'], null);
match('an object that is no URL', {}, { protocol: 'no protocol' }, null);
match('a URL object', { pathname: '/a', search: 'b' }, new URL('https://example.com/a?b'), { hostname: 'example.com' });
match('letters differ by case', { pathname: '/a' }, { pathname: '/A' }, null);
match('unless told otherwise', [{ pathname: '/a', search: 'x' }, { ignoreCase: true }], { pathname: '/A', search: 'X' }, {});
match('also with a base', ['/a', 'https://example.com', { ignoreCase: true }], 'https://example.com/A', {});
match('a name may have any letter', { pathname: '/:\u5730\u540d' }, { pathname: '/x' }, { pathname: { '\u5730\u540d': 'x' } });
match('an IPv6 address', { hostname: '[:address(.*)]' }, 'https://[::1]/', { hostname: { address: '::1' } });
match('an IPv6 address with a wildcard', { hostname: '[\\:\\:*]' }, 'https://[::ab]/', { hostname: { 0: 'ab' } });

test(() => {
  const result = new URLPattern({ pathname: '/:a' }).exec('/b', 'https://example.com');
  assert_equals(JSON.stringify(result.inputs), '["/b","https://example.com"]');
  const one = new URLPattern().exec({ pathname: '/b', other: 1 });
  assert_equals(JSON.stringify(one.inputs), '[{"pathname":"/b"}]');
  assert_equals(JSON.stringify(Object.keys(one)), JSON.stringify(['inputs', ...NAMES]));
}, 'the result tells its inputs and every component');

test(() => {
  assert_false(new URLPattern({ pathname: '/:a/*' }).hasRegExpGroups);
  assert_true(new URLPattern({ hostname: ':a(x|y).example' }).hasRegExpGroups);
  assert_false(new URLPattern({ pathname: '/:a(.*)' }).hasRegExpGroups);
}, 'hasRegExpGroups');

test(() => {
  const pattern = new URLPattern({ pathname: '/a' });
  assert_throws_js(TypeError, () => pattern.test({ pathname: '/a' }, 'https://example.com'));
  assert_throws_js(TypeError, () => pattern.exec({ pathname: '/a' }, 'https://example.com'));
}, 'an object is not matched with a base beside it');

test(() => {
  assert_equals(Object.prototype.toString.call(new URLPattern()), '[object URLPattern]');
  assert_throws_js(TypeError, () => URLPattern());
  assert_throws_js(TypeError, () => Object.getOwnPropertyDescriptor(URLPattern.prototype, 'pathname').get.call({}));
}, 'it is an interface');

refused('a relative string without a base', '/books/:id');
refused('a base that is no URL', '/a', 'no url');
refused('a base beside an object', { pathname: '/a' }, 'https://example.com');
refused('a name twice', { pathname: '/:a/:a' });
refused('braces that do not close', { pathname: '/{a' });
refused('braces in braces', { pathname: '/{a{b}}' });
refused('a group that does not close', { pathname: '/(a' });
refused('a group that captures', { pathname: '/(a(b))' });
refused('an empty group', { pathname: '/()' });
refused('a group that begins with a question mark', { pathname: '/(?:a)' });
refused('a letter in a regular expression that is not ASCII', { pathname: '/(\u00e9)' });
refused('a regular expression that is none', { pathname: '/([)' });
refused('a backslash that escapes nothing', { pathname: '/a\\' });
refused('a colon without a name', { pathname: '/: ' });
refused('a modifier of nothing', { pathname: '+a' });
refused('a hostname with a blank', { hostname: 'a b' });
refused('a port that is no number', { port: 'invalid80' });
refused('a port that is too large', { port: '65536' });
refused('a protocol with a blank', { protocol: 'a b' });
refused('an IPv6 address with other letters', { hostname: '[2001\\:xyz]' });
refused('options that are no object', 'https://example.com/', 'https://example.com', 1);

test(() => {
  const m = (p, u, b) => new URLPattern(p, b).exec(u);
  assert_equals(m({ pathname: '/a/:id(\\d+)?' }, 'https://x/a').pathname.groups.id, undefined);
  assert_equals(m({ pathname: '/a/:id+' }, 'https://x/a/b/c').pathname.groups.id, 'b/c');
  assert_equals(m({ pathname: '/a/*' }, 'https://x/a/b/c').pathname.groups[0], 'b/c');
  assert_equals(m({ pathname: '/{a}?b' }, 'https://x/b').pathname.input, '/b');
  assert_equals(m('/x/:y', 'https://h/x/1', 'https://h').pathname.groups.y, '1');
  assert_equals(m('https://*.a.com/:p', 'https://b.a.com/q').hostname.groups[0], 'b');
  assert_true(new URLPattern({ pathname: '/A' }, { ignoreCase: true }).test('https://x/a'));
  assert_false(new URLPattern({ pathname: '/A' }).test('https://x/a'));
  assert_throws_js(TypeError, () => new URLPattern('/x'));
  assert_throws_js(TypeError, () => new URLPattern({ pathname: '/(' }));
  assert_throws_js(TypeError, () => new URLPattern({ pathname: '/:a/:a' }));
  assert_true(new URLPattern({ pathname: '/(a.*)' }).hasRegExpGroups);
  assert_equals(new URLPattern({ protocol: 'https', port: '443' }).port, '');
  assert_equals(new URLPattern('https://a.com/b?c#d').search, 'c');
  assert_true(new URLPattern().test('https://x/y?z'));
}, 'groups, modifiers, bases and ignoreCase');
