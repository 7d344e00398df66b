// Headers (https://fetch.spec.whatwg.org/#headers-class).
//
// A header list is one string, here and in Java (dev.skerry.binding.HeaderLines): each header is "\nname:value", the name in lower case. Neither
// part can hold "\n", so one search finds a header, and nothing is parsed that nobody reads. Lists are copied by reference, handed to Java as they are.

import { exposed, iterable, require } from './webidl.js';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const UNUSUAL = /^ | $|[^ -~]/;
const REFUSED = /[\0\n\r]|[^\0-\xff]/;
const SET_COOKIE = '\nset-cookie:';

// The keys "\nname:" of names seen before, so that a usual name is neither checked nor lower-cased again.
const KEYS = 256;
const KEY_LENGTH = 64;
const keys = new Map();
const knownKey = keys.get.bind(keys), rememberKey = keys.set.bind(keys);
let remembered = 0;

function keyOf(name) {
  name = `${name}`;
  const known = knownKey(name);
  if (known !== undefined) return known;
  if (!TOKEN.test(name)) throw new TypeError(`Invalid header name: ${JSON.stringify(name)}.`);
  const key = `\n${name.toLowerCase()}:`;
  if (remembered < KEYS && name.length < KEY_LENGTH) {
    remembered++;
    rememberKey(name, key);
  }
  return key;
}

function isSpace(code) {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

// https://fetch.spec.whatwg.org/#concept-header-value-normalize
function normalize(value) {
  value = `${value}`;
  if (!UNUSUAL.test(value)) return value;
  let start = 0, end = value.length;
  while (start < end && isSpace(value.charCodeAt(start))) start++;
  while (end > start && isSpace(value.charCodeAt(end - 1))) end--;
  value = value.slice(start, end);
  if (REFUSED.test(value)) throw new TypeError(`Invalid header value: ${JSON.stringify(value)}.`);
  return value;
}

// The value that begins at `start`.
function valueAt(list, start) {
  const end = list.indexOf('\n', start);
  return end < 0 ? list.slice(start) : list.slice(start, end);
}

function find(list, key) {
  let at = list.indexOf(key);
  if (at < 0) return null;
  let value = valueAt(list, at + key.length);
  while ((at = list.indexOf(key, at + key.length)) >= 0) value += `, ${valueAt(list, at + key.length)}`;
  return value;
}

function findAll(list, key) {
  const values = [];
  for (let at = list.indexOf(key); at >= 0; at = list.indexOf(key, at + key.length)) values.push(valueAt(list, at + key.length));
  return values;
}

function remove(list, key) {
  for (let at = list.indexOf(key); at >= 0; at = list.indexOf(key, at)) {
    const end = list.indexOf('\n', at + key.length);
    list = end < 0 ? list.slice(0, at) : list.slice(0, at) + list.slice(end);
  }
  return list;
}

// Puts the value where the first of that name stands, else at the end.
function replace(list, key, value) {
  const at = list.indexOf(key);
  if (at < 0) return list + key + value;
  const end = list.indexOf('\n', at + key.length);
  return end < 0 ? list.slice(0, at) + key + value : list.slice(0, at) + key + value + remove(list.slice(end), key);
}

// https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine, as [name, value, ...].
function sortAndCombine(list) {
  const values = { __proto__: null };
  for (const line of list.split('\n')) {
    if (line === '') continue;
    const colon = line.indexOf(':'), name = line.slice(0, colon), value = line.slice(colon + 1), before = values[name];
    if (name === 'set-cookie') (values[name] ??= []).push(value);
    else values[name] = before === undefined ? value : `${before}, ${value}`;
  }
  const pairs = [];
  for (const name of Object.keys(values).sort()) {
    if (name === 'set-cookie') for (const value of values[name]) pairs.push(name, value);
    else pairs.push(name, values[name]);
  }
  return pairs;
}

const isEnumerable = Object.prototype.propertyIsEnumerable;

// https://fetch.spec.whatwg.org/#concept-headers-fill
function fill(list, init) {
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    throw new TypeError('Headers can be made of Headers, of a sequence of pairs or of a record.');
  }
  const iterator = init[Symbol.iterator];
  if (iterator !== undefined && iterator !== null) {
    for (const pair of { [Symbol.iterator]: () => iterator.call(init) }) {
      if (typeof pair !== 'object' || pair === null) throw new TypeError('Each header of a sequence must be a pair of name and value.');
      const [...parts] = pair;
      if (parts.length !== 2) throw new TypeError(`Each header of a sequence must be a pair of name and value, not ${parts.length} items.`);
      list += keyOf(parts[0]) + normalize(parts[1]);
    }
    return list;
  }
  for (const name of Reflect.ownKeys(init)) {
    if (isEnumerable.call(init, name)) list += keyOf(name) + normalize(init[name]);
  }
  return list;
}

