// `node:dgram`: https://nodejs.org/api/dgram.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('dgram');
const { Socket, createSocket } = module;

export { module as default, Socket, createSocket };
