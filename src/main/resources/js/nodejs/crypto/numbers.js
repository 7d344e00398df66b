// Primes, and Diffie-Hellman with groups of numbers: https://nodejs.org/api/crypto.html#class-diffiehellman

import { Buffer } from './node/buffer.js';
import { coded, invalidArgType, requireInteger, requireObject } from './nodejs/errors.js';
import { isAnyArrayBuffer, isView } from './nodejs/kinds.js';
import { answer, bytesOf, fromHost, operation, output } from './nodejs/crypto/bytes.js';
import { native } from './nodejs/crypto/host.js';
import { randomBytes } from './nodejs/crypto/random.js';

const hexOf = (value) => {
  const digits = value.toString(16);
  return digits.length % 2 === 0 ? digits : `0${digits}`;
};
const fromBig = (value) => Buffer.from(hexOf(value), 'hex');
const toBig = (bytes) => bytes.length === 0 ? 0n : BigInt(`0x${bytes.toString('hex')}`);

function numberOf(value, name) {
  if (typeof value === 'bigint') {
    if (value < 0n) throw coded(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be >= 0. Received ${value}n`);
    return bytesOf(fromBig(value), name);
  }
  if (!isAnyArrayBuffer(value) && !isView(value)) throw invalidArgType(name, 'of type bigint or an instance of ArrayBuffer, TypedArray, Buffer, or DataView', value);
  return bytesOf(value, name);
}

export function checkPrimeSync(candidate, options = {}) {
  const bytes = numberOf(candidate, 'candidate');
  requireObject(options, 'options');
  if (options.checks !== undefined) requireInteger(options.checks, 'options.checks', 0, 2 ** 31 - 1);
  return operation(() => native.isPrime(bytes));
}

export function checkPrime(candidate, options, callback = undefined) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  const bytes = numberOf(candidate, 'candidate');
  answer(callback, () => checkPrimeSync(bytes, options));
}

export function generatePrimeSync(size, options = {}) {
  requireInteger(size, 'size', 1, 2 ** 31 - 1);
  requireObject(options, 'options');
  const { add, rem, safe = false, bigint = false } = options;
  if (typeof safe !== 'boolean') throw invalidArgType('options.safe', 'of type boolean', safe);
  if (typeof bigint !== 'boolean') throw invalidArgType('options.bigint', 'of type boolean', bigint);
  const step = add === undefined ? null : numberOf(add, 'options.add');
  // Node takes 1 for any prime, 3 of the rest of a safe one.
  const rest = rem === undefined ? bytesOf(Buffer.from([safe ? 3 : 1])) : numberOf(rem, 'options.rem');
  const prime = operation(() => fromHost(native.newPrime(size, safe, step, rest)));
  return bigint ? toBig(prime) : bytesOf(prime);
}

export function generatePrime(size, options, callback = undefined) {
  if (typeof options === 'function') [options, callback] = [{}, options];
  requireInteger(size, 'size', 1, 2 ** 31 - 1);
  answer(callback, () => generatePrimeSync(size, options));
}

// The bits of pi before its 2^-bits: https://en.wikipedia.org/wiki/Machin-like_formula
function pi(bits) {
  const guard = 64n, one = 1n << BigInt(bits) + guard;
  const arctan = (inverse) => {
    let term = one / inverse, sum = term;
    for (let n = 3n, sign = -1n; term > 0n; n += 2n, sign = -sign) {
      term /= inverse * inverse;
      sum += sign * term / n;
    }
    return sum;
  };
  return 4n * (4n * arctan(5n) - arctan(239n)) >> guard;
}

// Bits and addends: https://www.rfc-editor.org/rfc/rfc2409#section-6 and https://www.rfc-editor.org/rfc/rfc3526
const GROUPS = {
  __proto__: null, modp1: [768, 149686n], modp2: [1024, 129093n], modp5: [1536, 741804n], modp14: [2048, 124476n], modp15: [3072, 1690314n], modp16: [4096, 240904n], modp17: [6144, 929484n],
  modp18: [8192, 4743158n],
};
const primes = new Map();

function primeOf(name) {
  const known = primes.get(name);
  if (known !== undefined) return known;
  const group = GROUPS[`${name}`.toLowerCase()];
  if (group === undefined) throw coded(Error, 'ERR_CRYPTO_UNKNOWN_DH_GROUP', 'Unknown DH group');
  const [bits, addend] = group, size = BigInt(bits);
  const prime = fromBig((1n << size) - (1n << size - 64n) - 1n + (1n << 64n) * (pi(bits - 130) + addend));
  primes.set(name, prime);
  return prime;
}

const SECRET_BYTES = 64;
let setUp;

class Exchange {
  #prime;
  #generator;
  #public;
  #private;

  static {
    setUp = (exchange, prime, generator) => {
      exchange.#prime = prime;
      exchange.#generator = generator;
    };
  }

  // As OpenSSL's DH_check() says: 1 no prime, 2 no safe prime, 8 a generator that does not suit.
  get verifyError() {
    const prime = toBig(this.#prime), isPrime = checkPrimeSync(prime), safe = isPrime && checkPrimeSync(prime >> 1n), generator = toBig(this.#generator);
    return (isPrime ? safe ? 0 : 2 : 1) | (generator <= 1n || generator >= prime - 1n ? 8 : 0);
  }

  generateKeys(encoding = undefined) {
    if (this.#private === undefined) {
      // Of twice the strength of the largest group: https://www.rfc-editor.org/rfc/rfc7919#section-5.2
      const most = toBig(this.#prime) - 2n, chosen = toBig(randomBytes(Math.min(SECRET_BYTES, this.#prime.length)));
      this.#private = fromBig(most <= 1n ? 1n : chosen % most + 1n);
    }
    this.#public = this.#power(this.#generator, this.#private);
    return this.getPublicKey(encoding);
  }

  computeSecret(otherPublicKey, inputEncoding = undefined, outputEncoding = undefined) {
    if (this.#private === undefined) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', 'No private key');
    const theirs = Buffer.from(bytesOf(otherPublicKey, 'otherPublicKey', inputEncoding)), number = toBig(theirs);
    if (number <= 1n) throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Supplied key is too small');
    if (number >= toBig(this.#prime) - 1n) throw coded(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Supplied key is too large');
    return output(this.#power(theirs, this.#private), outputEncoding);
  }

  getPrime(encoding = undefined) { return output(Buffer.from(this.#prime), encoding); }
  getGenerator(encoding = undefined) { return output(Buffer.from(this.#generator), encoding); }
  getPublicKey(encoding = undefined) { return output(Buffer.from(this.#require(this.#public, 'public')), encoding); }
  getPrivateKey(encoding = undefined) { return output(Buffer.from(this.#require(this.#private, 'private')), encoding); }

  setPublicKey(key, encoding = undefined) {
    this.#public = Buffer.from(bytesOf(key, 'key', encoding).slice(0));
  }

  setPrivateKey(key, encoding = undefined) {
    this.#private = Buffer.from(bytesOf(key, 'key', encoding).slice(0));
  }

  #require(key, which) {
    if (key === undefined) throw coded(Error, 'ERR_CRYPTO_INVALID_STATE', `No ${which} key - did you forget to generate one?`);
    return key;
  }

  #power(base, exponent) {
    return operation(() => fromHost(native.power(bytesOf(base), bytesOf(exponent), bytesOf(this.#prime))));
  }
}

class DiffieHellman extends Exchange {
  constructor(sizeOrKey, keyEncoding = undefined, generator = undefined, generatorEncoding = undefined) {
    super();
    if (typeof keyEncoding !== 'string' && keyEncoding !== undefined) [keyEncoding, generator, generatorEncoding] = [undefined, keyEncoding, generator];
    else if (keyEncoding !== undefined && !Buffer.isEncoding(keyEncoding) && keyEncoding !== 'buffer') [keyEncoding, generator, generatorEncoding] = [undefined, keyEncoding, generator];
    if (typeof sizeOrKey === 'number') requireInteger(sizeOrKey, 'sizeOrKey', 2, 2 ** 31 - 1);
    const prime = typeof sizeOrKey === 'number' ? Buffer.from(generatePrimeSync(sizeOrKey, { safe: true })) : Buffer.from(bytesOf(sizeOrKey, 'sizeOrKey', keyEncoding).slice(0));
    const chosen = generator === undefined || generator === null || generator === '' ? Buffer.from([2])
      : typeof generator === 'number' ? fromBig(BigInt(generator)) : Buffer.from(bytesOf(generator, 'generator', generatorEncoding).slice(0));
    if (toBig(chosen) <= 1n) throw coded(RangeError, 'ERR_OSSL_DH_BAD_GENERATOR', 'bad generator');
    setUp(this, prime, chosen);
  }
}

class DiffieHellmanGroup extends Exchange {
  constructor(name) {
    super();
    setUp(this, primeOf(name), Buffer.from([2]));
  }

  get verifyError() { return 0; }
}
// The keys of a group are made, not given.
for (const name of ['setPublicKey', 'setPrivateKey']) Object.defineProperty(DiffieHellmanGroup.prototype, name, { value: undefined });

const createDiffieHellman = (...args) => new DiffieHellman(...args), createDiffieHellmanGroup = (name) => new DiffieHellmanGroup(name), getDiffieHellman = createDiffieHellmanGroup;

export { DiffieHellman, DiffieHellmanGroup, createDiffieHellman, createDiffieHellmanGroup, getDiffieHellman };
