// `node:console`: https://nodejs.org/api/console.html

import { console } from './console.js';
import { inspect } from './inspect.js';
import { format } from './inspect/format.js';
import { table as tableOf } from './inspect/table.js';
import { coded } from './nodejs/errors.js';

const { assert, clear, count, countReset, debug, dir, dirxml, error, group, groupCollapsed, groupEnd, info, log, table, time, timeEnd, timeLog, timeStamp, trace, warn } = console;
const { now } = Date;

// A console that writes to streams. https://nodejs.org/api/console.html#class-console
class ConsoleOfStreams {
  #out;
  #errors;
  #inspectOptions;
  #indentation = '';
  #step;
  #counts = new Map();
  #timers = new Map();

  constructor(options, stderr = undefined) {
    const given = typeof options?.write === 'function' ? { stdout: options, stderr } : options ?? {};
    const { stdout, stderr: errors = stdout, inspectOptions, groupIndentation = 2 } = given;
    for (const [name, stream] of [['stdout', stdout], ['stderr', errors]]) {
      if (typeof stream?.write !== 'function') throw coded(TypeError, 'ERR_CONSOLE_WRITABLE_STREAM', `Console expects a writable stream instance for ${name}`);
    }
    this.#out = stdout;
    this.#errors = errors ?? stdout;
    this.#inspectOptions = inspectOptions;
    this.#step = ' '.repeat(groupIndentation);
    // Methods need no `this`.
    for (const name of Object.getOwnPropertyNames(ConsoleOfStreams.prototype)) if (name !== 'constructor') this[name] = this[name].bind(this);
  }

  #print(stream, text) {
    stream.write(`${this.#indentation}${this.#indentation === '' ? text : text.replaceAll('\n', `\n${this.#indentation}`)}\n`);
  }

  #format(args) {
    return format(this.#inspectOptions, args);
  }

  log(...args) { this.#print(this.#out, this.#format(args)); }
  info(...args) { this.log(...args); }
  debug(...args) { this.log(...args); }
  dirxml(...args) { this.log(...args); }
  error(...args) { this.#print(this.#errors, this.#format(args)); }
  warn(...args) { this.error(...args); }
  trace(...args) { this.error(`Trace${args.length === 0 ? '' : `: ${this.#format(args)}`}`); }
  dir(value, options) { this.#print(this.#out, inspect(value, { customInspect: false, ...this.#inspectOptions, ...options })); }
  table(data, properties) { this.log(tableOf(data, properties) ?? data); }
  clear() {}
  timeStamp() {}

  assert(condition, ...args) {
    if (condition) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    this.error(...args);
  }

  count(label = 'default') {
    const count = (this.#counts.get(`${label}`) ?? 0) + 1;
    this.#counts.set(`${label}`, count);
    this.log(`${label}: ${count}`);
  }

  countReset(label = 'default') { this.#counts.delete(`${label}`); }

  group(...args) {
    if (args.length > 0) this.log(...args);
    this.#indentation += this.#step;
  }

  groupCollapsed(...args) { this.group(...args); }
  groupEnd() { this.#indentation = this.#indentation.slice(this.#step.length); }
  time(label = 'default') { this.#timers.set(`${label}`, now()); }

  timeLog(label = 'default', ...args) {
    const start = this.#timers.get(`${label}`);
    if (start !== undefined) this.log(`${label}: ${now() - start}ms`, ...args);
  }

  timeEnd(label = 'default') {
    this.timeLog(label);
    this.#timers.delete(`${label}`);
  }
}

// Node's can be called without `new`.
const Console = new Proxy(Object.defineProperty(ConsoleOfStreams, 'name', { value: 'Console', configurable: true }), { apply: (type, self, args) => new type(...args) });
const module = Object.create(console, { Console: { value: Console, writable: true, enumerable: true, configurable: true } });

export { module as default, Console, assert, clear, count, countReset, debug, dir, dirxml, error, group, groupCollapsed, groupEnd, info, log, table, time, timeEnd, timeLog, timeStamp,
  trace, warn };
