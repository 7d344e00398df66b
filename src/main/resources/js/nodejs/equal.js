// Deep equality, as node:assert and util.isDeepStrictEqual have it: https://nodejs.org/api/assert.html#comparison-details_1

import { isAnyArrayBuffer, isView } from './nodejs/kinds.js';
import { isBigIntObject, isBooleanObject, isDate, isMap, isNativeError, isNumberObject, isPromise, isRegExp, isSet, isStringObject, isSymbolObject, isTypedArray,
  isWeakMap, isWeakSet, tagOf } from './types.js';

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const BOXES = [isNumberObject, isStringObject, isBooleanObject, isBigIntObject, isSymbolObject];

const isObject = (value) => typeof value === 'object' && value !== null;

export function deepEqual(a, b, strict) {
  return equal(a, b, strict, []);
}

function equal(a, b, strict, seen) {
  if (a === b) return a !== 0 || !strict || Object.is(a, b);
  if (!isObject(a) || !isObject(b)) {
    if (strict) return Object.is(a, b);
    // eslint-disable-next-line eqeqeq
    if (isObject(a) || isObject(b)) return false;
    return a == b || (Number.isNaN(a) && Number.isNaN(b));
  }
  if (strict && getPrototypeOf(a) !== getPrototypeOf(b)) return false;
  if (tagOf(a) !== tagOf(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  for (let i = 0; i < seen.length; i += 2) if (seen[i] === a) return seen[i + 1] === b;
  seen.push(a, b);
  try {
    return sameContent(a, b, strict, seen) && sameProperties(a, b, strict, seen);
  } finally {
    seen.length -= 2;
  }
}

function sameContent(a, b, strict, seen) {
  if (isDate(a)) return isDate(b) && Object.is(a.getTime(), b.getTime());
  if (isRegExp(a)) return isRegExp(b) && a.source === b.source && a.flags === b.flags && a.lastIndex === b.lastIndex;
  if (isNativeError(a)) return isNativeError(b) && a.message === b.message && a.name === b.name && equal(a.cause, b.cause, strict, seen) && equal(a.errors, b.errors, strict, seen);
  if (isView(a) || isAnyArrayBuffer(a)) return sameBytes(a, b, strict);
  if (isSet(a)) return isSet(b) && a.size === b.size && sameMembers(a, b, strict, seen);
  if (isMap(a)) return isMap(b) && a.size === b.size && sameEntries(a, b, strict, seen);
  if (isPromise(a) || isWeakMap(a) || isWeakSet(a)) return false;
  for (const isBox of BOXES) if (isBox(a)) return isBox(b) && Object.is(a.valueOf(), b.valueOf());
  return !Array.isArray(a) || a.length === b.length;
}

function sameBytes(a, b, strict) {
  if (a.byteLength !== b.byteLength) return false;
  if (!strict && isTypedArray(a)) return a.length === b.length && a.every((value, i) => value === b[i]);
  if (isTypedArray(a) && 'toFixed' in Object(a[0] ?? 0) && tagOf(a).startsWith('Float')) return a.every((value, i) => Object.is(value, b[i]));
  const bytes = (value) => isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value), x = bytes(a), y = bytes(b);
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false;
  return true;
}

// Members that are objects equal one another in any order.
function sameMembers(a, b, strict, seen) {
  const left = [];
  for (const value of a) if (!b.has(value)) left.push(value);
  if (left.length === 0) return true;
  const right = [...b].filter((value) => !a.has(value));
  return left.every((value) => {
    const at = right.findIndex((other) => (isObject(value) || !strict) && equal(value, other, strict, seen));
    if (at >= 0) right.splice(at, 1);
    return at >= 0;
  });
}

function sameEntries(a, b, strict, seen) {
  const left = [];
  for (const [key, value] of a) {
    if (!b.has(key)) left.push([key, value]);
    else if (!equal(value, b.get(key), strict, seen)) return false;
  }
  const right = [...b].filter(([key]) => !a.has(key));
  return left.every(([key, value]) => {
    const at = right.findIndex(([other, otherValue]) => (isObject(key) || !strict) && equal(key, other, strict, seen) && equal(value, otherValue, strict, seen));
    if (at >= 0) right.splice(at, 1);
    return at >= 0;
  });
}

const isIndex = (key) => typeof key === 'string' && /^(?:0|[1-9]\d*)$/.test(key);

function keysOf(value, strict) {
  const skip = isView(value);
  return ownKeys(value).filter((key) => (strict || typeof key === 'string') && !(skip && isIndex(key)) && getOwnPropertyDescriptor(value, key)?.enumerable);
}

function sameProperties(a, b, strict, seen) {
  const keys = keysOf(a, strict);
  if (keys.length !== keysOf(b, strict).length) return false;
  return keys.every((key) => getOwnPropertyDescriptor(b, key)?.enumerable && equal(a[key], b[key], strict, seen));
}
