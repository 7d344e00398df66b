// `node:util`: https://nodejs.org/api/util.html

import { AbortController } from './abort.js';
import { TextDecoder, TextEncoder } from './encoding.js';
import { inspect } from './inspect.js';
import { format as formatArguments } from './inspect/format.js';
import { parseArgs } from './nodejs/args.js';
import { signals, systemErrors } from './nodejs/constants.js';
import { diff } from './nodejs/diff.js';
import { deepEqual } from './nodejs/equal.js';
import { coded, invalidArgType, invalidArgValue, outOfRange, requireFunction, requireString } from './nodejs/errors.js';
import { MIMEParams, MIMEType } from './nodejs/mime.js';
import { types } from './node/util/types.js';
import { queueMicrotask } from './timers.js';

const { apply, getOwnPropertyDescriptor, ownKeys } = Reflect;
const { defineProperty, getPrototypeOf, setPrototypeOf } = Object;
const CUSTOM_PROMISIFY = Symbol.for('nodejs.util.promisify.custom');

const format = (...args) => formatArguments(undefined, args);

function formatWithOptions(options, ...args) {
  if (typeof options !== 'object' || options === null) throw invalidArgType('inspectOptions', 'of type object', options);
  return formatArguments(options, args);
}

function promisify(original) {
  requireFunction(original, 'original');
  const custom = original[CUSTOM_PROMISIFY];
  if (custom !== undefined) {
    requireFunction(custom, 'util.promisify.custom');
    return defineProperty(custom, CUSTOM_PROMISIFY, { value: custom, configurable: true });
  }
  function promised(...args) {
    return new Promise((resolve, reject) => {
      apply(original, this, [...args, (error, value) => {
        if (error) reject(error);
        else resolve(value);
      }]);
    });
  }
  return dressed(promised, original, promised);
}
promisify.custom = CUSTOM_PROMISIFY;

function dressed(made, original, promised) {
  setPrototypeOf(made, getPrototypeOf(original));
  if (promised !== undefined) defineProperty(made, CUSTOM_PROMISIFY, { value: promised, configurable: true });
  for (const key of ownKeys(original)) {
    const descriptor = getOwnPropertyDescriptor(original, key);
    if (key !== 'prototype' && getOwnPropertyDescriptor(made, key)?.configurable !== false) defineProperty(made, key, descriptor);
  }
  return made;
}

