// `node:inspector/promises`: https://nodejs.org/api/inspector.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('inspector/promises');
const { Network, Session, close, console, open, url, waitForDebugger } = module;

export { module as default, Network, Session, close, console, open, url, waitForDebugger };
