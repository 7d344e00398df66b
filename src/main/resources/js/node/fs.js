// `node:fs`: https://nodejs.org/api/fs.html, of a file system in which there is nothing. What has no answer in one throws: it is not implemented.

import { absent } from './nodejs/absent.js';
import { files as constants } from './nodejs/constants.js';
import { ReadStream, WriteStream, createReadStream, createWriteStream, later, openAsBlob, sync } from './nodejs/files.js';

const { F_OK, R_OK, W_OK, X_OK } = constants, FileReadStream = ReadStream, FileWriteStream = WriteStream;
const module = absent('fs', { F_OK, FileReadStream, FileWriteStream, R_OK, ReadStream, W_OK, WriteStream, X_OK, constants, createReadStream, createWriteStream, openAsBlob,
  promises: load('node/fs/promises').default, ...later, ...sync });
const { promises,
  Dir, Dirent, Stats, access, accessSync, appendFile, appendFileSync, chmod, chmodSync, chown, chownSync, close, closeSync, copyFile, copyFileSync, cp, cpSync,
  exists, existsSync, fchmod, fchmodSync, fchown, fchownSync, fdatasync, fdatasyncSync, fstat, fstatSync, fsync, fsyncSync, ftruncate, ftruncateSync, glob, globSync, futimes,
  futimesSync, lchmod, lchmodSync, lchown, lchownSync, link, linkSync, lstat, lstatSync, lutimes, lutimesSync, mkdir, mkdirSync, mkdtemp, mkdtempSync, open,
  openSync, opendir, opendirSync, read, readFile, readFileSync, readSync, readdir, readdirSync, readlink, readlinkSync, readv, readvSync, realpath, realpathSync,
  rename, renameSync, rm, rmSync, rmdir, rmdirSync, stat, statSync, statfs, statfsSync, symlink, symlinkSync, truncate, truncateSync, unlink, unlinkSync,
  unwatchFile, utimes, utimesSync, watch, watchFile, write, writeFile, writeFileSync, writeSync, writev, writevSync } = module;

export { module as default, F_OK, FileReadStream, FileWriteStream, R_OK, ReadStream, W_OK, WriteStream, X_OK, constants, createReadStream, createWriteStream, openAsBlob, promises,
  Dir, Dirent, Stats, access, accessSync, appendFile, appendFileSync, chmod, chmodSync, chown, chownSync, close, closeSync, copyFile, copyFileSync, cp, cpSync,
  exists, existsSync, fchmod, fchmodSync, fchown, fchownSync, fdatasync, fdatasyncSync, fstat, fstatSync, fsync, fsyncSync, ftruncate, ftruncateSync, glob, globSync, futimes,
  futimesSync, lchmod, lchmodSync, lchown, lchownSync, link, linkSync, lstat, lstatSync, lutimes, lutimesSync, mkdir, mkdirSync, mkdtemp, mkdtempSync, open,
  openSync, opendir, opendirSync, read, readFile, readFileSync, readSync, readdir, readdirSync, readlink, readlinkSync, readv, readvSync, realpath, realpathSync,
  rename, renameSync, rm, rmSync, rmdir, rmdirSync, stat, statSync, statfs, statfsSync, symlink, symlinkSync, truncate, truncateSync, unlink, unlinkSync,
  unwatchFile, utimes, utimesSync, watch, watchFile, write, writeFile, writeFileSync, writeSync, writev, writevSync };
