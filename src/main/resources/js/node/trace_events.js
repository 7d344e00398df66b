// `node:trace_events`: https://nodejs.org/api/tracing.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('trace_events');
const { createTracing, getEnabledCategories } = module;

export { module as default, createTracing, getEnabledCategories };
