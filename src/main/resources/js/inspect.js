// A value as text, as Node's util.inspect shows it: https://nodejs.org/api/util.html#utilinspectobject-options. For the console and node:util.

import { clonerOf } from './webidl.js';
import { isArguments, isArrayBuffer, isDataView, isDate, isMap, isModuleNamespace, isNativeError, isPromise, isRegExp, isSet,
  isSharedArrayBuffer, isStringObject, isWeakMap, isWeakSet, tagOf, typedArrayKind } from './types.js';
import { boxedText, dateText, errorText, functionText } from './inspect/base.js';
import { isArrayLike, layout } from './inspect/layout.js';
import { colored, keyText, primitiveText } from './inspect/text.js';

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const CUSTOM = Symbol.for('nodejs.util.inspect.custom');
// Beyond so many elements an array is not searched for other properties.
const MANY = 10_000;

const defaultOptions = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10_000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};

export function inspect(value, options, depth, colors) {
  // The older form: inspect(value, showHidden, depth, colors).
  const given = typeof options === 'boolean' ? { showHidden: options, ...depth !== undefined && { depth }, ...colors !== undefined && { colors } }
    : options;
  const ctx = { ...defaultOptions, ...given, seen: [], circular: new Map(), indentation: 0, deepest: 0 };
  ctx.stylize = ctx.colors ? colored : (text) => `${text}`;
  ctx.maxArrayLength ??= Infinity;
  ctx.maxStringLength ??= Infinity;
  ctx.depth ??= Infinity;
  return formatValue(ctx, value, 0);
}
inspect.custom = CUSTOM;
inspect.defaultOptions = defaultOptions;

function formatValue(ctx, value, depth) {
  if (value === null || typeof value !== 'object' && typeof value !== 'function') return primitiveText(ctx, value);
  if (ctx.customInspect) {
    const custom = value[CUSTOM];
    if (typeof custom === 'function' && custom !== inspect) {
      const left = ctx.depth - depth;
      const { seen, circular, indentation, deepest, ...options } = ctx;
      const shown = custom.call(value, left, { ...options, depth: left }, inspect);
      if (typeof shown === 'string') return shown.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
      if (shown !== value) return formatValue(ctx, shown, depth);
    }
  }
  if (ctx.seen.includes(value)) {
    if (!ctx.circular.has(value)) ctx.circular.set(value, ctx.circular.size + 1);
    return ctx.stylize(`[Circular *${ctx.circular.get(value)}]`, 'special');
  }
  return formatObject(ctx, value, depth);
}

// The class of an object: the nearest constructor on its prototype chain; null where the chain has none.
export function className(value) {
  for (let object = value; object !== null; object = getPrototypeOf(object)) {
    const constructor = getOwnPropertyDescriptor(object, 'constructor')?.value;
    if (typeof constructor === 'function' && constructor.name !== '' && constructor.prototype !== undefined
      && Object.prototype.isPrototypeOf.call(constructor.prototype, value)) {
      return `${constructor.name}`;
    }
  }
  return null;
}

// `Name(size) [tag] `, or nothing for what the brackets tell already.
function prefix(value, fallback, size = '') {
  const name = className(value);
  let tag = Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag) ? '' : value[Symbol.toStringTag];
  if (typeof tag !== 'string' || tag === '' || tag === name) tag = '';
  const shown = name === null ? `[${fallback}${size}: null prototype]` : `${name}${size}`;
  return `${shown} ${tag === '' ? '' : `[${tag}] `}`;
}

// Whether a prototype is that of a platform object: what its attributes say is what the object is.
const isInterface = (prototype) => clonerOf(prototype) !== undefined;

const isIndex = (key) => typeof key === 'string' && /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 4_294_967_295;

function keysOf(ctx, value, skipIndices) {
  if (skipIndices && value.length > MANY) return [];
  return ownKeys(value).filter((key) => !(skipIndices && isIndex(key))
    && (ctx.showHidden || getOwnPropertyDescriptor(value, key)?.enumerable));
}

