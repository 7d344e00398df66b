// `node:repl`: https://nodejs.org/api/repl.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('repl');
const { REPLServer, Recoverable, builtinModules, isValidSyntax, start, writer } = module;

export { module as default, REPLServer, Recoverable, builtinModules, isValidSyntax, start, writer };