const INTERNAL = {};

let reveal, isHeaders, isImmutable;

class Headers {
  #list = '';
  #immutable = false;
  #pairs; // of #pairsOf, the list that they were made from
  #pairsOf;

  static {
    reveal = (headers) => headers.#list;
    isHeaders = (value) => #list in value;
    isImmutable = (headers) => headers.#immutable;
    iterable(this, (headers) => {
      if (headers.#pairsOf !== headers.#list) {
        headers.#pairs = sortAndCombine(headers.#list);
        headers.#pairsOf = headers.#list;
      }
      return headers.#pairs;
    });
  }

  constructor(init = undefined, list = '', immutable = false) {
    if (init === INTERNAL) {
      this.#list = list;
      this.#immutable = immutable;
    } else if (init !== undefined) {
      this.#list = listFrom(init);
    }
  }

  append(name, value) {
    require(arguments.length, 2, 'Headers.append');
    const key = keyOf(name), normal = normalize(value);
    this.#check();
    this.#list += key + normal;
  }

  delete(name) {
    require(arguments.length, 1, 'Headers.delete');
    const key = keyOf(name);
    this.#check();
    this.#list = remove(this.#list, key);
  }

  get(name) {
    require(arguments.length, 1, 'Headers.get');
    return find(this.#list, keyOf(name));
  }

  // Not in the standard: Workers had it before getSetCookie.
  getAll(name) {
    require(arguments.length, 1, 'Headers.getAll');
    if (keyOf(name) !== SET_COOKIE) throw new TypeError('getAll() can only be used with the header name "Set-Cookie".');
    return this.getSetCookie();
  }

  getSetCookie() {
    return findAll(this.#list, SET_COOKIE);
  }

  has(name) {
    require(arguments.length, 1, 'Headers.has');
    return this.#list.includes(keyOf(name));
  }

  set(name, value) {
    require(arguments.length, 2, 'Headers.set');
    const key = keyOf(name), normal = normalize(value);
    this.#check();
    this.#list = replace(this.#list, key, normal);
  }

  #check() {
    if (this.#immutable) throw new TypeError("Can't modify immutable headers.");
  }
}
exposed(Headers);

// A Headers object over a list.
export function headersOf(list, immutable) {
  return new Headers(INTERNAL, list, immutable);
}

// The list of a Headers object as it is now.
export function listOf(headers) {
  return reveal(headers);
}

// The list that a HeadersInit stands for.
export function listFrom(init) {
  return typeof init === 'object' && init !== null && isHeaders(init) && init[Symbol.iterator] === Headers.prototype.entries
    ? reveal(init) : fill('', init);
}

// Of a list: a header's combined value or null, the list with the header added if it is not there yet, the list without some. For names in lower case.
export function valueIn(list, name) {
  return find(list, `\n${name}:`);
}

export function withDefault(list, name, value) {
  const key = `\n${name}:`;
  return list.includes(key) ? list : list + key + value;
}

export function without(list, names) {
  for (let i = 0; i < names.length; i++) list = remove(list, `\n${names[i]}:`);
  return list;
}

export { Headers, isImmutable };
