// `node:readline`: https://nodejs.org/api/readline.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('readline', { promises: load('node/readline/promises').default });
const { Interface, clearLine, clearScreenDown, createInterface, cursorTo, emitKeypressEvents, moveCursor, promises } = module;

export { module as default, Interface, clearLine, clearScreenDown, createInterface, cursorTo, emitKeypressEvents, moveCursor, promises };
