// `node:domain`: https://nodejs.org/api/domain.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('domain');
const { Domain, active, create, createDomain } = module;

export { module as default, Domain, active, create, createDomain };
