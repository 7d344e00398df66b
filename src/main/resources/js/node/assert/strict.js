// `node:assert/strict`: https://nodejs.org/api/assert.html#strict-assertion-mode

import { strict } from './node/assert.js';

const { AssertionError, ok, fail, throws, doesNotThrow, rejects, doesNotReject, ifError, match, doesNotMatch, equal, notEqual, strictEqual, notStrictEqual, deepEqual,
  notDeepEqual, deepStrictEqual, notDeepStrictEqual, partialDeepStrictEqual } = strict;

export { strict as default, strict, AssertionError, ok, fail, throws, doesNotThrow, rejects, doesNotReject, ifError, match, doesNotMatch, equal, notEqual, strictEqual,
  notStrictEqual, deepEqual, notDeepEqual, deepStrictEqual, notDeepStrictEqual, partialDeepStrictEqual };
