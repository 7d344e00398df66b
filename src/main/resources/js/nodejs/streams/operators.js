// What a Readable does as an iterator does it: https://nodejs.org/api/stream.html#readablemapfn-options. One element after the other, whatever the concurrency.

import { abortError, invalidArgType, outOfRange, requireFunction } from './nodejs/errors.js';
import { from, iterate } from './nodejs/streams/convert.js';
import { define } from './nodejs/streams/base.js';
import { Readable } from './nodejs/streams/readable.js';

async function* elements(stream, signal) {
  if (signal?.aborted) throw abortError(signal);
  for await (const element of stream) {
    if (signal?.aborted) throw abortError(signal);
    yield element;
  }
}

const stage = (generator) => function (callback, options = undefined) {
  requireFunction(callback, 'fn');
  return from(generator(elements(this, options?.signal), (element) => callback(element, { signal: options?.signal })));
};

function requireCount(count) {
  if (!(count >= 0)) throw outOfRange('number', '>= 0', count);
}

define(Readable, {
  [Symbol.asyncIterator]() {
    return iterate(this);
  },

  iterator(options = undefined) {
    return iterate(this, options?.destroyOnReturn !== false);
  },

  map: stage(async function* (all, f) { for await (const each of all) yield await f(each); }),
  filter: stage(async function* (all, f) { for await (const each of all) if (await f(each)) yield each; }),
  flatMap: stage(async function* (all, f) { for await (const each of all) yield* await f(each); }),

  take(count) {
    requireCount(count);
    const all = this;
    return from((async function* () {
      let left = count;
      if (left > 0) for await (const each of all) {
        yield each;
        if (--left <= 0) return;
      }
    })());
  },

  drop(count) {
    requireCount(count);
    const all = this;
    return from((async function* () {
      let left = count;
      for await (const each of all) if (left-- <= 0) yield each;
    })());
  },

  async forEach(callback, options = undefined) {
    requireFunction(callback, 'fn');
    for await (const each of elements(this, options?.signal)) await callback(each);
  },

  async toArray(options = undefined) {
    const all = [];
    for await (const each of elements(this, options?.signal)) all.push(each);
    return all;
  },

  async some(callback, options = undefined) {
    for await (const each of elements(this, options?.signal)) if (await callback(each)) return true;
    return false;
  },

  async every(callback, options = undefined) {
    for await (const each of elements(this, options?.signal)) if (!await callback(each)) return false;
    return true;
  },

  async find(callback, options = undefined) {
    for await (const each of elements(this, options?.signal)) if (await callback(each)) return each;
    return undefined;
  },

  async reduce(callback, ...rest) {
    requireFunction(callback, 'reducer');
    let has = rest.length > 0, [result, options] = rest;
    for await (const each of elements(this, options?.signal)) {
      result = has ? await callback(result, each) : each;
      has = true;
    }
    if (!has) throw invalidArgType('initial', 'specified for an empty stream', undefined);
    return result;
  },
});