// How a kind of object is shown: brackets, a text of its own, and its entries before its properties.
function shape(ctx, value, keys) {
  const none = () => [];
  if (Array.isArray(value)) {
    const name = prefix(value, 'Array', `(${value.length})`);
    const start = name === `Array(${value.length}) ` ? '[' : `${name}[`;
    return { braces: [start, ']'], entries: arrayEntries, elements: value, empty: value.length === 0 };
  }
  if (isSet(value)) {
    return { braces: [`${prefix(value, 'Set', `(${sizeOf(value)})`)}{`, '}'], entries: setEntries, empty: sizeOf(value) === 0 };
  }
  if (isMap(value)) {
    return { braces: [`${prefix(value, 'Map', `(${sizeOf(value)})`)}{`, '}'], entries: mapEntries, empty: sizeOf(value) === 0 };
  }
  const kind = typedArrayKind(value);
  if (kind !== undefined) {
    const name = prefix(value, kind, `(${value.length})`);
    return { braces: [`${name}[`, ']'], entries: typedEntries, elements: value, empty: value.length === 0 };
  }
  if (isArguments(value)) return { braces: ['[Arguments] [', ']'], entries: arrayEntries, elements: Array.from(value) };
  if (typeof value === 'function') return { base: functionText(value, className(value)), style: 'special', braces: ['{', '}'], entries: none };
  if (isRegExp(value)) return { base: String(value), style: 'regexp', braces: ['{', '}'], entries: none };
  if (isDate(value)) return { base: dateText(value), style: 'date', braces: ['{', '}'], entries: none };
  if (isNativeError(value)) return { base: errorText(ctx, value, className(value), keys), braces: ['{', '}'], entries: none };
  const boxed = boxedText(value);
  if (boxed !== undefined) return { ...boxed, braces: ['{', '}'], entries: none };
  if (isArrayBuffer(value)) return { braces: [`${prefix(value, 'ArrayBuffer')}{`, '}'], entries: bufferEntries };
  if (isSharedArrayBuffer(value)) return { braces: [`${prefix(value, 'SharedArrayBuffer')}{`, '}'], entries: bufferEntries };
  if (isDataView(value)) return { braces: [`${prefix(value, 'DataView')}{`, '}'], entries: none, more: ['byteLength', 'byteOffset', 'buffer'] };
  if (isPromise(value)) return { braces: [`${prefix(value, 'Promise')}{`, '}'], entries: none };
  if (isWeakSet(value) || isWeakMap(value)) {
    return { braces: [`${prefix(value, tagOf(value))}{`, '}'], entries: () => [ctx.stylize('<items unknown>', 'special')] };
  }
  if (isModuleNamespace(value)) return { braces: ['[Module: null prototype] {', '}'], entries: none };
  if (isPairs(value)) {
    const pairs = [...value.entries()];
    return { braces: [`${prefix(value, 'Object', `(${pairs.length})`)}{`, '}'], entries: pairEntries(pairs), empty: pairs.length === 0 };
  }
  const name = prefix(value, 'Object');
  const more = interfaceMembers(value);
  return { braces: [name === 'Object ' ? '{' : `${name}{`, '}'], entries: none, more, empty: more.length === 0 };
}

const sizeOf = (value) => Reflect.get(isMap(value) ? Map.prototype : Set.prototype, 'size', value);

// Headers, URLSearchParams, FormData.
const isPairs = (value) => isInterface(getPrototypeOf(value) ?? value) && typeof value.entries === 'function' && typeof value.forEach === 'function'
  && value[Symbol.iterator] === value.entries;

// The attributes of a platform object. A body is left alone: to look at it would make it a stream.
function interfaceMembers(value) {
  const members = [];
  for (let prototype = getPrototypeOf(value); prototype !== null; prototype = getPrototypeOf(prototype)) {
    if (!isInterface(prototype)) continue;
    for (const key of ownKeys(prototype)) {
      const { get, enumerable } = getOwnPropertyDescriptor(prototype, key);
      if (get !== undefined && enumerable && typeof key === 'string' && key !== 'body' && !members.includes(key)) members.push(key);
    }
  }
  return members;
}

function formatObject(ctx, value, depth) {
  const keys = keysOf(ctx, value, Array.isArray(value) || typedArrayKind(value) !== undefined || isArguments(value) || isStringObject(value));
  const { braces, base = '', style, entries, elements, more = [], empty } = shape(ctx, value, keys);
  if (keys.length === 0 && base !== '') return style === undefined ? base : ctx.stylize(base, style);
  if (keys.length === 0 && empty) return braces[0] + braces[1];
  if (depth > ctx.depth) return tooDeep(ctx, value);
  ctx.seen.push(value);
  ctx.deepest = depth;
  const shown = entries(ctx, value, depth);
  for (const key of more) shown.push(memberText(ctx, value, key, depth));
  const isArray = isArrayLike(braces), first = isArray ? shown.length : 0;
  for (const key of keys) shown.push(propertyText(ctx, value, key, depth, isArray));
  if (ctx.sorted) shown.push(...shown.splice(first).sort(ctx.sorted === true ? undefined : ctx.sorted));
  ctx.seen.pop();
  const reference = ctx.circular.get(value);
  let start = base;
  if (reference !== undefined) {
    const mark = ctx.stylize(`<ref *${reference}>`, 'special');
    if (ctx.compact !== true) start = base === '' ? mark : `${mark} ${base}`;
    else braces[0] = `${mark} ${braces[0]}`;
  }
  if (shown.length === 0) return `${start === '' ? '' : `${start} `}${braces[0]}${braces[1]}`;
  return layout(ctx, shown, start, braces, depth, elements);
}

function tooDeep(ctx, value) {
  const name = prefix(value, Array.isArray(value) ? 'Array' : 'Object').trimEnd();
  return ctx.stylize(name.startsWith('[') ? name : `[${name}]`, 'special');
}

