// `node:module`: https://nodejs.org/api/module.html, as far as there are modules to require.

import { builtin } from './modules.js';
import { missing } from './nodejs/errors.js';

const builtinModules = ['assert', 'async_hooks', 'buffer', 'console', 'crypto', 'diagnostics_channel', 'events', 'os', 'path', 'process', 'querystring', 'stream', 'string_decoder',
  'timers', 'url', 'util', 'zlib'];
const isBuiltin = (name) => builtin(name) !== undefined;

function createRequire() {
  return Object.assign((name) => {
    const module = builtin(name);
    if (module === undefined) throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
    return module;
  }, { resolve: (name) => name });
}

const register = missing('module.register()'), findSourceMap = () => undefined, syncBuiltinESMExports = () => {};
const Module = Object.assign(missing('new Module()'), { builtinModules, createRequire, findSourceMap, isBuiltin, register, syncBuiltinESMExports });
Module.Module = Module;

export { Module as default, Module, builtinModules, createRequire, findSourceMap, isBuiltin, register, syncBuiltinESMExports };