function callbackify(original) {
  requireFunction(original, 'original');
  function called(...args) {
    const callback = args.pop();
    requireFunction(callback, 'last argument');
    Promise.resolve(apply(original, this, args)).then(
      (value) => queueMicrotask(() => callback(null, value)),
      (reason) => queueMicrotask(() => {
        if (reason) return callback(reason);
        const error = coded(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value');
        error.reason = reason;
        return callback(error);
      }));
  }
  defineProperty(called, 'name', { value: `${original.name}Callbackified`, configurable: true });
  defineProperty(called, 'length', { value: original.length + 1, configurable: true });
  return called;
}

function inherits(constructor, parent) {
  requireFunction(constructor, 'ctor');
  requireFunction(parent, 'superCtor');
  if (parent.prototype === undefined) throw invalidArgType('superCtor.prototype', 'of type object', parent.prototype);
  defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
  setPrototypeOf(constructor.prototype, parent.prototype);
}

const warned = new Set();

function deprecate(original, message, code = undefined) {
  let told = false;
  const warn = () => {
    if (told || (code !== undefined && warned.has(code))) return;
    told = true;
    warned.add(code);
    globalThis.console.warn(`${code === undefined ? '' : `[${code}] `}DeprecationWarning: ${message}`);
  };
  function deprecated(...args) {
    warn();
    return new.target ? Reflect.construct(original, args, new.target === deprecated ? original : new.target) : apply(original, this, args);
  }
  setPrototypeOf(deprecated, original);
  if (original.prototype) deprecated.prototype = original.prototype;
  return deprecated;
}

// There is no NODE_DEBUG here, so that nothing is printed.
const debuglog = () => Object.assign(() => {}, { enabled: false });
const debug = debuglog;

const isDeepStrictEqual = (a, b) => deepEqual(a, b, true);
const isArray = Array.isArray;
const toUSVString = (text) => `${text}`.toWellFormed();

const ESCAPES = /[\u001b\u009b][[\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\d/#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d/#&.:=?%@~_]*)*)?(?:\u0007|\u001b\u005c|\u009c))|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]))/g;

function stripVTControlCharacters(text) {
  requireString(text, 'str');
  return text.replace(ESCAPES, '');
}

const STYLES = {
  __proto__: null, reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], inverse: [7, 27], hidden: [8, 28], strikethrough: [9, 29],
  black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39], white: [37, 39], gray: [90, 39], grey: [90, 39],
  bgBlack: [40, 49], bgRed: [41, 49], bgGreen: [42, 49], bgYellow: [43, 49], bgBlue: [44, 49], bgMagenta: [45, 49], bgCyan: [46, 49], bgWhite: [47, 49],
};
inspect.colors ??= STYLES;

function styleText(formats, text) {
  requireString(text, 'text');
  let left = '', right = '';
  for (const name of Array.isArray(formats) ? formats : [formats]) {
    const style = STYLES[name];
    if (style === undefined) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'format' must be one of: ${Object.keys(STYLES).join(', ')}. Received '${name}'`);
    left += `\u001b[${style[0]}m`;
    right = `\u001b[${style[1]}m${right}`;
  }
  return left + text + right;
}

async function aborted(signal) {
  if (typeof signal?.addEventListener !== 'function') throw invalidArgType('signal', 'an instance of AbortSignal', signal);
  if (signal.aborted) return undefined;
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

// Of the older interface; some libraries still ask.
const isBoolean = (value) => typeof value === 'boolean', isNull = (value) => value === null, isNullOrUndefined = (value) => value === null || value === undefined;
const isNumber = (value) => typeof value === 'number', isString = (value) => typeof value === 'string', isSymbol = (value) => typeof value === 'symbol';
const isUndefined = (value) => value === undefined, isFunction = (value) => typeof value === 'function', { isRegExp, isDate } = types;
const isObject = (value) => value !== null && typeof value === 'object', isError = (value) => value instanceof Error, isPrimitive = (value) => !isObject(value) && !isFunction(value);
const isBuffer = (value) => load('node/buffer').Buffer.isBuffer(value);
const log = (...args) => globalThis.console.log(...args);

function _extend(target, source) {
  return source === null || typeof source !== 'object' ? target : Object.assign(target, source);
}

// https://nodejs.org/api/util.html#utilgetsystemerrornameerr
const getSystemErrorMap = systemErrors;

function systemErrorOf(number) {
  if (typeof number !== 'number') throw invalidArgType('err', 'of type number', number);
  if (!Number.isSafeInteger(number) || number >= 0) throw outOfRange('err', 'a negative integer', number);
  return systemErrors().get(number);
}
const getSystemErrorName = (number) => systemErrorOf(number)?.[0] ?? `Unknown system error ${number}`;
const getSystemErrorMessage = (number) => systemErrorOf(number)?.[1];

// https://nodejs.org/api/util.html#utilgetcallsitesframecount-options
function getCallSites(count = 10) {
  const before = Error.prepareStackTrace, target = {};
  try {
    Error.prepareStackTrace = (error, sites) => sites;
    Error.captureStackTrace(target, getCallSites);
    return target.stack.slice(0, count).map((site) => ({ functionName: site.getFunctionName() ?? '', scriptId: '0', scriptName: site.getFileName() ?? '', lineNumber: site.getLineNumber(),
      columnNumber: site.getColumnNumber(), column: site.getColumnNumber() }));
  } finally {
    Error.prepareStackTrace = before;
  }
}

// https://nodejs.org/api/util.html#utilparseenvcontent
const VARIABLE = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*(?:"((?:[^"])*)"|'([^']*)'|`([^`]*)`|([^#\r\n]*))/gm;

function parseEnv(content) {
  requireString(content, 'content');
  const values = {};
  for (const [, name, double, single, back, plain] of content.matchAll(VARIABLE)) values[name] = double?.replaceAll('\\n', '\n') ?? single ?? back ?? plain.trim();
  return values;
}

// https://nodejs.org/api/util.html#utilconvertprocesssignaltoexitcodesignalcode
function convertProcessSignalToExitCode(signal) {
  if (!Object.hasOwn(signals, signal)) throw invalidArgValue('signalCode', signal, 'is no signal');
  return 128 + signals[signal];
}

// There are no signals.
const setTraceSigInt = () => {};

const transferableAbortController = () => new AbortController(), transferableAbortSignal = (signal) => signal;

const util = {
  TextDecoder, TextEncoder, MIMEType, MIMEParams, _extend, aborted, callbackify, convertProcessSignalToExitCode, debug, debuglog, deprecate, diff, format,
  formatWithOptions, getCallSites, getSystemErrorMap, getSystemErrorMessage, getSystemErrorName, inherits, inspect, isArray, isBoolean, isBuffer, isDate,
  isDeepStrictEqual, isError, isFunction, isNull, isNullOrUndefined, isNumber, isObject, isPrimitive, isRegExp, isString, isSymbol, isUndefined, log,
  parseArgs, parseEnv, promisify, setTraceSigInt, stripVTControlCharacters, styleText, toUSVString, transferableAbortController, transferableAbortSignal,
  types,
};

export {
  TextDecoder, TextEncoder, MIMEType, MIMEParams, _extend, aborted, callbackify, convertProcessSignalToExitCode, debug, debuglog, deprecate, diff, format,
  formatWithOptions, getCallSites, getSystemErrorMap, getSystemErrorMessage, getSystemErrorName, inherits, inspect, isArray, isBoolean, isBuffer, isDate,
  isDeepStrictEqual, isError, isFunction, isNull, isNullOrUndefined, isNumber, isObject, isPrimitive, isRegExp, isString, isSymbol, isUndefined, log,
  parseArgs, parseEnv, promisify, setTraceSigInt, stripVTControlCharacters, styleText, toUSVString, transferableAbortController, transferableAbortSignal,
  types,
  util as default,
};
