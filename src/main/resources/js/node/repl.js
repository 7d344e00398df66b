// `node:repl`: https://nodejs.org/api/repl.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('repl', { REPL_MODE_SLOPPY: Symbol('repl-sloppy'), REPL_MODE_STRICT: Symbol('repl-strict') });

export const { REPLServer, REPL_MODE_SLOPPY, REPL_MODE_STRICT, Recoverable, builtinModules, isValidSyntax, start, writer } = module;
export { module as default };
