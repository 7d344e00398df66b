// Paths of both kinds: https://nodejs.org/api/path.html

import { requireObject, requireString } from './nodejs/errors.js';
import { matchesGlob } from './nodejs/glob.js';

// The parts of a path without '.', '..' and empty ones; those '..' that lead out of it stay where it is not absolute.
function resolveParts(parts, absolute) {
  const kept = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part === '..' && kept.length > 0 && kept[kept.length - 1] !== '..') kept.pop();
    else if (part !== '..' || !absolute) kept.push(part);
  }
  return kept;
}

function extension(base) {
  const dot = base.lastIndexOf('.');
  return dot <= 0 || base === '..' ? '' : base.slice(dot);
}

// `root`: splits a path into its root ('/', 'C:\\', '\\\\host\\share\\', 'C:') and the rest.
function make({ sep, delimiter, split, root, isAbsolute, cwd, ignoreCase }) {
  const trimEnd = (text) => {
    let end = text.length;
    while (end > 0 && split.test(text[end - 1])) end--;
    return text.slice(0, end);
  };

  const path = {
    sep,
    delimiter,

    isAbsolute(path) {
      requireString(path, 'path');
      return isAbsolute(path);
    },

    normalize(path) {
      requireString(path, 'path');
      if (path === '') return '.';
      const [head, rest] = root(path), absolute = isAbsolute(path);
      let text = resolveParts(rest.split(split), absolute).join(sep);
      if (text === '' && !absolute) text = '.';
      if (text !== '' && rest !== '' && split.test(rest[rest.length - 1])) text += sep;
      return head + text;
    },

    join(...paths) {
      for (const each of paths) requireString(each, 'path');
      const joined = paths.filter((each) => each !== '').join(sep);
      return joined === '' ? '.' : path.normalize(joined);
    },

    resolve(...paths) {
      let resolved = '', head = '';
      for (let i = paths.length - 1; i >= -1; i--) {
        const each = i >= 0 ? paths[i] : cwd;
        requireString(each, `paths[${i}]`);
        if (each === '') continue;
        const [r, rest] = root(each);
        resolved = resolved === '' ? rest : `${rest}${sep}${resolved}`;
        if (isAbsolute(each)) {
          head = r;
          break;
        }
      }
      return head + resolveParts(resolved.split(split), true).join(sep) || '.';
    },

    extname: (text) => extension(path.basename(text)),

    relative(from, to) {
      requireString(from, 'from');
      requireString(to, 'to');
      const a = path.resolve(from), b = path.resolve(to), same = (x, y) => ignoreCase ? x.toLowerCase() === y.toLowerCase() : x === y;
      const left = a.split(split).filter((part) => part !== ''), right = b.split(split).filter((part) => part !== '');
      let common = 0;
      while (common < left.length && common < right.length && same(left[common], right[common])) common++;
      if (ignoreCase && common === 0 && left.length > 0) return b;
      return [...left.slice(common).map(() => '..'), ...right.slice(common)].join(sep);
    },

    matchesGlob(path, pattern) {
      requireString(path, 'path');
      requireString(pattern, 'pattern');
      return matchesGlob(path.replaceAll(sep, '/'), pattern);
    },

    toNamespacedPath: (path) => path,

    dirname(path) {
      requireString(path, 'path');
      const [head, rest] = root(path), trimmed = trimEnd(rest);
      let end = trimmed.length;
      while (end > 0 && !split.test(trimmed[end - 1])) end--;
      return head + trimmed.slice(0, Math.max(end - 1, 0)) || '.';
    },

    basename(path, suffix = undefined) {
      requireString(path, 'path');
      if (suffix !== undefined) requireString(suffix, 'suffix');
      if (suffix === path) return '';
      const trimmed = trimEnd(root(path)[1]);
      let start = trimmed.length;
      while (start > 0 && !split.test(trimmed[start - 1])) start--;
      const base = trimmed.slice(start);
      return suffix !== undefined && base !== suffix && base.endsWith(suffix) ? base.slice(0, base.length - suffix.length) : base;
    },

    parse(text) {
      requireString(text, 'path');
      const [head] = root(text), base = path.basename(text), ext = extension(base), full = path.dirname(text);
      return { root: head, dir: full === '.' && !/^\.[\\/]/.test(text) ? '' : full, base, ext, name: ext === '' ? base : base.slice(0, -ext.length) };
    },

    format(object) {
      requireObject(object, 'pathObject');
      const dir = object.dir || object.root, base = object.base || `${object.name ?? ''}${object.ext ? (object.ext.startsWith('.') ? '' : '.') + object.ext : ''}`;
      return !dir ? base : dir === object.root ? `${dir}${base}` : `${dir}${sep}${base}`;
    },
  };
  return path;
}

export const posix = make({
  sep: '/',
  delimiter: ':',
  split: /\//,
  root: (path) => path.startsWith('/') ? ['/', path.slice(1)] : ['', path],
  isAbsolute: (path) => path.startsWith('/'),
  cwd: '/bundle',
  ignoreCase: false,
});

const WINDOWS_ROOT = /^(?:([a-zA-Z]:)([\\/]?)|[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)(?:[\\/]+|$)|([\\/]))/;

export const win32 = make({
  sep: '\\',
  delimiter: ';',
  split: /[\\/]/,
  root(path) {
    const found = WINDOWS_ROOT.exec(path);
    if (found === null) return ['', path];
    const [whole, drive, slash, host, share] = found;
    return [drive !== undefined ? drive + (slash === '' ? '' : '\\') : host !== undefined ? `\\\\${host}\\${share}\\` : '\\', path.slice(whole.length)];
  },
  isAbsolute: (path) => /^(?:[a-zA-Z]:)?[\\/]/.test(path),
  cwd: 'C:\\bundle',
  ignoreCase: true,
});
posix.posix = win32.posix = posix;
posix.win32 = win32.win32 = win32;
