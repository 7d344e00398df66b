// The URL parser and serializer (https://url.spec.whatwg.org/#url-parsing).
//
// The standard's states are walked by cutting: first the fragment, then the query, then scheme, authority and path, which none of the states before could
// have ended elsewhere. A path is the string that the serializer makes of its segments: '' for no segment at all, '/' for one that is empty.

import { C0_CONTROL, FRAGMENT, PATH, QUERY, SPECIAL_QUERY, USERINFO, percentEncode } from './url/encode.js';
import { parseHost } from './url/host.js';

const PORTS = { __proto__: null, 'http': 80, 'https': 443, 'ws': 80, 'wss': 443, 'ftp': 21, 'file': null };

// An absolute http or https URL that is already what the serializer would write: scheme, host, port, path, query, fragment.
const ORDINARY = /^(https?):\/\/((?:[a-z0-9_-]+\.)*[a-z][a-z0-9_-]*|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d))(?::([1-9]\d{0,4}))?(\/[!$-;=@-\]_a-z|~]*)(?:\?([!$-&(-;=?-~]*))?(?:#([!#-;=?-_a-~]*))?$/;
const NOT_ORDINARY = /\/\.|\/%2e|\\|xn--/i;
const DRIVE = /^[A-Za-z][:|]$/;
const STARTS_WITH_DRIVE = /^[A-Za-z][:|](?:[/\\]|$)/;

export class UrlRecord {
  scheme = '';
  username = '';
  password = '';
  host = null;
  port = null;
  path = '';
  opaque = false;
  query = null;
  fragment = null;

  get special() {
    return PORTS[this.scheme] !== undefined;
  }
}

export function isSpecial(scheme) {
  return PORTS[scheme] !== undefined;
}

export function defaultPort(scheme) {
  return PORTS[scheme] ?? null;
}

function ordinary(text) {
  const found = ORDINARY.exec(text);
  if (found === null) return null;
  const [, scheme, host, port, path, query, fragment] = found;
  if (NOT_ORDINARY.test(host) || NOT_ORDINARY.test(path) || (port !== undefined && (+port > 65535 || +port === PORTS[scheme]))) return null;
  const url = new UrlRecord();
  url.scheme = scheme;
  url.host = host;
  if (port !== undefined) url.port = +port;
  url.path = path;
  if (query !== undefined) url.query = query;
  if (fragment !== undefined) url.fragment = fragment;
  return url;
}

export function withoutTabs(text) {
  return /[\t\n\r]/.test(text) ? text.replace(/[\t\n\r]/g, '') : text;
}

// Of a string without lone surrogates; null is a failure.
export function parse(input, base = null) {
  const quick = ordinary(input);
  if (quick !== null) return quick;
  let rest = withoutTabs(input.replace(/^[\0- ]+/, '').replace(/[\0- ]+$/, ''));
  const url = new UrlRecord();
  let query = null;
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    url.fragment = percentEncode(rest.slice(hash + 1), FRAGMENT);
    rest = rest.slice(0, hash);
  }
  const mark = rest.indexOf('?');
  if (mark >= 0) {
    query = rest.slice(mark + 1);
    rest = rest.slice(0, mark);
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest);
  let parsed;
  if (scheme === null) {
    parsed = base !== null && parseRelative(url, rest, query, base, hash >= 0);
  } else {
    url.scheme = scheme[1].toLowerCase();
    parsed = parseAbsolute(url, rest.slice(scheme[0].length), query, base, mark >= 0 || hash >= 0);
  }
  if (!parsed) return null;
  if (query !== null) url.query = percentEncode(query, url.special ? SPECIAL_QUERY : QUERY);
  return url;
}

function parseAbsolute(url, rest, query, base, followed) {
  if (url.scheme === 'file') return parseFile(url, rest, query, base !== null && base.scheme === 'file' ? base : null);
  if (url.special) {
    if (base !== null && base.scheme === url.scheme && !rest.startsWith('//')) return parseReference(url, rest, query, base);
    return parseAuthority(url, rest.replace(/^[/\\]+/, ''));
  }
  if (rest.startsWith('//')) return parseAuthority(url, rest.slice(2));
  if (rest.startsWith('/')) {
    appendPath(url, rest);
  } else {
    url.opaque = true;
    url.path = percentEncode(rest, C0_CONTROL);
    if (followed && url.path.endsWith(' ')) url.path = `${url.path.slice(0, -1)}%20`;
  }
  return true;
}

// https://url.spec.whatwg.org/#no-scheme-state
function parseRelative(url, rest, query, base, hasFragment) {
  if (base.opaque) {
    if (rest !== '' || query !== null || !hasFragment) return false;
    url.scheme = base.scheme;
    url.path = base.path;
    url.opaque = true;
    url.query = base.query;
    return true;
  }
  url.scheme = base.scheme;
  return base.scheme === 'file' ? parseFile(url, rest, query, base) : parseReference(url, rest, query, base);
}

// https://url.spec.whatwg.org/#relative-state
function parseReference(url, rest, query, base) {
  if (isSlash(rest[0], url.special)) {
    if (isSlash(rest[1], url.special)) return parseAuthority(url, url.special ? rest.replace(/^[/\\]+/, '') : rest.slice(2));
    copyAuthority(url, base);
    appendPath(url, rest);
    return true;
  }
  copyAuthority(url, base);
  resolvePath(url, rest, query, base);
  return true;
}

function copyAuthority(url, base) {
  url.username = base.username;
  url.password = base.password;
  url.host = base.host;
  url.port = base.port;
}

// A path that does not begin with a slash.
function resolvePath(url, rest, query, base) {
  url.path = base.path;
  if (rest === '') {
    if (query === null) url.query = base.query;
    return;
  }
  shorten(url);
  appendSegments(url, rest);
}

// https://url.spec.whatwg.org/#file-state
function parseFile(url, rest, query, base) {
  url.host = '';
  if (isSlash(rest[0], true)) {
    if (isSlash(rest[1], true)) return parseFileHost(url, rest.slice(2));
    if (base !== null) {
      url.host = base.host;
      const drive = /^\/[A-Za-z]:(?=\/|$)/.exec(base.path);
      if (drive !== null && !STARTS_WITH_DRIVE.test(rest.slice(1))) url.path = drive[0];
    }
    appendPath(url, rest);
  } else if (base === null) {
    appendPath(url, rest);
  } else {
    url.host = base.host;
    if (STARTS_WITH_DRIVE.test(rest)) appendSegments(url, rest);
    else resolvePath(url, rest, query, base);
  }
  return true;
}

// https://url.spec.whatwg.org/#file-host-state
function parseFileHost(url, rest) {
  const end = rest.search(/[/\\]|$/), text = rest.slice(0, end);
  if (DRIVE.test(text)) {
    appendSegments(url, rest);
    return true;
  }
  if (text !== '') {
    const host = parseHost(text, true);
    if (host === null) return false;
    url.host = host === 'localhost' ? '' : host;
  }
  appendPath(url, rest.slice(end));
  return true;
}

// https://url.spec.whatwg.org/#authority-state
function parseAuthority(url, rest) {
  const end = rest.search(url.special ? /[/\\]|$/ : /\/|$/), at = rest.lastIndexOf('@', end - 1);
  if (at >= 0) {
    const credentials = rest.slice(0, at), colon = credentials.indexOf(':');
    url.username = percentEncode(colon < 0 ? credentials : credentials.slice(0, colon), USERINFO);
    if (colon >= 0) url.password = percentEncode(credentials.slice(colon + 1), USERINFO);
    if (at + 1 === end) return false;
  }
  const authority = rest.slice(at + 1, end), colon = portColon(authority);
  const text = colon < 0 ? authority : authority.slice(0, colon);
  if (text === '' && (url.special || colon >= 0)) return false;
  if ((url.host = text === '' ? '' : parseHost(text, url.special)) === null) return false;
  if (colon >= 0) {
    const port = authority.slice(colon + 1);
    if (!/^\d*$/.test(port) || +port > 65535) return false;
    setPort(url, port);
  }
  appendPath(url, rest.slice(end));
  return true;
}

// Where the port begins: the first colon outside of brackets.
export function portColon(authority) {
  let inside = false;
  for (let i = 0; i < authority.length; i++) {
    const c = authority[i];
    if (c === ':' && !inside) return i;
    if (c === '[') inside = true;
    else if (c === ']') inside = false;
  }
  return -1;
}

export function setPort(url, digits) {
  url.port = digits === '' || +digits === PORTS[url.scheme] ? null : +digits;
}

function isSlash(c, special) {
  return c === '/' || (special && c === '\\');
}

// https://url.spec.whatwg.org/#path-start-state: what is behind the authority.
export function appendPath(url, text) {
  if (url.special || text !== '') appendSegments(url, isSlash(text[0], url.special) ? text.slice(1) : text);
}

// https://url.spec.whatwg.org/#path-state
function appendSegments(url, text) {
  const segments = text.split(url.special ? /[/\\]/ : '/'), last = segments.length - 1;
  for (let i = 0; i <= last; i++) {
    const segment = segments[i];
    if (/^(?:\.|%2e){2}$/i.test(segment)) {
      shorten(url);
      if (i === last) url.path += '/';
    } else if (/^(?:\.|%2e)$/i.test(segment)) {
      if (i === last) url.path += '/';
    } else if (url.scheme === 'file' && url.path === '' && DRIVE.test(segment)) {
      url.path = `/${segment[0]}:`;
    } else {
      url.path += `/${percentEncode(segment, PATH)}`;
    }
  }
}

// https://url.spec.whatwg.org/#shorten-a-urls-path
function shorten(url) {
  if (url.scheme === 'file' && /^\/[A-Za-z]:$/.test(url.path)) return;
  url.path = url.path.slice(0, Math.max(0, url.path.lastIndexOf('/')));
}

// https://url.spec.whatwg.org/#concept-url-serializer
export function serialize(url) {
  let text = `${url.scheme}:`;
  if (url.host !== null) {
    text += '//';
    if (url.username !== '' || url.password !== '') text += `${url.username}${url.password === '' ? '' : `:${url.password}`}@`;
    text += url.host;
    if (url.port !== null) text += `:${url.port}`;
  } else if (!url.opaque && url.path.startsWith('//')) {
    text += '/.';
  }
  text += url.path;
  if (url.query !== null) text += `?${url.query}`;
  return url.fragment === null ? text : `${text}#${url.fragment}`;
}

// The URL of an ordinary one is the string itself.
export function hrefOrNull(input) {
  if (ordinary(input) !== null) return input;
  const url = parse(input);
  return url === null ? null : serialize(url);
}

// https://url.spec.whatwg.org/#concept-url-origin, serialized.
export function originOf(url) {
  if (url.scheme === 'blob') {
    const inner = parse(url.path);
    return inner !== null && (inner.scheme === 'http' || inner.scheme === 'https') ? originOf(inner) : 'null';
  }
  if (!url.special || url.scheme === 'file') return 'null';
  return `${url.scheme}://${url.host}${url.port === null ? '' : `:${url.port}`}`;
}
