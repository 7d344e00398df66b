// URLSearchParams: https://url.spec.whatwg.org/#interface-urlsearchparams

import { parseForm, serializeForm } from './url/encode.js';
import { exposed, iterable, require } from './webidl.js';

const isEnumerable = Object.prototype.propertyIsEnumerable;

function usv(value) {
  return `${value}`.toWellFormed();
}

// https://url.spec.whatwg.org/#urlsearchparams-initialize
function pairsFrom(init) {
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    const text = usv(init);
    return parseForm(text.startsWith('?') ? text.slice(1) : text);
  }
  const iterator = init[Symbol.iterator], pairs = [];
  if (iterator !== undefined && iterator !== null) {
    for (const pair of { [Symbol.iterator]: () => iterator.call(init) }) {
      if (typeof pair !== 'object' || pair === null) throw new TypeError('Each parameter of a sequence must be a pair of name and value.');
      const [...parts] = pair;
      if (parts.length !== 2) throw new TypeError(`Each parameter of a sequence must be a pair of name and value, not ${parts.length} items.`);
      pairs.push(usv(parts[0]), usv(parts[1]));
    }
    return pairs;
  }
  for (const key of Reflect.ownKeys(init)) {
    if (!isEnumerable.call(init, key)) continue;
    const name = usv(key), value = usv(init[key]), at = indexOf(pairs, name);
    if (at < 0) pairs.push(name, value);
    else pairs[at + 1] = value;
  }
  return pairs;
}

function indexOf(pairs, name) {
  for (let at = 0; at < pairs.length; at += 2) if (pairs[at] === name) return at;
  return -1;
}

let paramsOf, setPairs, pairsIn;

class URLSearchParams {
  #pairs = [];
  #changed = null; // what the URL that they belong to does with the new query

  static {
    paramsOf = (query, changed) => {
      const params = new URLSearchParams();
      params.#pairs = parseForm(query);
      params.#changed = changed;
      return params;
    };

    setPairs = (params, query) => {
      params.#pairs = parseForm(query);
    };

    // The pairs [name, value, ...] of what is URLSearchParams, else undefined.
    pairsIn = (value) => (typeof value === 'object' && value !== null && #pairs in value ? value.#pairs : undefined);

    iterable(this, (params) => params.#pairs);
  }

  constructor(init = '') {
    if (init !== '') this.#pairs = pairsFrom(init);
  }

  get size() {
    return this.#pairs.length / 2;
  }

  append(name, value) {
    require(arguments.length, 2, 'URLSearchParams.append');
    this.#pairs.push(usv(name), usv(value));
    this.#update();
  }

  delete(name, value = undefined) {
    require(arguments.length, 1, 'URLSearchParams.delete');
    name = usv(name);
    if (value !== undefined) value = usv(value);
    const pairs = this.#pairs;
    let kept = 0;
    for (let at = 0; at < pairs.length; at += 2) {
      if (pairs[at] === name && (value === undefined || pairs[at + 1] === value)) continue;
      pairs[kept++] = pairs[at];
      pairs[kept++] = pairs[at + 1];
    }
    pairs.length = kept;
    this.#update();
  }

  get(name) {
    require(arguments.length, 1, 'URLSearchParams.get');
    const at = indexOf(this.#pairs, usv(name));
    return at < 0 ? null : this.#pairs[at + 1];
  }

  getAll(name) {
    require(arguments.length, 1, 'URLSearchParams.getAll');
    name = usv(name);
    const pairs = this.#pairs;
    return pairs.filter((value, at) => at % 2 === 1 && pairs[at - 1] === name);
  }

  has(name, value = undefined) {
    require(arguments.length, 1, 'URLSearchParams.has');
    name = usv(name);
    if (value === undefined) return indexOf(this.#pairs, name) >= 0;
    value = usv(value);
    return this.#pairs.some((of, at) => at % 2 === 1 && of === value && this.#pairs[at - 1] === name);
  }

  set(name, value) {
    require(arguments.length, 2, 'URLSearchParams.set');
    name = usv(name);
    value = usv(value);
    const pairs = this.#pairs, first = indexOf(pairs, name);
    if (first < 0) {
      pairs.push(name, value);
    } else {
      pairs[first + 1] = value;
      this.#pairs = pairs.filter((_, at) => at < first + 2 || pairs[at - (at % 2)] !== name);
    }
    this.#update();
  }

  sort() {
    const pairs = this.#pairs, names = [];
    for (let at = 0; at < pairs.length; at += 2) names.push(at);
    names.sort((a, b) => (pairs[a] < pairs[b] ? -1 : pairs[a] > pairs[b] ? 1 : 0));
    this.#pairs = names.flatMap((at) => [pairs[at], pairs[at + 1]]);
    this.#update();
  }

  toString() {
    return serializeForm(this.#pairs);
  }

  #update() {
    this.#changed?.(serializeForm(this.#pairs));
  }
}
exposed(URLSearchParams);

export { URLSearchParams, paramsOf, setPairs, pairsIn };
