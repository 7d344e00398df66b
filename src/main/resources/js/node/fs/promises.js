// `node:fs/promises`: https://nodejs.org/api/fs.html#promises-api, of a file system in which there is nothing.

import { absent } from './nodejs/absent.js';
import { files as constants } from './nodejs/constants.js';
import { promises } from './nodejs/files.js';

const module = absent('fs/promises', { constants, ...promises });
const {
  access, appendFile, chmod, chown, copyFile, cp, glob, lchmod, lchown, link, lstat, lutimes, mkdir, mkdtemp, open, opendir, readFile, readdir, readlink, realpath,
  rename, rm, rmdir, stat, statfs, symlink, truncate, unlink, utimes, watch, writeFile } = module;

export { module as default, constants,
  access, appendFile, chmod, chown, copyFile, cp, glob, lchmod, lchown, link, lstat, lutimes, mkdir, mkdtemp, open, opendir, readFile, readdir, readlink, realpath,
  rename, rm, rmdir, stat, statfs, symlink, truncate, unlink, utimes, watch, writeFile };
