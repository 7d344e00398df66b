// `node:process` and the global `process`: https://nodejs.org/api/process.html, as far as there is a process for a worker to see.

import { environment } from './worker.js';
import { settings } from './nodejs/settings.js';
import { missing } from './nodejs/errors.js';
import { nextTick } from './nodejs/ticks.js';
import { EventEmitter } from './node/events.js';

const { now } = Date;
const started = now();

// The texts of the worker's variables and secrets; what a worker changes is its own. Every value becomes a string, as in Node.
const values = {};
if (settings.processEnv) {
  const bindings = environment();
  for (const name of Object.keys(bindings)) {
    const value = bindings[name];
    if (typeof value === 'string') values[name] = value;
    else if (isPlain(value)) values[name] = JSON.stringify(value);
  }
}

// A variable that is JSON, and no binding that is an object of the platform.
function isPlain(value) {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || Array.isArray(value)) return true;
  return typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

const env = new Proxy(values, {
  set(target, name, value) {
    target[name] = `${value}`;
    return true;
  },
  defineProperty(target, name, descriptor) {
    return Reflect.defineProperty(target, name, 'value' in descriptor ? { ...descriptor, value: `${descriptor.value}` } : descriptor);
  },
});

function hrtime(before = undefined) {
  const time = now(), seconds = Math.floor(time / 1000), nanoseconds = (time % 1000) * 1e6;
  if (before === undefined) return [seconds, nanoseconds];
  let [s, n] = [seconds - before[0], nanoseconds - before[1]];
  if (n < 0) [s, n] = [s - 1, n + 1e9];
  return [s, n];
}
hrtime.bigint = () => BigInt(now()) * 1_000_000n;

function emitWarning(warning, type = 'Warning') {
  const name = typeof type === 'object' ? type?.type ?? 'Warning' : type;
  globalThis.console.warn(typeof warning === 'string' ? `${name}: ${warning}` : warning);
}

function exit() {
  throw new Error('process.exit() was called: a worker cannot end its process, only its event.');
}

// A stream that is the console's.
const output = (level) => ({
  isTTY: false,
  columns: 80,
  writable: true,
  write(text, encoding, callback) {
    globalThis.console[level](`${text}`.replace(/\n$/, ''));
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') nextTick(done);
    return true;
  },
  end() {},
  on() { return this; },
  once() { return this; },
  removeListener() { return this; },
  emit() { return false; },
});