const indented = (ctx, work) => {
  ctx.indentation += 2;
  try {
    return work();
  } finally {
    ctx.indentation -= 2;
  }
};

function moreItems(count) {
  return `... ${count} more item${count > 1 ? 's' : ''}`;
}

function arrayEntries(ctx, array, depth) {
  const shown = [], limit = Math.max(ctx.maxArrayLength, 0);
  let at = 0;
  for (; at < array.length && shown.length < limit; at++) {
    if (Object.hasOwn(array, at)) {
      shown.push(propertyText(ctx, array, at, depth, true));
    } else {
      const first = at;
      while (at + 1 < array.length && !Object.hasOwn(array, at + 1)) at++;
      const count = at - first + 1;
      shown.push(ctx.stylize(`<${count} empty item${count > 1 ? 's' : ''}>`, 'undefined'));
    }
  }
  if (at < array.length) shown.push(moreItems(array.length - at));
  return shown;
}

function typedEntries(ctx, array, depth) {
  const count = Math.min(Math.max(ctx.maxArrayLength, 0), array.length);
  const shown = [];
  for (let at = 0; at < count; at++) shown.push(primitiveText(ctx, array[at]));
  if (count < array.length) shown.push(moreItems(array.length - count));
  if (ctx.showHidden) {
    for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
      shown.push(`[${key}]: ${indented(ctx, () => formatValue(ctx, array[key], depth + 1))}`);
    }
  }
  return shown;
}

function bufferEntries(ctx, buffer) {
  const count = Math.min(Math.max(ctx.maxArrayLength, 0), buffer.byteLength);
  const bytes = Array.from(new Uint8Array(buffer, 0, count), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const more = buffer.byteLength - count;
  const rest = more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : '';
  return [`${ctx.stylize('[Uint8Contents]', 'special')}: <${bytes}${rest}>`, `byteLength: ${ctx.stylize(buffer.byteLength, 'number')}`];
}

function collectionEntries(ctx, collection, forEach, text) {
  const shown = [], limit = Math.max(ctx.maxArrayLength, 0);
  indented(ctx, () => forEach.call(collection, (value, key) => {
    if (shown.length < limit) shown.push(text(value, key));
  }));
  const more = sizeOf(collection) - shown.length;
  if (more > 0) shown.push(moreItems(more));
  return shown;
}

function setEntries(ctx, set, depth) {
  return collectionEntries(ctx, set, Set.prototype.forEach, (value) => formatValue(ctx, value, depth + 1));
}

function mapEntries(ctx, map, depth) {
  return collectionEntries(ctx, map, Map.prototype.forEach,
    (value, key) => `${formatValue(ctx, key, depth + 1)} => ${formatValue(ctx, value, depth + 1)}`);
}

function pairEntries(pairs) {
  return (ctx, value, depth) => {
    const limit = Math.max(ctx.maxArrayLength, 0);
    const shown = indented(ctx, () => pairs.slice(0, limit).map(([name, item]) =>
      `${formatValue(ctx, name, depth + 1)} => ${formatValue(ctx, item, depth + 1)}`));
    if (pairs.length > limit) shown.push(moreItems(pairs.length - limit));
    return shown;
  };
}

function memberText(ctx, value, key, depth) {
  let member;
  try {
    member = value[key];
  } catch (error) {
    return `${key}: <Inspection threw (${error?.message})>`;
  }
  return `${key}: ${indented(ctx, () => formatValue(ctx, member, depth + 1))}`;
}

// `element`: of an array, whose indices are not shown.
function propertyText(ctx, object, key, depth, element) {
  const descriptor = getOwnPropertyDescriptor(object, key) ?? { value: object[key], enumerable: true };
  const text = 'value' in descriptor ? indented(ctx, () => formatValue(ctx, descriptor.value, depth + 1))
    : accessorText(ctx, object, descriptor, depth);
  if (element && isIndex(String(key))) return text;
  return `${keyText(ctx, key, descriptor.enumerable)}: ${text}`;
}

function accessorText(ctx, object, { get, set }, depth) {
  const label = get === undefined ? 'Setter' : set === undefined ? 'Getter' : 'Getter/Setter';
  const wanted = ctx.getters === true || ctx.getters === (set === undefined ? 'get' : 'set');
  if (get === undefined || !wanted) return ctx.stylize(`[${label}]`, 'special');
  let value;
  try {
    value = get.call(object);
  } catch (error) {
    return `${ctx.stylize(`[${label}:`, 'special')} <Inspection threw (${error?.message})>${ctx.stylize(']', 'special')}`;
  }
  const text = indented(ctx, () => formatValue(ctx, value, depth + 1));
  return value === null || typeof value !== 'object'
    ? `${ctx.stylize(`[${label}:`, 'special')} ${text}${ctx.stylize(']', 'special')}`
    : `${ctx.stylize(`[${label}]`, 'special')} ${text}`;
}
