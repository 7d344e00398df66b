// A whole pattern in one string, cut into components: https://urlpattern.spec.whatwg.org/#constructor-string-parsing

import { canonical } from './urlpattern/canonical.js';
import { Component, DEFAULT } from './urlpattern/parts.js';
import { tokenize } from './urlpattern/tokens.js';

export const SPECIAL_SCHEMES = ['ftp', 'file', 'http', 'https', 'ws', 'wss'];

// https://urlpattern.spec.whatwg.org/#protocol-component-matches-a-special-scheme-string
export const matchesSpecialScheme = (component) => SPECIAL_SCHEMES.some((scheme) => component.test(scheme));

const BEFORE_HOSTNAME = ['protocol', 'authority', 'username', 'password'];
const BEFORE_PATHNAME = [...BEFORE_HOSTNAME, 'hostname', 'port'];
const BEFORE_SEARCH = [...BEFORE_PATHNAME, 'pathname'];

class Parser {
  result = {};
  #points;
  #tokens;
  #state = 'init';
  #at = 0;
  #start = 0;
  #step = 1;
  #groupDepth = 0;
  #bracketDepth = 0;
  #special = false;

  constructor(input) {
    this.#points = [...input];
    this.#tokens = tokenize(input, true);
  }

  parse() {
    for (; this.#at < this.#tokens.length; this.#at += this.#step) {
      this.#step = 1;
      const { type } = this.#tokens[this.#at];
      if (type === 'end') {
        if (this.#end()) break;
      } else if (type === 'open') {
        this.#groupDepth++;
      } else if (this.#groupDepth > 0) {
        if (type === 'close') this.#groupDepth--;
      } else {
        this[this.#state]();
      }
    }
    if (this.result.hostname !== undefined) this.result.port ??= '';
    return this.result;
  }

  // Whether all is done.
  #end() {
    if (this.#state === 'init') {
      this.#rewind();
      if (this.#is('#')) this.#change('hash', 1);
      else if (this.#isSearch()) this.#change('search', 1);
      else this.#change('pathname', 0);
      return false;
    }
    if (this.#state === 'authority') {
      this.#rewind('hostname');
      return false;
    }
    this.#change('done', 0);
    return true;
  }

  init() {
    if (this.#is(':')) this.#rewind('protocol');
  }

  protocol() {
    if (!this.#is(':')) return;
    this.#special = matchesSpecialScheme(new Component(this.#text(), DEFAULT, canonical.protocol));
    if (this.#is('/', 1) && this.#is('/', 2)) this.#change('authority', 3);
    else this.#change(this.#special ? 'authority' : 'pathname', 1);
  }

  authority() {
    if (this.#is('@')) this.#rewind('username');
    else if (this.#is('/') || this.#isSearch() || this.#is('#')) this.#rewind('hostname');
  }

  username() {
    if (this.#is(':')) this.#change('password', 1);
    else if (this.#is('@')) this.#change('hostname', 1);
  }

  password() {
    if (this.#is('@')) this.#change('hostname', 1);
  }

  hostname() {
    if (this.#is('[')) this.#bracketDepth++;
    else if (this.#is(']')) this.#bracketDepth--;
    else if (this.#is(':') && this.#bracketDepth === 0) this.#change('port', 1);
    else this.port();
  }

  port() {
    if (this.#is('/')) this.#change('pathname', 0);
    else this.pathname();
  }

  pathname() {
    if (this.#isSearch()) this.#change('search', 1);
    else this.search();
  }

  search() {
    if (this.#is('#')) this.#change('hash', 1);
  }

  hash() {}

  #rewind(state = this.#state) {
    this.#at = this.#start;
    this.#step = 0;
    this.#state = state;
  }

  // https://urlpattern.spec.whatwg.org/#change-state
  #change(state, skip) {
    const { result } = this, from = this.#state;
    if (from !== 'init' && from !== 'authority') result[from] = this.#text();
    if (from !== 'init' && state !== 'done') {
      if (BEFORE_HOSTNAME.includes(from) && ['port', 'pathname', 'search', 'hash'].includes(state)) result.hostname ??= '';
      if (BEFORE_PATHNAME.includes(from) && (state === 'search' || state === 'hash')) result.pathname ??= this.#special ? '/' : '';
      if (BEFORE_SEARCH.includes(from) && state === 'hash') result.search ??= '';
    }
    this.#state = state;
    this.#at += skip;
    this.#start = this.#at;
    this.#step = 0;
  }

  // https://urlpattern.spec.whatwg.org/#make-a-component-string
  #text() {
    return this.#points.slice(this.#token(this.#start).index, this.#tokens[this.#at].index).join('');
  }

  #token(at) {
    return this.#tokens[at] ?? this.#tokens[this.#tokens.length - 1];
  }

  // https://urlpattern.spec.whatwg.org/#is-a-non-special-pattern-char
  #is(character, ahead = 0) {
    const { type, value } = this.#token(this.#at + ahead);
    return value === character && (type === 'char' || type === 'escaped-char' || type === 'invalid-char');
  }

  // https://urlpattern.spec.whatwg.org/#is-a-search-prefix
  #isSearch() {
    if (this.#is('?')) return true;
    if (this.#token(this.#at).value !== '?') return false;
    return this.#at === 0 || !['name', 'regexp', 'close', 'asterisk'].includes(this.#tokens[this.#at - 1].type);
  }
}

export function parseConstructorString(input) {
  return new Parser(input).parse();
}
