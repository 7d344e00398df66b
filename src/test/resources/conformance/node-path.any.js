// flags: nodejs_compat
// node:path: https://nodejs.org/api/path.html
import path, { basename, dirname, extname, format, isAbsolute, join, matchesGlob, normalize, parse, relative, resolve, win32 } from 'node:path';
import posix from 'node:path/posix';

function table(name, f, cases) {
  for (const [args, expected] of cases) {
    test(() => assert_equals(f(...args), expected), `${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`);
  }
}

test(() => {
  assert_equals(path.sep + path.delimiter, '/:');
  assert_equals(path.posix.join, posix.join);
  assert_equals(win32.sep, '\\');
  try { join(1); assert_unreached(); } catch (e) { assert_equals(e.code, 'ERR_INVALID_ARG_TYPE'); }
}, 'the module');

table('join', join, [[['/a', 'b', '../c'], '/a/c'], [['a', '', 'b'], 'a/b'], [[], '.'], [['..', 'a'], '../a'], [['a/', '/b/'], 'a/b/'], [['a', '..', '..'], '..']]);
table('normalize', normalize, [[['/a//b/./c/..'], '/a/b'], [['./a/'], 'a/'], [[''], '.'], [['/..'], '/'], [['a/../..'], '..'], [['./'], './'], [['//a'], '/a']]);
table('resolve', resolve, [[['/a', 'b', '../c'], '/a/c'], [['/a', '/b'], '/b'], [['/a', ''], '/a'], [['/..'], '/'], [['/a/b/', './c/'], '/a/b/c']]);
table('relative', relative, [[['/a/b/c', '/a/d'], '../../d'], [['/a', '/a'], ''], [['/a', '/a/b'], 'b'], [['/a/b', '/a'], '..'], [['/', '/x'], 'x'], [['/foo/bar', '/foo/bar-baz'], '../bar-baz']]);
table('dirname', dirname, [[['/a/b'], '/a'], [['/a'], '/'], [['a'], '.'], [[''], '.'], [['/a/b/'], '/a'], [['/'], '/'], [['a//b'], 'a/']]);
table('basename', basename, [[['/a/b.html'], 'b.html'], [['/a/b.html', '.html'], 'b'], [['/a/'], 'a'], [['/'], ''], [['a', 'a'], ''], [['/a', 'a'], 'a'], [['aa', 'a'], 'a']]);
table('extname', extname, [[['a.html'], '.html'], [['a.b.c'], '.c'], [['a.'], '.'], [['a'], ''], [['.a'], ''], [['.a.b'], '.b'], [['/a.b/c'], ''], [['..'], '']]);
table('isAbsolute', isAbsolute, [[['/a'], true], [['a'], false], [[''], false]]);
table('format', format, [[[{ dir: '/a', base: 'b.c' }], '/a/b.c'], [[{ root: '/', name: 'b', ext: '.c' }], '/b.c'], [[{ root: '/', base: 'b', ext: 'x' }], '/b'], [[{ name: 'a', ext: 'b' }], 'a.b']]);
table('win32.join', win32.join, [[['C:\\a', '..', 'b'], 'C:\\b'], [['a', '/b'], 'a\\b'], [['C:', 'a'], 'C:\\a']]);
table('win32.basename', win32.basename, [[['C:\\a\\b.c'], 'b.c'], [['C:/a/b.c', '.c'], 'b'], [['C:'], '']]);
table('win32.dirname', win32.dirname, [[['C:\\a\\b'], 'C:\\a'], [['C:\\a'], 'C:\\'], [['\\\\host\\share\\a'], '\\\\host\\share\\']]);
table('win32.isAbsolute', win32.isAbsolute, [[['C:\\'], true], [['C:a'], false], [['/a'], true]]);
table('win32.normalize', win32.normalize, [[['C:/a/../b'], 'C:\\b'], [['a/./b\\'], 'a\\b\\']]);

table('matchesGlob', matchesGlob, [
  [['/foo/bar', '/foo/*'], true], [['/foo/bar/baz', '/foo/*'], false], [['/foo/bar/baz', '/foo/**'], true], [['/foo', '/foo/**'], false],
  [['a/b/c', 'a/**/c'], true], [['a/c', 'a/**/c'], true], [['b.js', '**/*.js'], true], [['a/.b', 'a/*'], false], [['a/.b', 'a/.*'], true], [['.a/b', '**'], false],
  [['foo', 'f?o'], true], [['a/o', 'a?o'], false], [['b', '[a-c]'], true], [['b', '[!a-c]'], false], [[']', '[]]'], true], [['[', '['], true],
  [['ab', '{a,b}{a,b}'], true], [['a3', 'a{1..3}'], true], [['a4', 'a{1..3}'], false], [['{a}', '{a}'], true], [['c', '{a,{b,c}}'], true],
  [['abab', '+(a|b)'], true], [['', '?(a)'], true], [['a', '!(a)'], false], [['ab', '!(a)'], true], [['ab', '@(ab|cd)'], true], [['abx', '*(ab)x'], true],
  [['a//b/', 'a/./b'], true], [['a/../b', 'b'], true], [['A', 'a'], false], [['a.b', 'a?b'], true], [['axb', 'a.b'], false],
]);
table('win32.matchesGlob', win32.matchesGlob, [[['C:\\foo\\bar', 'C:\\foo\\*'], true], [['foo\\bar', 'foo/*'], true]]);

test(() => {
  try { matchesGlob('a', 1); assert_unreached(); } catch (e) { assert_equals(e.code, 'ERR_INVALID_ARG_TYPE'); }
  assert_throws_js(RangeError, () => matchesGlob('a', '{1..9}'.repeat(9)));
  assert_throws_js(RangeError, () => matchesGlob('a', '{1..999999999}'));
  assert_throws_js(TypeError, () => matchesGlob('a', '*'.repeat(70000)));
  assert_false(matchesGlob('a/'.repeat(50), '**/'.repeat(50) + 'b'));
}, 'a pattern that stands for too much is refused');

for (const [text, expected] of [
  ['/home/a/f.txt', { root: '/', dir: '/home/a', base: 'f.txt', ext: '.txt', name: 'f' }], ['f', { root: '', dir: '', base: 'f', ext: '', name: 'f' }],
  ['./a/b', { root: '', dir: './a', base: 'b', ext: '', name: 'b' }], ['/', { root: '/', dir: '/', base: '', ext: '', name: '' }],
  ['/.a', { root: '/', dir: '/', base: '.a', ext: '', name: '.a' }], ['./x', { root: '', dir: '.', base: 'x', ext: '', name: 'x' }],
]) {
  test(() => assert_equals(JSON.stringify(parse(text)), JSON.stringify(expected)), `parse(${JSON.stringify(text)})`);
}
