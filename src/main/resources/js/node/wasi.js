// `node:wasi`: https://nodejs.org/api/wasi.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('wasi');
const { WASI } = module;

export { module as default, WASI };
