// `node:readline/promises`: https://nodejs.org/api/readline.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('readline/promises');
const { Interface, Readline, createInterface } = module;

export { module as default, Interface, Readline, createInterface };
