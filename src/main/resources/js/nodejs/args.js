// util.parseArgs: https://nodejs.org/api/util.html#utilparseargsconfig

import { coded, invalidArgType, requireObject } from './nodejs/errors.js';

export function parseArgs(config = {}) {
  const { args = [], options = {}, strict = true, allowNegative = false, tokens: wantTokens = false } = config;
  const allowPositionals = config.allowPositionals ?? !strict;
  requireObject(options, 'options');
  if (!Array.isArray(args)) throw invalidArgType('args', 'an instance of Array', args);
  const values = { __proto__: null }, positionals = [], tokens = [];

  const named = (short) => Object.keys(options).find((name) => options[name].short === short) ?? short;
  const store = (name, raw, value, index, inlineValue) => {
    let option = options[name], flag = value;
    let stored = name;
    if (option === undefined && allowNegative && name.startsWith('no-') && options[name.slice(3)]?.type === 'boolean') {
      stored = name.slice(3);
      option = options[stored];
      flag = false;
    }
    if (strict) {
      if (option === undefined) throw coded(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${raw}'`);
      if (option.type === 'string' && typeof value !== 'string') throw coded(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${raw} <value>' argument missing`);
      if (option.type === 'boolean' && value !== undefined) throw coded(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '${raw}' does not take an argument`);
    }
    tokens.push({ kind: 'option', name, rawName: raw, index, value, inlineValue });
    if (stored === '__proto__') return;
    flag ??= true;
    if (option?.multiple) (values[stored] ??= []).push(flag);
    else values[stored] = flag;
  };

  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    const takesNext = (name) => options[name]?.type === 'string' && args[index + 1] !== undefined && (!strict || args[index + 1] === '-' || !args[index + 1].startsWith('-'));
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (index++; index < args.length; index++) {
        positionals.push(args[index]);
        tokens.push({ kind: 'positional', index, value: args[index] });
      }
    } else if (arg.startsWith('--')) {
      const equals = arg.indexOf('='), name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
      if (equals >= 0) store(name, `--${name}`, arg.slice(equals + 1), index, true);
      else if (takesNext(name)) store(name, arg, args[index + 1], index++, false);
      else store(name, arg, undefined, index, undefined);
    } else if (arg.startsWith('-') && arg.length > 1) {
      for (let at = 1; at < arg.length; at++) {
        const name = named(arg[at]), rest = arg.slice(at + 1);
        if (options[name]?.type === 'string' && rest !== '') {
          store(name, `-${arg[at]}`, rest.replace(/^=/, ''), index, true);
          break;
        }
        if (rest === '' && takesNext(name)) {
          store(name, `-${arg[at]}`, args[index + 1], index++, false);
          break;
        }
        store(name, `-${arg[at]}`, undefined, index, undefined);
      }
    } else {
      positionals.push(arg);
      tokens.push({ kind: 'positional', index, value: arg });
    }
  }
  if (strict && !allowPositionals && positionals.length > 0) {
    throw coded(TypeError, 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', `Unexpected argument '${positionals[0]}'. This command does not take positional arguments`);
  }
  for (const name of Object.keys(options)) {
    if (values[name] === undefined && options[name].default !== undefined) values[name] = options[name].default;
  }
  return wantTokens ? { values, positionals, tokens } : { values, positionals };
}
