// `node:https`: https://nodejs.org/api/https.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('https', { globalAgent: {} });
const { Agent, Server, createServer, get, globalAgent, request } = module;

export { module as default, Agent, Server, createServer, get, globalAgent, request };
