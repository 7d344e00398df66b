// What Web IDL asks of every interface (https://webidl.spec.whatwg.org/): enumerable members, the class string, iterators over pairs.

const { defineProperty, getPrototypeOf, setPrototypeOf } = Object;
const { ownKeys } = Reflect;
const IteratorPrototype = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()));

// By their prototypes: how structuredClone copies an object of the interface, or null if it cannot.
const interfaces = new Map();
const addInterface = interfaces.set.bind(interfaces);
// Whether a prototype is that of an interface: what its attributes say is what the object is.
export const isInterface = interfaces.has.bind(interfaces);
export const clonerOf = interfaces.get.bind(interfaces);

// Lets structuredClone copy the objects of an interface, after `exposed`: https://html.spec.whatwg.org/multipage/structured-data.html#serializable-objects
export function serializable(type, clone) {
  addInterface(type.prototype, clone);
}

// Makes a class an interface: its members enumerable, its instances `[object NAME]`.
export function exposed(type, name = type.name) {
  addInterface(type.prototype, null);
  for (const owner of [type.prototype, type]) {
    for (const key of ownKeys(owner)) {
      // A class has a name and a length of its own, which are no members.
      const hidden = owner === type ? key === 'prototype' || key === 'length' || key === 'name' : key === 'constructor';
      if (typeof key === 'string' && !hidden) defineProperty(owner, key, { enumerable: true });
    }
  }
  defineProperty(type.prototype, Symbol.toStringTag, { value: name, configurable: true });
  return type;
}

// The TypeError of a method that was called with too few arguments.
export function require(given, needed, method) {
  if (given < needed) {
    throw new TypeError(`${method}: ${needed} argument${needed === 1 ? ' is' : 's are'} required, but only ${given} given.`);
  }
}

// Gives a class entries, keys, values, forEach and Symbol.iterator over the flat list [name, value, ...] that `pairsOf(object)` returns
// each time it is asked, so that iteration is live (https://webidl.spec.whatwg.org/#js-iterable).
export function iterable(type, pairsOf) {
  class PairIterator {
    #source;
    #kind;
    #index = 0;

    constructor(source, kind) {
      this.#source = source;
      this.#kind = kind;
    }

    next() {
      const pairs = pairsOf(this.#source), at = this.#index;
      if (at >= pairs.length) return { value: undefined, done: true };
      this.#index = at + 2;
      const value = this.#kind === 'entries' ? [pairs[at], pairs[at + 1]] : pairs[this.#kind === 'keys' ? at : at + 1];
      return { value, done: false };
    }
  }
  exposed(PairIterator, `${type.name} Iterator`);
  delete PairIterator.prototype.constructor;
  setPrototypeOf(PairIterator.prototype, IteratorPrototype);

  const members = {
    entries() {
      pairsOf(this);
      return new PairIterator(this, 'entries');
    },
    keys() {
      pairsOf(this);
      return new PairIterator(this, 'keys');
    },
    values() {
      pairsOf(this);
      return new PairIterator(this, 'values');
    },
    forEach(callback, thisArg) {
      pairsOf(this);
      require(arguments.length, 1, `${type.name}.forEach`);
      if (typeof callback !== 'function') throw new TypeError(`${type.name}.forEach: the callback is not a function.`);
      for (let at = 0, pairs; at < (pairs = pairsOf(this)).length; at += 2) callback.call(thisArg, pairs[at + 1], pairs[at], this);
    },
  };
  for (const name of ['entries', 'keys', 'values', 'forEach']) {
    defineProperty(type.prototype, name, { value: members[name], writable: true, enumerable: true, configurable: true });
  }
  defineProperty(type.prototype, Symbol.iterator, { value: members.entries, writable: true, configurable: true });
  return type;
}
