// CryptoKey: https://w3c.github.io/webcrypto/#cryptokey-interface. The key itself is an object of Java that stays in a private field.

import { exposed, serializable } from './webidl.js';
import { enumeration, sequence } from './crypto/webidl.js';

// In the order of the bits of Java's Usage; a set of usages is a mask.
const USAGES = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];
const usage = enumeration(USAGES);

export const isUsage = (name) => USAGES.includes(name);

export function usageMask(...names) {
  let mask = 0;
  for (const name of names) mask |= 1 << USAGES.indexOf(name);
  return mask;
}

export function usagesArgument(value) {
  return usageMask(...sequence(value, usage, 'The key usages'));
}

export function usageNames(mask) {
  return USAGES.filter((_, index) => mask & 1 << index);
}

const make = {};
let read;

export class CryptoKey {
  #handle;
  #name;
  #type;
  #extractable;
  #algorithm;
  #mask;
  #usages;

  constructor(token, handle, type, extractable, algorithm, mask) {
    if (token !== make) throw new TypeError('Illegal constructor');
    this.#handle = handle;
    this.#type = type;
    this.#extractable = extractable;
    this.#algorithm = algorithm;
    this.#name = algorithm.name;
    this.#mask = mask;
  }

  static {
    exposed(CryptoKey);
    read = (key, what) => {
      if (typeof key !== 'object' || key === null || !(#handle in key)) throw new TypeError(`${what} must be a CryptoKey.`);
      return { handle: key.#handle, name: key.#name, extractable: key.#extractable, mask: key.#mask };
    };
    serializable(CryptoKey, (key) => new CryptoKey(make, key.#handle, key.#type, key.#extractable, key.#algorithm, key.#mask));
  }

  get type() {
    return this.#type;
  }

  get extractable() {
    return this.#extractable;
  }

  get algorithm() {
    return this.#algorithm;
  }

  get usages() {
    return this.#usages ??= usageNames(this.#mask);
  }
}

export function makeKey(handle, type, extractable, algorithm, mask) {
  return new CryptoKey(make, handle, type, extractable, algorithm, mask);
}

// What is inside a CryptoKey; a TypeError for anything else.
export { read as readKey };
