// DOMException (https://webidl.spec.whatwg.org/#idl-DOMException) and the errors that come from Java.

const CODES = {
  __proto__: null,
  IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5, NoModificationAllowedError: 7,
  NotFoundError: 8, NotSupportedError: 9, InUseAttributeError: 10, InvalidStateError: 11, SyntaxError: 12, InvalidModificationError: 13,
  NamespaceError: 14, InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18, NetworkError: 19, AbortError: 20,
  URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24, DataCloneError: 25,
};

export class DOMException extends Error {
  #name;

  constructor(message = '', name = 'Error') {
    let cause;
    if (typeof name === 'object' && name !== null) {
      cause = 'cause' in name ? { cause: name.cause } : undefined;
      name = name.name === undefined ? 'Error' : name.name;
    }
    super(`${message}`, cause);
    this.#name = `${name}`;
  }

  get name() {
    return this.#name;
  }

  get code() {
    return CODES[this.#name] ?? 0;
  }

  get [Symbol.toStringTag]() {
    return 'DOMException';
  }
}

const CONSTANTS = {
  INDEX_SIZE_ERR: 1, DOMSTRING_SIZE_ERR: 2, HIERARCHY_REQUEST_ERR: 3, WRONG_DOCUMENT_ERR: 4, INVALID_CHARACTER_ERR: 5,
  NO_DATA_ALLOWED_ERR: 6, NO_MODIFICATION_ALLOWED_ERR: 7, NOT_FOUND_ERR: 8, NOT_SUPPORTED_ERR: 9, INUSE_ATTRIBUTE_ERR: 10,
  INVALID_STATE_ERR: 11, SYNTAX_ERR: 12, INVALID_MODIFICATION_ERR: 13, NAMESPACE_ERR: 14, INVALID_ACCESS_ERR: 15, VALIDATION_ERR: 16,
  TYPE_MISMATCH_ERR: 17, SECURITY_ERR: 18, NETWORK_ERR: 19, ABORT_ERR: 20, URL_MISMATCH_ERR: 21, QUOTA_EXCEEDED_ERR: 22, TIMEOUT_ERR: 23,
  INVALID_NODE_TYPE_ERR: 24, DATA_CLONE_ERR: 25,
};
for (const name of Object.keys(CONSTANTS)) {
  const constant = { value: CONSTANTS[name], enumerable: true };
  Object.defineProperty(DOMException, name, constant);
  Object.defineProperty(DOMException.prototype, name, constant);
}
for (const name of ['name', 'code']) Object.defineProperty(DOMException.prototype, name, { enumerable: true });

// https://v8.dev/docs/stack-trace-api: the engine has it not, and packages call it without asking. A frame is known by its function's name.
const { apply } = Reflect;
const { defineProperty } = Object;
const asText = Error.prototype.toString, { max } = Math;

const { captureStackTrace } = { captureStackTrace(target, above = undefined) {
  if (typeof target !== 'object' && typeof target !== 'function' || target === null) throw new TypeError(`Invalid argument: ${typeof target}`);
  const frames = `${new Error().stack}`.split('\n').filter((line) => line.startsWith('    at '));
  const own = frames.findIndex((frame) => functionOf(frame) === 'captureStackTrace');
  const cut = typeof above === 'function' ? frames.findIndex((frame, at) => at > own && functionOf(frame) === above.name) : own;
  const limit = Error.stackTraceLimit, { prepareStackTrace: prepare } = Error;
  if (typeof limit !== 'number') {
    defineProperty(target, 'stack', { value: undefined, writable: true, enumerable: false, configurable: true });
    return;
  }
  const left = frames.slice((cut < 0 ? own : cut) + 1).slice(0, max(limit, 0) || 0);
  const value = typeof prepare === 'function' ? prepare(target, left.map((frame) => new CallSite(frame))) : [apply(asText, target, []), ...left].join('\n');
  defineProperty(target, 'stack', { value, writable: true, enumerable: false, configurable: true });
} };

// https://v8.dev/docs/stack-trace-api#customizing-stack-traces, of what the text of a frame says; functions and receivers are nobody's business.
class CallSite {
  #text;
  #name;
  #file;
  #line;
  #column;

