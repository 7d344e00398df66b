// URLPattern: https://urlpattern.spec.whatwg.org/

import { defaultPort, parse } from './url/parse.js';
import { canonical } from './urlpattern/canonical.js';
import { Component, DEFAULT, HOSTNAME, PATHNAME, escapePattern } from './urlpattern/parts.js';
import { SPECIAL_SCHEMES, matchesSpecialScheme, parseConstructorString } from './urlpattern/string.js';
import { exposed } from './webidl.js';

const COMPONENTS = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];
const MEMBERS = ['baseURL', 'hash', 'hostname', 'password', 'pathname', 'port', 'protocol', 'search', 'username'];

const usv = (value) => `${value}`.toWellFormed();
const isObject = (value) => typeof value === 'object' && value !== null || typeof value === 'function';

// A string, or the members of a URLPatternInit.
function inputOf(value) {
  if (value !== undefined && value !== null && !isObject(value)) return usv(value);
  const init = {};
  if (isObject(value)) {
    for (const name of MEMBERS) {
      const member = value[name];
      if (member !== undefined) init[name] = usv(member);
    }
  }
  return init;
}

// https://urlpattern.spec.whatwg.org/#is-an-absolute-pathname
function isAbsolute(pathname, pattern) {
  return pathname.startsWith('/') || (pattern && (pathname.startsWith('\\/') || pathname.startsWith('{/')));
}

