// `node:path/win32`: https://nodejs.org/api/path.html

import { posix, win32 } from './nodejs/paths.js';

export const { basename, delimiter, dirname, extname, format, isAbsolute, join, matchesGlob, normalize, parse, relative, resolve, sep, toNamespacedPath } = win32;
export { win32 as default, posix, win32 };
