// `node:url`: https://nodejs.org/api/url.html, with the older interface that cuts a string as it stands.

import { URL, URLSearchParams } from './url.js';
import { domainToAscii } from './url/encode.js';
import { coded, invalidArgType, requireString } from './nodejs/errors.js';
import { parse as parseQuery, stringify as stringifyQuery } from './node/querystring.js';

const SLASHED = ['http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:'];
const TO_ESCAPE = /[\t\n\r "'<>\\^`{|}]/g;

function Url() {
  for (const name of ['protocol', 'slashes', 'auth', 'host', 'port', 'hostname', 'hash', 'search', 'query', 'pathname', 'path', 'href']) this[name] = null;
}

function parse(text, withQuery = false, slashesDenoteHost = false) {
  if (text instanceof Url) return text;
  requireString(text, 'url');
  const url = new Url();
  let rest = text.trim();
  const mark = rest.search(/[?#]/), head = mark < 0 ? rest : rest.slice(0, mark);
  rest = head.replaceAll('\\', '/') + (mark < 0 ? '' : rest.slice(mark));
  const protocol = /^([a-z0-9.+-]+:)/i.exec(rest)?.[1];
  if (protocol !== undefined) {
    url.protocol = protocol.toLowerCase();
    rest = rest.slice(protocol.length);
  }
  if (rest.startsWith('//') && (protocol !== undefined || slashesDenoteHost || /^\/\/[^@/]+@[^@/]+/.test(rest))) {
    if (url.protocol !== 'javascript:') {
      url.slashes = true;
      rest = takeHost(url, rest.slice(2));
    }
  } else if (SLASHED.includes(url.protocol) && url.protocol !== 'file:') {
    rest = takeHost(url, rest.replace(/^\/+/, ''));
  }
  if (url.protocol !== 'javascript:') rest = rest.replace(TO_ESCAPE, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    url.hash = rest.slice(hash);
    rest = rest.slice(0, hash);
  }
  const question = rest.indexOf('?');
  if (question >= 0) {
    url.search = rest.slice(question);
    url.query = rest.slice(question + 1);
    rest = rest.slice(0, question);
  }
  if (withQuery) {
    url.search ??= '';
    url.query = parseQuery(url.query ?? '');
  }
  if (rest !== '') url.pathname = rest;
  else if (SLASHED.includes(url.protocol) && url.hostname) url.pathname = '/';
  if (url.pathname !== null || url.search) url.path = (url.pathname ?? '') + (url.search ?? '');
  url.href = format(url);
  return url;
}

function takeHost(url, text) {
  const end = text.search(/[/?#]|$/), at = text.lastIndexOf('@', end);
  if (at >= 0) url.auth = decodeURIComponent(text.slice(0, at));
  const host = text.slice(at + 1, end), port = /:(\d*)$/.exec(host);
  if (port !== null && port[1] !== '') url.port = port[1];
  let hostname = port === null ? host : host.slice(0, -port[0].length);
  if (/^\[.*\]$/.test(hostname)) hostname = hostname.slice(1, -1);
  else hostname = /[^\0-\x7f]/.test(hostname) ? domainToAscii(hostname) ?? '' : hostname.toLowerCase();
  url.hostname = hostname;
  url.host = (hostname.includes(':') ? `[${hostname}]` : hostname) + (url.port === null ? '' : `:${url.port}`);
  return text.slice(end);
}

function format(url, options = undefined) {
  if (url instanceof URL) return formatUrl(url, options);
  if (typeof url === 'string') return parse(url).href;
  if (typeof url !== 'object' || url === null) throw invalidArgType('urlObject', 'one of type object or string', url);
  let { protocol, pathname = '', hash, search, query } = url;
  const auth = url.auth ? `${encodeURIComponent(url.auth).replace(/%3A/i, ':')}@` : '';
  if (protocol && !protocol.endsWith(':')) protocol += ':';
  let host = '';
  if (url.host) host = auth + url.host;
  else if (url.hostname) host = auth + (url.hostname.includes(':') && !url.hostname.startsWith('[') ? `[${url.hostname}]` : url.hostname) + (url.port ? `:${url.port}` : '');
  if (query !== null && typeof query === 'object') query = stringifyQuery(query);
  else query = undefined;
  search ||= query ? `?${query}` : '';
  pathname ||= '';
  pathname = pathname.replace(/[?#]/g, encodeURIComponent);
  search = search.replaceAll('#', '%23');
  if (url.slashes || (!protocol || SLASHED.includes(protocol)) && host !== '') {
    host = `//${host}`;
    if (pathname !== '' && !pathname.startsWith('/')) pathname = `/${pathname}`;
  }
  if (hash && !hash.startsWith('#')) hash = `#${hash}`;
  if (search && !search.startsWith('?')) search = `?${search}`;
  return (protocol ?? '') + host + pathname + search + (hash ?? '');
}

function formatUrl(url, { auth = true, fragment = true, search = true, unicode = false } = {}) {
  const credentials = auth && url.username !== '' ? `${url.username}${url.password === '' ? '' : `:${url.password}`}@` : '';
  const host = unicode ? url.host.replace(url.hostname, domainToUnicode(url.hostname)) : url.host;
  return `${url.protocol}${url.href.startsWith(`${url.protocol}//`) ? '//' : ''}${credentials}${host}${url.pathname}${search ? url.search : ''}${fragment ? url.hash : ''}`;
}

// A reference resolved as of old: of two that are no absolute URLs comes none either.
function resolve(from, to) {
  const resolved = new URL(to, new URL(from, 'resolve://resolve'));
  if (resolved.protocol !== 'resolve:') return resolved.href;
  const absolute = from.startsWith('/') || to.startsWith('/');
  return (absolute ? resolved.pathname : resolved.pathname.slice(1)) + resolved.search + resolved.hash;
}

Url.prototype.parse = function (...args) { return Object.assign(this, parse(...args)); };
Url.prototype.format = function () { return format(this); };
Url.prototype.resolve = function (relative) { return resolve(this.href, relative); };
const resolveObject = (from, to) => parse(resolve(from, to));

function fileURLToPath(url) {
  const parsed = typeof url === 'string' ? new URL(url) : url;
  if (!(parsed instanceof URL)) throw invalidArgType('path', 'of type string or an instance of URL', url);
  if (parsed.protocol !== 'file:') throw coded(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (parsed.hostname !== '') throw coded(TypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  if (/%2f/i.test(parsed.pathname)) throw coded(TypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  return decodeURIComponent(parsed.pathname);
}

function pathToFileURL(path) {
  requireString(path, 'path');
  const resolved = load('node/path').default.resolve(path), url = new URL('file:///');
  url.pathname = (path.endsWith('/') && resolved !== '/' ? `${resolved}/` : resolved).replaceAll('%', '%25').replaceAll('\\', '%5C').replaceAll('\n', '%0A').replaceAll('\r', '%0D')
    .replaceAll('\t', '%09').replaceAll('?', '%3F').replaceAll('#', '%23');
  return url;
}

const domainToASCII = (domain) => {
  try {
    return new URL(`ws://${domain}`).hostname;
  } catch {
    return '';
  }
};

// Punycode decoded: https://www.rfc-editor.org/rfc/rfc3492#section-6.2
function decodeLabel(label) {
  if (!/^xn--/i.test(label)) return label;
  const text = label.slice(4).toLowerCase(), dash = text.lastIndexOf('-'), points = [...text.slice(0, Math.max(dash, 0))].map((each) => each.codePointAt(0));
  let n = 128, i = 0, bias = 72;
  for (let at = dash < 0 ? 0 : dash + 1; at < text.length;) {
    const before = i;
    for (let weight = 1, k = 36; ; k += 36) {
      const code = text.charCodeAt(at++), digit = code >= 97 && code <= 122 ? code - 97 : code >= 48 && code <= 57 ? code - 22 : 36;
      if (digit >= 36) return label;
      i += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= 36 - threshold;
    }
    const count = points.length + 1;
    let delta = before === 0 ? Math.floor((i - before) / 700) : (i - before) >> 1, k = 0;
    delta += Math.floor(delta / count);
    for (; delta > 455; k += 36) delta = Math.floor(delta / 35);
    bias = k + Math.floor(36 * delta / (delta + 38));
    n += Math.floor(i / count);
    i %= count;
    if (n > 0x10ffff) return label;
    points.splice(i++, 0, n);
  }
  return String.fromCodePoint(...points);
}

const domainToUnicode = (domain) => domainToASCII(domain).split('.').map(decodeLabel).join('.');

function urlToHttpOptions(url) {
  const { hostname, pathname, search, hash, href, port, protocol, username, password } = url;
  const options = { protocol, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), hash, search, pathname, path: `${pathname}${search}`, href };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

const module = { URL, URLSearchParams, Url, parse, format, resolve, resolveObject, fileURLToPath, pathToFileURL, domainToASCII, domainToUnicode, urlToHttpOptions };
Object.defineProperty(module, 'URLPattern', { get: () => load('urlpattern').URLPattern, enumerable: true });

export { module as default, URL, URLSearchParams, Url, parse, format, resolve, resolveObject, fileURLToPath, pathToFileURL, domainToASCII, domainToUnicode, urlToHttpOptions };
