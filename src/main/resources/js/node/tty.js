// `node:tty`: https://nodejs.org/api/tty.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('tty', { isatty: () => false });
const { ReadStream, WriteStream, isatty } = module;

export { module as default, ReadStream, WriteStream, isatty };
