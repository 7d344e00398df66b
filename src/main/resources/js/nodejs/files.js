// A file system without files: what looks for one is told that there is none, what would make one that it cannot. https://nodejs.org/api/fs.html

import { Buffer } from './node/buffer.js';
import { Readable, Writable } from './node/stream.js';
import { systemError } from './nodejs/constants.js';
import { coded, invalidArgType, requireFunction } from './nodejs/errors.js';
import { isView } from './nodejs/kinds.js';
import { nextTick } from './nodejs/ticks.js';
import { URL } from './url.js';

// By what they look for, with the name of the system's call.
const LOOKING = {
  access: 'access', chmod: 'chmod', chown: 'chown', copyFile: 'copyfile', cp: 'cp', lchmod: 'lchmod', lchown: 'lchown', link: 'link', lstat: 'lstat', lutimes: 'lutime', opendir: 'opendir',
  readFile: 'open', readdir: 'scandir', readlink: 'readlink', realpath: 'realpath', rename: 'rename', rmdir: 'rmdir', stat: 'stat', statfs: 'statfs', truncate: 'open', unlink: 'unlink',
  utimes: 'utime',
};
const MAKING = { appendFile: 'open', mkdir: 'mkdir', mkdtemp: 'mkdtemp', symlink: 'symlink', writeFile: 'open' };
const OPENED = ['close', 'fchmod', 'fchown', 'fdatasync', 'fstat', 'fsync', 'ftruncate', 'futimes', 'read', 'readv', 'writev'];

function pathOf(path) {
  if (typeof path === 'string') return path;
  if (isView(path)) return Buffer.from(path.buffer, path.byteOffset, path.byteLength).toString();
  if (path instanceof URL) return path.pathname;
  if (typeof path === 'number') return undefined;
  throw invalidArgType('path', 'of type string or an instance of Buffer or URL', path);
}

function failure(path, syscall, code) {
  const file = pathOf(path), error = systemError(file === undefined ? 'EBADF' : code, syscall, file);
  if (file !== undefined) error.message += `: ${code === 'ENOENT' ? 'a worker has no files' : 'a worker cannot make files'}; import them as text or data modules, or keep them in a KV namespace or as static assets`;
  return error;
}

const writes = (flags) => typeof flags === 'string' ? /[wa+]/.test(flags) : typeof flags === 'number' && (flags & 3) !== 0;

// What each of them does, without a form: it throws, or gives what there is to give.
const actions = { __proto__: null };
for (const name of Object.keys(LOOKING)) actions[name] = (path) => { throw failure(path, LOOKING[name], 'ENOENT'); };
for (const name of Object.keys(MAKING)) actions[name] = (path) => { throw failure(path, MAKING[name], 'EROFS'); };
for (const name of OPENED) actions[name] = () => { throw systemError('EBADF', name); };
actions.open = (path, flags = 'r') => { throw failure(path, 'open', writes(flags) ? 'EROFS' : 'ENOENT'); };
actions.rm = (path, options) => {
  if (!options?.force) throw failure(path, 'rm', 'ENOENT');
};
// The console's: standard output and error.
actions.write = (fd, data) => {
  if (fd !== 1 && fd !== 2) throw systemError('EBADF', 'write');
  const text = typeof data === 'string' ? data : Buffer.from(data).toString();
  globalThis.console[fd === 1 ? 'log' : 'error'](text.replace(/\n$/, ''));
  return Buffer.byteLength(text);
};
for (const name of ['stat', 'lstat']) {
  const look = actions[name];
  actions[`${name}Sync`] = (path, options) => options?.throwIfNoEntry === false ? undefined : look(path);
}

export const sync = {};
export const later = {};
export const promises = {};
for (const name of Object.keys(actions)) {
  if (name.endsWith('Sync')) continue;
  const act = actions[name];
  sync[`${name}Sync`] = named(actions[`${name}Sync`] ?? ((...args) => act(...args)), `${name}Sync`);
  later[name] = named((...args) => {
    const callback = args.at(-1);
    requireFunction(callback, 'cb');
    let error = null, value;
    try {
      value = act(...args.slice(0, -1));
    } catch (thrown) {
      if (thrown.code === 'ERR_INVALID_ARG_TYPE') throw thrown;
      error = thrown;
    }
    nextTick(() => error === null ? callback(null, value) : callback(error));
  }, name);
  if (!OPENED.includes(name) && name !== 'write') promises[name] = named(async (...args) => act(...args), name);
}

function named(value, name) {
  return Object.defineProperty(value, 'name', { value: name, configurable: true });
}

later.realpath.native = (...args) => later.realpath(...args);
sync.realpathSync.native = (...args) => sync.realpathSync(...args);
sync.existsSync = named(() => false, 'existsSync');
later.exists = named((path, callback) => {
  requireFunction(callback, 'cb');
  nextTick(callback, false);
}, 'exists');

class ReadStream extends Readable {
  constructor(path, options) {
    super(typeof options === 'object' ? options : undefined);
    this.path = path;
    this.fd = null;
    this.bytesRead = 0;
    this.destroy(failure(path, 'open', 'ENOENT'));
  }
}

class WriteStream extends Writable {
  constructor(path, options) {
    super();
    const fd = typeof options === 'object' ? options?.fd : undefined;
    Object.assign(this, { path, fd: fd ?? null, bytesWritten: 0 });
    if (fd !== 1 && fd !== 2) this.destroy(failure(path, 'open', 'EROFS'));
  }

  _write(chunk, encoding, callback) {
    this.bytesWritten += actions.write(this.fd, chunk);
    callback();
  }
}

export { ReadStream, WriteStream };
export const createReadStream = (path, options) => new ReadStream(path, options);
export const createWriteStream = (path, options) => new WriteStream(path, options);

export function openAsBlob() {
  throw coded(Error, 'ERR_INVALID_ARG_VALUE', 'Unable to open file as blob: a worker has no files');
}
