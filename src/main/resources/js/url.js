// URL: https://url.spec.whatwg.org/#url-class

import { FRAGMENT, QUERY, SPECIAL_QUERY, USERINFO, percentEncode } from './url/encode.js';
import { parseHost } from './url/host.js';
import { URLSearchParams, paramsOf, setPairs } from './url/params.js';
import { UrlRecord, appendPath, defaultPort, hrefOrNull, isSpecial, originOf, parse, portColon, serialize, setPort, withoutTabs } from './url/parse.js';
import { exposed, require } from './webidl.js';

function usv(value) {
  return `${value}`.toWellFormed();
}

function hasCredentials(url) {
  return url.username !== '' || url.password !== '';
}

// https://url.spec.whatwg.org/#cannot-have-a-username-password-port
function cannotHaveCredentials(url) {
  return url.host === null || url.host === '' || url.scheme === 'file';
}

// The port that a string begins with; none leaves the port as it is.
function takePort(url, text) {
  const digits = /^\d+/.exec(text);
  if (digits !== null && +digits[0] <= 65535) setPort(url, digits[0]);
}

// The parser with the host state, or the hostname state, as its override.
function takeHost(url, value, withPort) {
  const text = withoutTabs(value), whole = text.slice(0, text.search(url.special ? /[/\\?#]|$/ : /[/?#]|$/));
  if (url.scheme === 'file') {
    const host = whole === '' ? '' : parseHost(whole, true);
    if (host !== null) url.host = host === 'localhost' ? '' : host;
    return;
  }
  const colon = portColon(whole), name = colon < 0 ? whole : whole.slice(0, colon);
  if (colon >= 0 && !withPort) return;
  if (name === '' && (url.special || colon >= 0 || hasCredentials(url) || url.port !== null)) return;
  const host = name === '' ? '' : parseHost(name, url.special);
  if (host === null) return;
  url.host = host;
  if (colon >= 0) takePort(url, whole.slice(colon + 1));
}

function parseWithBase(url, base) {
  let parsedBase = null;
  if (base !== undefined) {
    parsedBase = parse(usv(base));
    if (parsedBase === null) return null;
  }
  return parse(usv(url), parsedBase);
}

class URL {
  #url;
  #href; // serialized, unless something changed since
  #params = null;

  constructor(url, base = undefined) {
    require(arguments.length, 1, 'URL');
    const parsed = url instanceof UrlRecord ? url : parseWithBase(url, base);
    if (parsed === null) throw new TypeError(base === undefined ? 'Invalid URL string.' : `Invalid URL string: ${usv(url)} with the base ${usv(base)}.`);
    this.#url = parsed;
  }

  static parse(url, base = undefined) {
    require(arguments.length, 1, 'URL.parse');
    const parsed = parseWithBase(url, base);
    return parsed === null ? null : new URL(parsed);
  }

  static canParse(url, base = undefined) {
    require(arguments.length, 1, 'URL.canParse');
    return parseWithBase(url, base) !== null;
  }

  // https://w3c.github.io/FileAPI/#creating-revoking: Workers have the names alone, for libraries that ask for them.
  static createObjectURL(object) {
    require(arguments.length, 1, 'URL.createObjectURL');
    if (load('blob').bytesOf(object) === undefined) throw new TypeError('URL.createObjectURL: the argument is not a Blob.');
    throw new Error('URL.createObjectURL() is not implemented');
  }

  static revokeObjectURL(url) {
    require(arguments.length, 1, 'URL.revokeObjectURL');
    throw new Error('URL.revokeObjectURL() is not implemented');
  }

  get href() {
    return this.#href ??= serialize(this.#url);
  }

  set href(value) {
    const parsed = parse(usv(value));
    if (parsed === null) throw new TypeError('Invalid URL string.');
    this.#url = parsed;
    this.#href = undefined;
    this.#renewParams();
  }

  get origin() {
    return originOf(this.#url);
  }

  get protocol() {
    return `${this.#url.scheme}:`;
  }

  set protocol(value) {
    const url = this.#change(), found = /^([A-Za-z][A-Za-z0-9+.-]*)(?::|$)/.exec(withoutTabs(usv(value)));
    if (found === null) return;
    const scheme = found[1].toLowerCase();
    if (isSpecial(scheme) !== url.special || (scheme === 'file' && (hasCredentials(url) || url.port !== null))) return;
    if (url.scheme === 'file' && url.host === '') return;
    url.scheme = scheme;
    if (url.port === defaultPort(scheme)) url.port = null;
  }

  get username() {
    return this.#url.username;
  }

  set username(value) {
    const url = this.#change();
    value = usv(value);
    if (!cannotHaveCredentials(url)) url.username = percentEncode(value, USERINFO);
  }

  get password() {
    return this.#url.password;
  }

  set password(value) {
    const url = this.#change();
    value = usv(value);
    if (!cannotHaveCredentials(url)) url.password = percentEncode(value, USERINFO);
  }

  get host() {
    const { host, port } = this.#url;
    return host === null ? '' : port === null ? host : `${host}:${port}`;
  }

  set host(value) {
    const url = this.#change();
    value = usv(value);
    if (!url.opaque) takeHost(url, value, true);
  }

  get hostname() {
    return this.#url.host ?? '';
  }

  set hostname(value) {
    const url = this.#change();
    value = usv(value);
    if (!url.opaque) takeHost(url, value, false);
  }

  get port() {
    const { port } = this.#url;
    return port === null ? '' : `${port}`;
  }

  set port(value) {
    const url = this.#change();
    value = usv(value);
    if (cannotHaveCredentials(url)) return;
    if (value === '') url.port = null;
    else takePort(url, withoutTabs(value));
  }

  get pathname() {
    return this.#url.path;
  }

  set pathname(value) {
    const url = this.#change();
    value = withoutTabs(usv(value));
    if (url.opaque) return;
    url.path = '';
    appendPath(url, value);
    if (url.path === '' && url.host === null) url.path = '/';
  }

  get search() {
    const { query } = this.#url;
    return query === null || query === '' ? '' : `?${query}`;
  }

  set search(value) {
    const url = this.#change();
    value = usv(value);
    if (value === '') url.query = null;
    else url.query = percentEncode(withoutTabs(value[0] === '?' ? value.slice(1) : value), url.special ? SPECIAL_QUERY : QUERY);
    this.#renewParams();
  }

  get searchParams() {
    return this.#params ??= paramsOf(this.#url.query ?? '', (query) => {
      this.#change().query = query === '' ? null : query;
    });
  }

  get hash() {
    const { fragment } = this.#url;
    return fragment === null || fragment === '' ? '' : `#${fragment}`;
  }

  set hash(value) {
    const url = this.#change();
    value = usv(value);
    url.fragment = value === '' ? null : percentEncode(withoutTabs(value[0] === '#' ? value.slice(1) : value), FRAGMENT);
  }

  toString() {
    return this.href;
  }

  toJSON() {
    return this.href;
  }

  #change() {
    this.#href = undefined;
    return this.#url;
  }

  #renewParams() {
    if (this.#params !== null) setPairs(this.#params, this.#url.query ?? '');
  }
}
exposed(URL);

// The URL that a string stands for, serialized; null if it stands for none.
export function parseHref(text) {
  return hrefOrNull(usv(text));
}

export function hrefOf(text) {
  const href = parseHref(text);
  if (href === null) throw new TypeError(`Invalid URL: ${text}`);
  return href;
}

export { URL, URLSearchParams };
