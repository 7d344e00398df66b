// `node:path`, whose paths are those of POSIX: https://nodejs.org/api/path.html

import { posix, win32 } from './nodejs/paths.js';

export const { basename, delimiter, dirname, extname, format, isAbsolute, join, matchesGlob, normalize, parse, relative, resolve, sep, toNamespacedPath } = posix;
export { posix as default, posix, win32 };