// https://urlpattern.spec.whatwg.org/#process-a-urlpatterninit. Of patterns nothing is canonicalized yet.
function processInit(init, pattern, result) {
  const inherited = (text) => pattern ? escapePattern(text) : text;
  const without = (...names) => names.every((name) => init[name] === undefined);
  let base = null;
  if (init.baseURL !== undefined) {
    base = parse(init.baseURL);
    if (base === null) throw new TypeError(`Invalid base URL: ${init.baseURL}`);
    if (without('protocol')) result.protocol = inherited(base.scheme);
    if (!pattern && without('protocol', 'hostname', 'port', 'username')) {
      result.username = base.username;
      if (without('password')) result.password = base.password;
    }
    if (without('protocol', 'hostname')) {
      result.hostname = inherited(base.host ?? '');
      if (without('port')) {
        result.port = base.port === null ? '' : `${base.port}`;
        if (without('pathname')) {
          result.pathname = inherited(base.path);
          if (without('search')) {
            result.search = inherited(base.query ?? '');
            if (without('hash')) result.hash = inherited(base.fragment ?? '');
          }
        }
      }
    }
  }
  const put = (name, value, canonicalize) => { result[name] = pattern ? value : canonicalize(value); };
  if (init.protocol !== undefined) put('protocol', init.protocol.replace(/:$/, ''), canonical.protocol);
  if (init.username !== undefined) put('username', init.username, canonical.username);
  if (init.password !== undefined) put('password', init.password, canonical.password);
  if (init.hostname !== undefined) put('hostname', init.hostname, canonical.hostname);
  const scheme = result.protocol ?? '';
  if (init.port !== undefined) put('port', init.port, (port) => canonical.port(port, scheme));
  if (init.pathname !== undefined) {
    let { pathname } = init;
    if (base !== null && !base.opaque && !isAbsolute(pathname, pattern)) {
      const path = inherited(base.path);
      pathname = path.slice(0, path.lastIndexOf('/') + 1) + pathname;
    }
    put('pathname', pathname, scheme === '' || SPECIAL_SCHEMES.includes(scheme) ? canonical.pathname : canonical.opaquePathname);
  }
  if (init.search !== undefined) put('search', init.search.replace(/^\?/, ''), canonical.search);
  if (init.hash !== undefined) put('hash', init.hash.replace(/^#/, ''), canonical.hash);
  return result;
}

const empty = () => ({ protocol: '', username: '', password: '', hostname: '', port: '', pathname: '', search: '', hash: '' });

// The components of the URL that is to be matched, or null where it is none.
function componentsOf(input, base) {
  if (typeof input !== 'string') {
    try {
      return processInit(input, false, empty());
    } catch {
      return null;
    }
  }
  const baseUrl = base === undefined ? null : parse(base);
  if (base !== undefined && baseUrl === null) return null;
  const url = parse(input, baseUrl);
  return url === null ? null : {
    protocol: url.scheme,
    username: url.username,
    password: url.password,
    hostname: url.host ?? '',
    port: url.port === null ? '' : `${url.port}`,
    pathname: url.path,
    search: url.query ?? '',
    hash: url.fragment ?? '',
  };
}

// https://urlpattern.spec.whatwg.org/#hostname-pattern-is-an-ipv6-address
const isIpv6 = (hostname) => /^(?:\[.|\{\[|\\\[)/s.test(hostname);

// https://urlpattern.spec.whatwg.org/#urlpattern-class
export class URLPattern {
  #components;

  constructor(input = {}, baseURL = undefined, options = undefined) {
    if (baseURL === null || isObject(baseURL)) [baseURL, options] = [undefined, baseURL];
    let init = inputOf(input);
    const base = baseURL === undefined ? undefined : usv(baseURL);
    if (options !== undefined && options !== null && !isObject(options)) throw new TypeError('URLPattern constructor: the options are not an object.');
    const ignoreCase = !!options?.ignoreCase;
    if (typeof init === 'string') {
      init = parseConstructorString(init);
      if (base === undefined && init.protocol === undefined) throw new TypeError(`URLPattern constructor: '${input}' has no protocol, and there is no base URL.`);
      if (base !== undefined) init.baseURL = base;
    } else if (base !== undefined) {
      throw new TypeError('URLPattern constructor: a base URL beside an object; it is the object\'s baseURL.');
    }
    const given = processInit(init, true, {});
    for (const name of COMPONENTS) given[name] ??= '*';
    if (SPECIAL_SCHEMES.includes(given.protocol) && given.port === `${defaultPort(given.protocol)}`) given.port = '';
    const protocol = new Component(given.protocol, DEFAULT, canonical.protocol), cased = { ...DEFAULT, ignoreCase };
    this.#components = {
      protocol,
      username: new Component(given.username, DEFAULT, canonical.username),
      password: new Component(given.password, DEFAULT, canonical.password),
      hostname: new Component(given.hostname, HOSTNAME, isIpv6(given.hostname) ? canonical.ipv6Hostname : canonical.hostname),
      port: new Component(given.port, DEFAULT, (port) => canonical.port(port)),
      pathname: matchesSpecialScheme(protocol) ? new Component(given.pathname, { ...PATHNAME, ignoreCase }, canonical.pathname)
        : new Component(given.pathname, cased, canonical.opaquePathname),
      search: new Component(given.search, cased, canonical.search),
      hash: new Component(given.hash, cased, canonical.hash),
    };
  }

  test(input = {}, baseURL = undefined) {
    return this.#match(inputOf(input), baseURL) !== null;
  }

  exec(input = {}, baseURL = undefined) {
    return this.#match(inputOf(input), baseURL);
  }

  get protocol() { return this.#components.protocol.pattern; }
  get username() { return this.#components.username.pattern; }
  get password() { return this.#components.password.pattern; }
  get hostname() { return this.#components.hostname.pattern; }
  get port() { return this.#components.port.pattern; }
  get pathname() { return this.#components.pathname.pattern; }
  get search() { return this.#components.search.pattern; }
  get hash() { return this.#components.hash.pattern; }

  get hasRegExpGroups() {
    return COMPONENTS.some((name) => this.#components[name].hasRegExpGroups);
  }

  // https://urlpattern.spec.whatwg.org/#url-pattern-match
  #match(input, baseURL) {
    const components = this.#components, base = baseURL === undefined ? undefined : usv(baseURL);
    if (base !== undefined && typeof input !== 'string') {
      throw new TypeError('URLPattern: a base URL beside an object; it is the object\'s baseURL.');
    }
    const url = componentsOf(input, base);
    if (url === null) return null;
    const result = { inputs: base === undefined ? [input] : [input, base] };
    for (const name of COMPONENTS) {
      const match = components[name].match(url[name]);
      if (match === null) return null;
      result[name] = match;
    }
    return result;
  }
}
exposed(URLPattern);
