// Queuing strategies: https://streams.spec.whatwg.org/#qs

import { exposed, require } from './webidl.js';

const countSize = { size() { return 1; } }.size;
const byteLengthSize = { size(chunk) { return chunk.byteLength; } }.size;

function highWaterMarkOf(init, name) {
  if (init === undefined || init === null || init.highWaterMark === undefined) {
    throw new TypeError(`${name} constructor: highWaterMark is required.`);
  }
  return +init.highWaterMark;
}

// https://streams.spec.whatwg.org/#blqs-class
export class ByteLengthQueuingStrategy {
  #highWaterMark;

  constructor(init) {
    require(arguments.length, 1, 'ByteLengthQueuingStrategy constructor');
    this.#highWaterMark = highWaterMarkOf(init, 'ByteLengthQueuingStrategy');
  }

  get highWaterMark() { return this.#highWaterMark; }

  get size() {
    this.#highWaterMark;
    return byteLengthSize;
  }
}
exposed(ByteLengthQueuingStrategy);

// https://streams.spec.whatwg.org/#cqs-class
export class CountQueuingStrategy {
  #highWaterMark;

  constructor(init) {
    require(arguments.length, 1, 'CountQueuingStrategy constructor');
    this.#highWaterMark = highWaterMarkOf(init, 'CountQueuingStrategy');
  }

  get highWaterMark() { return this.#highWaterMark; }

  get size() {
    this.#highWaterMark;
    return countSize;
  }
}
exposed(CountQueuingStrategy);

// Reads a dictionary: undefined and null are empty.
export function dictionary(value, what) {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' && typeof value !== 'function') throw new TypeError(`${what} is not an object.`);
  return value;
}

// A member of a dictionary that must be a function if it is there.
export function method(object, name) {
  const value = object[name];
  if (value !== undefined && typeof value !== 'function') throw new TypeError(`${name} is not a function.`);
  return value;
}

// [EnforceRange] unsigned long long
export function integer(value, name) {
  const number = Math.trunc(+value);
  if (!(number >= 0 && number <= Number.MAX_SAFE_INTEGER)) throw new TypeError(`${name} is not an integer between 0 and 2^53 - 1.`);
  return number + 0;
}

// A QueuingStrategy, read: { highWaterMark, size }, each undefined where it was not given.
export function readStrategy(strategy) {
  const given = dictionary(strategy, 'The queuing strategy');
  if (given === undefined) return EMPTY;
  const { highWaterMark } = given;
  return { highWaterMark: highWaterMark === undefined ? undefined : +highWaterMark, size: method(given, 'size') };
}

const EMPTY = { highWaterMark: undefined, size: undefined };

// https://streams.spec.whatwg.org/#validate-and-normalize-high-water-mark
export function highWaterMark(strategy, otherwise) {
  const mark = strategy.highWaterMark;
  if (mark === undefined) return otherwise;
  if (!(mark >= 0)) throw new RangeError('The highWaterMark is not a number of at least 0.');
  return mark;
}

// The size of a chunk by a strategy's `size`, checked: https://streams.spec.whatwg.org/#enqueue-value-with-size
export function checkedSize(size) {
  const number = +size;
  if (!(number >= 0 && number !== Infinity)) throw new RangeError('The size of a chunk is not a finite number of at least 0.');
  return number;
}
