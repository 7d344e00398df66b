// `node:vm`: https://nodejs.org/api/vm.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('vm', { constants: {} });
const { Script, compileFunction, constants, createContext, createScript, isContext, measureMemory, runInContext, runInNewContext, runInThisContext } = module;

export { module as default, Script, compileFunction, constants, createContext, createScript, isContext, measureMemory, runInContext, runInNewContext, runInThisContext };
