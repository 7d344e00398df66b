// `node:console`: https://nodejs.org/api/console.html

import { console } from './console.js';
import { missing } from './nodejs/errors.js';

const { assert, clear, count, countReset, debug, dir, dirxml, error, group, groupCollapsed, groupEnd, info, log, table, time, timeEnd, timeLog, trace, warn } = console;
const Console = missing('console.Console');

export { console as default, Console, assert, clear, count, countReset, debug, dir, dirxml, error, group, groupCollapsed, groupEnd, info, log, table, time, timeEnd, timeLog, trace,
  warn };
