// `node:module`: https://nodejs.org/api/module.html, as far as there are modules to require.

import { builtin, has } from './modules.js';
import { missing, requireString } from './nodejs/errors.js';

const builtinModules = Object.freeze(['_http_agent', '_http_client', '_http_common', '_http_incoming', '_http_outgoing', '_http_server', '_stream_duplex', '_stream_passthrough', '_stream_readable',
  '_stream_transform', '_stream_wrap', '_stream_writable', '_tls_common', '_tls_wrap', 'assert', 'assert/strict', 'async_hooks', 'buffer', 'child_process', 'cluster', 'console', 'constants',
  'crypto', 'dgram', 'diagnostics_channel', 'dns', 'dns/promises', 'domain', 'events', 'fs', 'fs/promises', 'http', 'http2', 'https', 'inspector', 'inspector/promises', 'module', 'net', 'os',
  'path', 'path/posix', 'path/win32', 'perf_hooks', 'process', 'punycode', 'querystring', 'readline', 'readline/promises', 'repl', 'stream', 'stream/consumers', 'stream/promises', 'stream/web',
  'string_decoder', 'sys', 'timers', 'timers/promises', 'tls', 'trace_events', 'tty', 'url', 'util', 'util/types', 'v8', 'vm', 'wasi', 'worker_threads', 'zlib', 'node:sqlite', 'node:test']);
const isBuiltin = (name) => typeof name === 'string' && !name.includes('cloudflare:') && has(name);

function createRequire(path) {
  if (typeof path !== 'object') requireString(path, 'filename');
  const resolve = (name) => {
    if (isBuiltin(name)) return name;
    throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
  };
  resolve.paths = () => null;
  return Object.assign((name) => {
    requireString(name, 'id');
    return builtin(resolve(name));
  }, { resolve, cache: {}, extensions: {}, main: undefined });
}

const register = missing('module.register()'), registerHooks = missing('module.registerHooks()'), findSourceMap = () => undefined, syncBuiltinESMExports = () => {};
const findPackageJSON = () => undefined, enableCompileCache = () => ({ status: constants.compileCacheStatus.DISABLED }), getCompileCacheDir = () => undefined, flushCompileCache = () => {};
const constants = Object.freeze({ compileCacheStatus: Object.freeze({ FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 }) });
// Source maps are applied whatever is set.
const getSourceMapsSupport = () => ({ enabled: true, nodeModules: true, generatedCode: false }), setSourceMapsSupport = () => {};
const wrap = (text) => `(function (exports, require, module, __filename, __dirname) { ${text}\n});`, globalPaths = [], SourceMap = missing('module.SourceMap');
const stripTypeScriptTypes = missing('module.stripTypeScriptTypes()', 'bundle first'), runMain = missing('module.runMain()');

// What tools change to have modules loaded their way, which nothing here asks.
const inner = { _cache: {}, _extensions: {}, _pathCache: {}, _debug() {}, _initPaths() {}, _preloadModules() {}, _findPath: () => false, _nodeModulePaths: () => [],
  _resolveLookupPaths: () => null, _resolveFilename: (name) => createRequire('/').resolve(name), _load: (name) => createRequire('/')(name) };
const Module = Object.assign(function Module(id = '', parent = undefined) {
  Object.assign(this, { id, path: '/', exports: {}, filename: null, loaded: false, children: [], paths: [], parent });
}, inner, { SourceMap, builtinModules, constants, createRequire, enableCompileCache, findPackageJSON, findSourceMap, flushCompileCache, getCompileCacheDir, getSourceMapsSupport, globalPaths, isBuiltin, register,
  registerHooks, runMain, setSourceMapsSupport, stripTypeScriptTypes, syncBuiltinESMExports, wrap });
Module.Module = Module;
Module.prototype.require = function require(name) { return createRequire('/')(name); };

export { Module as default, Module, SourceMap, builtinModules, constants, createRequire, enableCompileCache, findPackageJSON, findSourceMap, flushCompileCache, getCompileCacheDir, getSourceMapsSupport,
  globalPaths, isBuiltin, register, registerHooks, runMain, setSourceMapsSupport, stripTypeScriptTypes, syncBuiltinESMExports, wrap };
