// `node:sqlite`: https://nodejs.org/api/sqlite.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('sqlite');
const { DatabaseSync, StatementSync, backup, constants } = module;

export { module as default, DatabaseSync, StatementSync, backup, constants };
