// Structured cloning: https://html.spec.whatwg.org/multipage/structured-data.html
//
// A clone stays in its realm, so there is no serialized form: values are copied at once. What is transferred moves only after all else has been
// copied, since an error must leave it where it is. Until then a Later stands for it, and knows where it is awaited.
// One liberty: a proxy cannot be told from its target here, and is cloned as it looks.

import { extentOf, isDetached, kindOf, sizeOf, slice } from './buffers.js';
import { DOMException } from './errors.js';
import { clonerOf } from './webidl.js';

const { call } = Function.prototype;
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, keys } = Object;
const { isArray } = Array;
const NativeMap = Map, NativeSet = Set, NativeDate = Date, NativeRegExp = RegExp, NativeObject = Object, Buffer = ArrayBuffer, Bytes = Uint8Array;
const getter = (object, name) => call.bind(getOwnPropertyDescriptor(object, name).get);
const mapGet = call.bind(Map.prototype.get), mapSet = call.bind(Map.prototype.set), mapEach = call.bind(Map.prototype.forEach);
const mapSize = getter(Map.prototype, 'size'), setSize = getter(Set.prototype, 'size');
const setAdd = call.bind(Set.prototype.add), setEach = call.bind(Set.prototype.forEach);
const timeOf = call.bind(Date.prototype.getTime);
const sourceOf = getter(RegExp.prototype, 'source'), flagsOf = getter(RegExp.prototype, 'flags');
const maxSizeOf = getter(ArrayBuffer.prototype, 'maxByteLength'), isResizable = getter(ArrayBuffer.prototype, 'resizable');
const move = call.bind(ArrayBuffer.prototype.transfer), put = call.bind(Uint8Array.prototype.set);
const ERRORS = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

const uncloneable = (what) => new DOMException(`${what} could not be cloned.`, 'DataCloneError');

// A value that is transferred, or a view of it.
class Later {
  uses = [];

  constructor(make) {
    this.make = make;
  }

  arrive() {
    const value = this.make();
    for (let i = 0; i < this.uses.length; i++) this.uses[i](value);
    return value;
  }
}

class Cloning {
  memory = new NativeMap();
  views = [];
  fills = [];

  copy(value) {
    switch (typeof value) {
      case 'symbol': throw uncloneable('A symbol');
      case 'function': throw uncloneable(`The function ${value.name}`);
      case 'object': return value === null ? null : mapGet(this.memory, value) ?? this.object(value);
      default: return value;
    }
  }

  remember(value, copy) {
    mapSet(this.memory, value, copy);
    return copy;
  }

  object(value) {
    if (isArray(value)) return this.array(value);
    for (let prototype = getPrototypeOf(value); prototype !== null && prototype !== PLAIN; prototype = getPrototypeOf(prototype)) {
      const kind = kindOfPrototype(prototype);
      if (kind !== undefined && hasSlots(kind.slot, value)) return kind.copy(this, value);
      const clone = clonerOf(prototype);
      if (clone === null) throw uncloneable(`A ${value[Symbol.toStringTag]}`);
      if (clone !== undefined) return this.remember(value, clone(value));
    }
    const copy = this.remember(value, {}), names = keys(value);
    for (let i = 0; i < names.length; i++) this.place(copy, names[i], this.copy(value[names[i]]));
    return copy;
  }

  array(value) {
    const { length } = value, copy = this.remember(value, []), names = keys(value);
    copy.length = length;
    for (let i = 0; i < names.length; i++) this.place(copy, names[i], this.copy(value[names[i]]));
    return copy;
  }

  place(object, name, value) {
    if (value instanceof Later) {
      value.uses[value.uses.length] = (arrived) => { object[name] = arrived; };
      value = undefined;
    }
    // Only what is on Object.prototype, such as __proto__, may have a setter.
    if (name in object) defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
    else object[name] = value;
  }

  // Calls `fill` with the values when all of them have arrived.
  await(values, fill) {
    let missing = false;
    for (let i = 0; i < values.length; i++) {
      if (values[i] instanceof Later) {
        missing = true;
        values[i].uses[values[i].uses.length] = (arrived) => { values[i] = arrived; };
      }
    }
    if (missing) this.fills[this.fills.length] = () => fill(values);
    else fill(values);
  }

  map(value) {
    const entries = [], copy = this.remember(value, new NativeMap());
    mapEach(value, (item, key) => {
      entries[entries.length] = key;
      entries[entries.length] = item;
    });
    for (let i = 0; i < entries.length; i++) entries[i] = this.copy(entries[i]);
    this.await(entries, () => {
      for (let i = 0; i < entries.length; i += 2) mapSet(copy, entries[i], entries[i + 1]);
    });
    return copy;
  }

  set(value) {
    const items = [], copy = this.remember(value, new NativeSet());
    setEach(value, (item) => { items[items.length] = item; });
    for (let i = 0; i < items.length; i++) items[i] = this.copy(items[i]);
    this.await(items, () => {
      for (let i = 0; i < items.length; i++) setAdd(copy, items[i]);
    });
    return copy;
  }

  buffer(value) {
    if (isDetached(value)) throw uncloneable('A detached ArrayBuffer');
    const size = sizeOf(value);
    if (!isResizable(value)) return this.remember(value, slice(value, 0, size));
    const copy = new Buffer(size, { maxByteLength: maxSizeOf(value) });
    put(new Bytes(copy), new Bytes(value));
    return this.remember(value, copy);
  }

