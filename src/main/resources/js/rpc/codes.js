// What the codes of a message say: a kind in the low bits, a number above them.

// The errors that keep their class.
const ERRORS = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const UNDEFINED = 0, NULL = 1, TRUE = 2, FALSE = 3, INT = 4, NUMBER = 5, BIGINT = 6, OBJECT = 7, ARRAY = 8, SPARSE = 9, MAP = 10, SET = 11, DATE = 12,
  REGEXP = 13, BUFFER = 14, VIEW = 15, ERROR = 16, WRAPPER = 17, EXCEPTION = 18, AGAIN = 19, STUB = 20, READABLE = 21, WRITABLE = 22, REQUEST = 23,
  RESPONSE = 24, HEADERS = 25, BLOB = 26, THREW = 27, SERVICE = 28;
const BITS = 5, MASK = 31;

export {
  BITS, ERRORS, MASK, UNDEFINED, NULL, TRUE, FALSE, INT, NUMBER, BIGINT, OBJECT, ARRAY, SPARSE, MAP, SET, DATE, REGEXP, BUFFER, VIEW, ERROR, WRAPPER,
  EXCEPTION, AGAIN, STUB, READABLE, WRITABLE, REQUEST, RESPONSE, HEADERS, BLOB, THREW, SERVICE,
};
