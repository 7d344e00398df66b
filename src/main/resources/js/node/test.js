// `node:test`: https://nodejs.org/api/test.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('test');
const { after, afterEach, before, beforeEach, describe, it, mock, run, skip, snapshot, suite, test, todo } = module;

export { module as default, after, afterEach, before, beforeEach, describe, it, mock, run, skip, snapshot, suite, test, todo };