  view(value) {
    const { type, size } = kindOf(value);
    let extent;
    try {
      extent = extentOf(value);
    } catch {
      throw uncloneable('A view out of the bounds of its buffer');
    }
    const { buffer, offset, length } = extent;
    if (isDetached(buffer)) throw uncloneable('A view of a detached ArrayBuffer');
    const copy = this.copy(buffer);
    if (!(copy instanceof Later)) return this.remember(value, new type(copy, offset, length / size));
    let moved;
    copy.uses[copy.uses.length] = (arrived) => { moved = arrived; };
    const later = new Later(() => new type(moved, offset, length / size));
    this.views[this.views.length] = later;
    return this.remember(value, later);
  }

  error(value) {
    const { name } = value;
    const type = ERRORS[`${name}`] ?? ERRORS.Error;
    const message = getOwnPropertyDescriptor(value, 'message'), cause = getOwnPropertyDescriptor(value, 'cause');
    const copy = this.remember(value, message !== undefined && 'value' in message ? new type(`${message.value}`) : new type());
    keepStack(value, copy);
    if (cause !== undefined && 'value' in cause) {
      this.await([this.copy(cause.value)], ([arrived]) => {
        defineProperty(copy, 'cause', { value: arrived, writable: true, enumerable: false, configurable: true });
      });
    }
    return copy;
  }
}

function keepStack(from, to) {
  const stack = getOwnPropertyDescriptor(from, 'stack')?.value;
  if (typeof stack === 'string') defineProperty(to, 'stack', { value: stack, writable: true, enumerable: false, configurable: true });
}

export function hasSlots(slot, value) {
  try {
    slot(value);
    return true;
  } catch {
    return false;
  }
}

// The built-in objects by their prototypes: `slot` throws for an object that merely inherits from it.
const PLAIN = Object.prototype;
const KINDS = new NativeMap();
const kindOfPrototype = KINDS.get.bind(KINDS);
const define = (prototype, slot, copy) => KINDS.set(prototype, { slot, copy });
for (const type of [Boolean, Number, String, BigInt]) {
  const valueOf = call.bind(type.prototype.valueOf);
  define(type.prototype, valueOf, (cloning, value) => cloning.remember(value, NativeObject(valueOf(value))));
}
define(Date.prototype, timeOf, (cloning, value) => cloning.remember(value, new NativeDate(timeOf(value))));
define(RegExp.prototype, sourceOf, (cloning, value) => cloning.remember(value, new NativeRegExp(sourceOf(value), flagsOf(value))));
define(ArrayBuffer.prototype, sizeOf, (cloning, value) => cloning.buffer(value));
define(getPrototypeOf(Uint8Array.prototype), kindOf, (cloning, value) => cloning.view(value));
define(DataView.prototype, kindOf, (cloning, value) => cloning.view(value));
define(Map.prototype, mapSize, (cloning, value) => cloning.map(value));
define(Set.prototype, setSize, (cloning, value) => cloning.set(value));
define(Error.prototype, () => {}, (cloning, value) => cloning.error(value));
for (const type of [Symbol, WeakMap, WeakSet, WeakRef, Promise]) {
  define(type.prototype, () => {}, () => { throw uncloneable(`A ${type.name} object`); });
}
const nameOf = getter(DOMException.prototype, 'name');
define(DOMException.prototype, nameOf, (cloning, value) => {
  const copy = cloning.remember(value, new DOMException(value.message, nameOf(value)));
  keepStack(value, copy);
  return copy;
});

// https://html.spec.whatwg.org/multipage/structured-data.html#structuredserializewithtransfer, and its other half. `moverOf(value)` gives what
// moves a MessagePort or a stream, or undefined for any other value. Returns { value, transferred }.
export function cloneWithTransfer(value, transfer, moverOf) {
  const cloning = new Cloning(), laters = [];
  for (let i = 0; i < transfer.length; i++) {
    const item = transfer[i];
    if (mapGet(cloning.memory, item) !== undefined) throw new DOMException('An object is in the transfer list twice.', 'DataCloneError');
    let make = moverOf(item);
    if (make === undefined) {
      if (!hasSlots(sizeOf, item)) throw new DOMException('A value in the transfer list cannot be transferred.', 'DataCloneError');
      if (isDetached(item)) throw new DOMException('An ArrayBuffer in the transfer list is detached.', 'DataCloneError');
      make = () => move(item);
    }
    laters[i] = cloning.remember(item, new Later(make));
  }
  let copy = cloning.copy(value);
  if (copy instanceof Later) copy.uses[copy.uses.length] = (arrived) => { copy = arrived; };
  const transferred = [];
  for (let i = 0; i < laters.length; i++) {
    if (moverOf(transfer[i]) === undefined && isDetached(transfer[i])) {
      throw new DOMException('An ArrayBuffer in the transfer list was detached meanwhile.', 'DataCloneError');
    }
  }
  for (let i = 0; i < laters.length; i++) transferred[i] = laters[i].arrive();
  for (let i = 0; i < cloning.views.length; i++) cloning.views[i].arrive();
  for (let i = 0; i < cloning.fills.length; i++) cloning.fills[i]();
  return { value: copy, transferred };
}

export { PLAIN, flagsOf, isResizable, mapEach, mapGet, mapSet, mapSize, maxSizeOf, nameOf, put, setAdd, setEach, setSize, sourceOf, timeOf };
