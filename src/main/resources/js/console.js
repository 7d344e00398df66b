// https://console.spec.whatwg.org/. A message is one line of the invocation's log; the text is made as Node's console makes it.

import { inspect } from './inspect.js';
import { format } from './inspect/format.js';
import { table } from './inspect/table.js';

const { now } = Date;
const counts = new Map();
const timers = new Map();
const DEEPEST_GROUP = 100;
let groups = 0;

function print(level, text) {
  const indentation = '  '.repeat(Math.min(groups, DEEPEST_GROUP));
  const indented = groups === 0 ? text : indentation + text.replaceAll('\n', `\n${indentation}`);
  host.log(level, indented);
}

const printer = (level) => (...args) => print(level, format(undefined, args));
const label = (value) => `${value === undefined ? 'default' : value}`;

function elapsed(name, method) {
  const start = timers.get(name);
  if (start === undefined) {
    print('warn', `No such label '${name}' for console.${method}()`);
    return undefined;
  }
  return `${name}: ${duration(now() - start)}`;
}

function duration(ms) {
  if (ms >= 3_600_000) return `${(ms / 3_600_000).toFixed(3)}h`;
  if (ms >= 60_000) return `${(ms / 60_000).toFixed(3)}m`;
  return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${ms}ms`;
}

const methods = {
  log: printer('log'),
  info: printer('info'),
  warn: printer('warn'),
  error: printer('error'),
  debug: printer('debug'),
  dirxml: printer('log'),

  trace(...args) {
    const frames = `${new Error().stack}`.split('\n').slice(1).join('\n');
    print('log', `Trace${args.length === 0 ? '' : `: ${format(undefined, args)}`}${frames === '' ? '' : `\n${frames}`}`);
  },

  assert(condition, ...args) {
    if (condition) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift(args.length === 0 ? 'Assertion failed' : 'Assertion failed:');
    print('error', format(undefined, args));
  },

  count(value) {
    const name = label(value), count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    print('log', `${name}: ${count}`);
  },

  countReset(value) {
    const name = label(value);
    if (!counts.delete(name)) print('warn', `Count for '${name}' does not exist`);
  },

  dir(value, options) {
    print('log', inspect(value, { customInspect: false, ...options }));
  },

  group(...args) {
    if (args.length > 0) methods.log(...args);
    groups++;
  },

  groupEnd() {
    groups = Math.max(groups - 1, 0);
  },

  table(data, properties) {
    if (properties !== undefined && !Array.isArray(properties)) throw new TypeError('The columns of console.table must be an array.');
    const text = table(data, properties);
    if (text === undefined) methods.log(data);
    else print('log', text);
  },

  time(value) {
    const name = label(value);
    if (timers.has(name)) print('warn', `Label '${name}' already exists for console.time()`);
    else timers.set(name, now());
  },

  timeLog(value, ...args) {
    const text = elapsed(label(value), 'timeLog');
    if (text !== undefined) print('log', format(undefined, [text, ...args]));
  },

  timeEnd(value) {
    const text = elapsed(label(value), 'timeEnd');
    timers.delete(label(value));
    if (text !== undefined) print('log', text);
  },

  clear() {
    groups = 0;
  },
};
methods.groupCollapsed = methods.group;
methods.timeStamp = () => {};

// A namespace object: its methods need no `this`.
export const console = Object.assign(Object.create({}), methods);
Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