const process = Object.assign(new EventEmitter(), {
  // As Workers says: libraries choose by these what they may use.
  title: 'workerd',
  version: 'v22.19.0',
  versions: { node: '22.19.0' },
  arch: 'x64',
  platform: 'linux',
  release: { name: 'node' },
  argv: ['workerd'],
  argv0: 'workerd',
  execArgv: [],
  execPath: '',
  pid: 1,
  ppid: 0,
  exitCode: undefined,
  features: { inspector: false, debug: false, uv: true, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: true, tls: true, cached_builtins: true, require_module: false, typescript: false },
  debugPort: 0,
  connected: false,
  channel: null,
  noDeprecation: false,
  throwDeprecation: false,
  traceDeprecation: false,
  sourceMapsEnabled: false,
  allowedNodeEnvironmentFlags: new Set(),
  report: { compact: false, directory: '', filename: '', reportOnFatalError: false, reportOnSignal: false, reportOnUncaughtException: false, signal: 'SIGUSR2', getReport: () => ({}), writeReport: () => '' },
  permission: { has: () => true },
  finalization: { register() {}, registerBeforeExit() {}, unregister() {} },
  config: { variables: {}, target_defaults: {} },
  env,
  stdin: { isTTY: false, on() { return this; }, once() { return this; }, resume() { return this; }, pause() { return this; } },
  stdout: output('log'),
  stderr: output('error'),
  nextTick,
  hrtime,
  emitWarning,
  exit,
  abort: exit,
  cwd: () => '/bundle',
  chdir() { throw new Error('process.chdir() is not possible in a worker.'); },
  umask: () => 0o22,
  uptime: () => (now() - started) / 1000,
  memoryUsage: Object.assign(() => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }), { rss: () => 0 }),
  cpuUsage: () => ({ user: 0, system: 0 }),
  getuid: () => 0,
  getgid: () => 0,
  geteuid: () => 0,
  getegid: () => 0,
  getgroups: () => [],
  ...Object.fromEntries(['setuid', 'setgid', 'seteuid', 'setegid', 'setgroups', 'initgroups', 'dlopen', 'binding', '_linkedBinding', 'execve', 'loadEnvFile'].map((name) => [name, missing(`process.${name}()`)])),
  kill: exit,
  reallyExit: exit,
  ref() {},
  unref() {},
  availableMemory: () => 0,
  constrainedMemory: () => 0,
  resourceUsage: () => ({ userCPUTime: 0, systemCPUTime: 0, maxRSS: 0, sharedMemorySize: 0, unsharedDataSize: 0, unsharedStackSize: 0, minorPageFault: 0, majorPageFault: 0, swappedOut: 0,
    fsRead: 0, fsWrite: 0, ipcSent: 0, ipcReceived: 0, signalsCount: 0, voluntaryContextSwitches: 0, involuntaryContextSwitches: 0 }),
  threadCpuUsage: () => ({ user: 0, system: 0 }),
  getActiveResourcesInfo: () => [],
  setUncaughtExceptionCaptureCallback() {},
  hasUncaughtExceptionCaptureCallback: () => false,
  setSourceMapsEnabled() {},
  assert(condition, message) { load('node/assert').default(condition, message); },
  getBuiltinModule(name) { return load('modules').builtin(name); },
});
Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });
const { title, version, versions, arch, platform, release, argv, argv0, execArgv, execPath, pid, ppid, features, config, stdin, stdout, stderr, abort, cwd, chdir,
  umask, uptime, memoryUsage, cpuUsage, getBuiltinModule, on, off, once, emit, addListener, removeListener, removeAllListeners, listeners, listenerCount, getuid, getgid, geteuid, getegid,
  getgroups, kill, availableMemory, constrainedMemory, resourceUsage, getActiveResourcesInfo, setUncaughtExceptionCaptureCallback, hasUncaughtExceptionCaptureCallback, allowedNodeEnvironmentFlags,
  report, debugPort, assert, binding, dlopen, exitCode, loadEnvFile, setSourceMapsEnabled, permission, finalization } = process;

const { channel, connected, execve, initgroups, noDeprecation, reallyExit, ref, setegid, seteuid, setgid, setgroups, setuid, sourceMapsEnabled, threadCpuUsage,
  throwDeprecation, traceDeprecation, unref } = process;

export { process, process as default, env, nextTick, hrtime, emitWarning, exit, title, version, versions, arch, platform, release, argv, argv0, execArgv, execPath, pid,
  ppid, features, config, stdin, stdout, stderr, abort, cwd, chdir, umask, uptime, memoryUsage, cpuUsage, getBuiltinModule, on, off, once, emit, addListener, removeListener,
  removeAllListeners, listeners, listenerCount, getuid, getgid, geteuid, getegid, getgroups, kill, availableMemory, constrainedMemory, resourceUsage, getActiveResourcesInfo,
  setUncaughtExceptionCaptureCallback, hasUncaughtExceptionCaptureCallback, allowedNodeEnvironmentFlags, report, debugPort, assert, binding, dlopen, exitCode, loadEnvFile,
  setSourceMapsEnabled, permission, finalization, channel, connected, execve, initgroups, noDeprecation, reallyExit, ref, setegid, seteuid, setgid, setgroups, setuid, sourceMapsEnabled, threadCpuUsage,
  throwDeprecation, traceDeprecation, unref };