  constructor(frame) {
    this.#text = frame.slice('    at '.length);
    const [, name = null, file = null, line, column] = /^(?:(.*) \()?(.*?)(?::(\d+))?(?::(\d+))?\)?$/.exec(this.#text) ?? [];
    this.#name = name;
    this.#file = file;
    this.#line = line === undefined ? null : +line;
    this.#column = column === undefined ? null : +column;
  }

  getFunctionName() { return this.#name; }
  getMethodName() { return null; }
  getTypeName() { return null; }
  getFileName() { return this.#file; }
  getScriptNameOrSourceURL() { return this.#file; }
  getLineNumber() { return this.#line; }
  getColumnNumber() { return this.#column; }
  getFunction() { return undefined; }
  getThis() { return undefined; }
  getEvalOrigin() { return undefined; }
  isToplevel() { return true; }
  isEval() { return false; }
  isNative() { return false; }
  isConstructor() { return this.#text.startsWith('new '); }
  isAsync() { return this.#text.startsWith('async '); }
  isPromiseAll() { return false; }
  getPromiseIndex() { return null; }
  toString() { return this.#text; }
}

// The plain name of the function of a frame: `at async Type.name (index.js:1:1)`.
const functionOf = (frame) => /^ {4}at (?:async |new )*(?:[^ (]*\.)?([^ .(]+) /.exec(frame)?.[1];

// How many frames captureStackTrace keeps; an error that is made has the engine's ten.
if (!('stackTraceLimit' in Error)) defineProperty(Error, 'stackTraceLimit', { value: 10, writable: true, enumerable: true, configurable: true });
if (!('captureStackTrace' in Error)) defineProperty(Error, 'captureStackTrace', { value: captureStackTrace, writable: true, enumerable: false, configurable: true });

const ERRORS = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

// Those of https://webidl.spec.whatwg.org/#idl-DOMException-error-names that have no code.
const WITHOUT_CODE = {
  __proto__: null, EncodingError: true, NotReadableError: true, UnknownError: true, ConstraintError: true, DataError: true,
  TransactionInactiveError: true, ReadOnlyError: true, VersionError: true, OperationError: true, NotAllowedError: true, OptOutError: true,
};

// The error of this name that Java speaks of. One of a class of a worker's own is known by its name alone.
export function errorOf(name, message) {
  if (name in ERRORS) return new ERRORS[name](message);
  if (name in CODES || name in WITHOUT_CODE) return new DOMException(message, name);
  return defineProperty(new Error(message), 'name', { value: name, writable: true, enumerable: true, configurable: true });
}

// The error that a GuestError of Java stands for, when it is given and not thrown: what host functions throw arrives as the error itself.
export function fromHost(error) {
  const whole = error.whole();
  return whole !== null ? load('rpc/message').readFault(whole) : errorOf(error.name(), error.message());
}

export const isError = Error.isError;

// What is told to Java of anything that a worker may throw: three strings.
export function describe(error) {
  if (error instanceof Error) {
    try {
      return { name: `${error.name}`, message: `${error.message}`, stack: `${error.stack}` };
    } catch {
      return { name: 'Error', message: 'An error whose properties throw', stack: '' };
    }
  }
  let message;
  try {
    message = `${error}`;
  } catch {
    message = 'A value that cannot be made a string';
  }
  return { name: 'Error', message, stack: '' };
}

let reporting = false;

// https://html.spec.whatwg.org/#report-the-exception: the global's `error` listeners see it, and unless one cancels it, the log.
export function reportError(error) {
  if (arguments.length === 0) throw new TypeError('reportError: 1 argument is required, but only 0 given.');
  if (!reporting) {
    reporting = true;
    try {
      const { fire, hasListeners } = load('events');
      const { name, message } = describe(error);
      const event = hasListeners(globalThis, 'error') &&
        new (load('events/kinds').ErrorEvent)('error', { message: `Uncaught ${name}: ${message}`, error, cancelable: true });
      if (event && !fire(globalThis, event)) return;
    } finally {
      reporting = false;
    }
  }
  globalThis.console.error(error);
}
