// Errors with the codes of Node: https://nodejs.org/api/errors.html#nodejs-error-codes

const { defineProperty } = Object;

export function coded(Base, code, message) {
  const error = new Base(message);
  defineProperty(error, 'code', { value: code, writable: true, enumerable: true, configurable: true });
  defineProperty(error, 'toString', { value: () => `${error.name} [${code}]: ${error.message}`, writable: true, configurable: true });
  return error;
}

function described(value) {
  if (value === null || value === undefined) return ` Received ${value}`;
  if (typeof value === 'function') return ` Received function ${value.name}`;
  if (typeof value === 'object') return value.constructor?.name ? ` Received an instance of ${value.constructor.name}` : ' Received an object';
  const text = typeof value === 'string' ? `'${value.length > 28 ? `${value.slice(0, 25)}...` : value}'` : `${String(value)}${typeof value === 'bigint' ? 'n' : ''}`;
  return ` Received type ${typeof value} (${text})`;
}

// `expected`: 'of type string', 'an instance of Buffer or Uint8Array', ...
export function invalidArgType(name, expected, value) {
  const what = name.includes('.') ? 'property' : 'argument';
  return coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${what} must be ${expected}.${described(value)}`);
}

export function invalidArgValue(name, value, reason = 'is invalid') {
  const what = name.includes('.') ? 'property' : 'argument';
  return coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${what} '${name}' ${reason}. Received ${typeof value === 'string' ? `'${value}'` : String(value)}`);
}

export function outOfRange(name, range, value) {
  const text = `${value}`.replace(/^(-?\d+?)((?:\d{3})+)$/, (whole, first, rest) => whole.length > 6 ? first + rest.replace(/\d{3}/g, '_$&') : whole);
  return coded(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${text}${typeof value === 'bigint' ? 'n' : ''}`);
}

export function requireFunction(value, name) {
  if (typeof value !== 'function') throw invalidArgType(name, 'of type function', value);
}

export function requireString(value, name) {
  if (typeof value !== 'string') throw invalidArgType(name, 'of type string', value);
}

function requireNumber(value, name) {
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
}

export function requireInteger(value, name, least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER) {
  requireNumber(value, name);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < least || value > most) throw outOfRange(name, `>= ${least} && <= ${most}`, value);
}

export function requireObject(value, name) {
  if (value === null || typeof value !== 'object') throw invalidArgType(name, 'of type object', value);
}

// What is in Node and not here: a clear failure when it is used, not when it is imported.
export function missing(what, cure = '') {
  return function () {
    throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', `${what} is not implemented in Skerry${cure && ': '}${cure}.`);
  };
}

export function abortError(signal) {
  const error = coded(Error, 'ABORT_ERR', 'The operation was aborted');
  error.name = 'AbortError';
  if (signal?.reason !== undefined) error.cause = signal.reason;
  return error;
}
