// https://w3c.github.io/webcrypto/#Crypto-interface
test(() => {
  assert_class_string(crypto, 'Crypto');
  assert_true(crypto instanceof Crypto);
  assert_true(crypto.subtle instanceof SubtleCrypto);
  assert_equals(crypto.subtle, crypto.subtle);
  for (const type of [Crypto, SubtleCrypto, CryptoKey]) assert_throws_js(TypeError, () => new type());
}, 'crypto and its subtle are one object each, and their classes cannot be constructed');

test(() => {
  for (const type of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array]) {
    const array = new type(64);
    assert_equals(crypto.getRandomValues(array), array, type.name);
    const zero = array[0] * array[0];
    assert_true(array.some((value) => value * value !== zero || value !== array[0]), `${type.name} is random`);
  }
}, 'getRandomValues fills every kind of integer array and returns it');

test(() => {
  const array = new Uint8Array(1000);
  crypto.getRandomValues(array.subarray(100, 900));
  assert_true(array.slice(0, 100).every((byte) => byte === 0));
  assert_true(array.slice(900).every((byte) => byte === 0));
  assert_true(array.slice(100, 900).some((byte) => byte !== 0));
}, 'getRandomValues fills the view alone, not the rest of its buffer');

test(() => {
  const seen = new Set();
  for (let i = 0; i < 1000; i++) seen.add(crypto.getRandomValues(new Uint32Array(4)).join());
  assert_equals(seen.size, 1000);
  const counts = new Uint32Array(256);
  for (const byte of crypto.getRandomValues(new Uint8Array(65536))) counts[byte]++;
  assert_true(counts.every((count) => count > 120 && count < 420), `counts ${Math.min(...counts)} to ${Math.max(...counts)}`);
}, 'random values do not repeat, and bytes are spread evenly');

test(() => {
  assert_throws_dom('QuotaExceededError', () => crypto.getRandomValues(new Uint8Array(65537)));
  assert_equals(crypto.getRandomValues(new Uint32Array(16384)).byteLength, 65536);
  assert_equals(crypto.getRandomValues(new Uint8Array(0)).length, 0);
}, 'getRandomValues fills 65,536 bytes at most');

test(() => {
  for (const view of [new Float32Array(2), new Float64Array(2), new DataView(new ArrayBuffer(8))]) {
    assert_throws_dom('TypeMismatchError', () => crypto.getRandomValues(view));
  }
  for (const value of [new ArrayBuffer(8), [1, 2], {}, null, undefined]) assert_throws_js(TypeError, () => crypto.getRandomValues(value));
}, 'getRandomValues refuses what is no array of integers');

test(() => {
  const seen = new Set();
  for (let i = 0; i < 500; i++) {
    const uuid = crypto.randomUUID();
    assert_regexp_match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    seen.add(uuid);
  }
  assert_equals(seen.size, 500);
}, 'randomUUID makes UUIDs of version 4 that do not repeat');

test(() => {
  const { getRandomValues, randomUUID } = crypto;
  assert_throws_js(TypeError, () => getRandomValues(new Uint8Array(1)));
  assert_throws_js(TypeError, () => randomUUID.call({}));
  assert_throws_js(TypeError, () => Object.getOwnPropertyDescriptor(Crypto.prototype, 'subtle').get.call({}));
}, 'the methods of crypto need their crypto');

test(() => {
  const { set } = Uint8Array.prototype;
  Uint8Array.prototype.set = () => { throw new Error('patched'); };
  try {
    assert_equals(crypto.randomUUID().length, 36);
  } finally {
    Uint8Array.prototype.set = set;
  }
}, 'randomUUID does not depend on what a worker may have patched');
