// `node:perf_hooks`: https://nodejs.org/api/perf_hooks.html. The clock is that of the global `performance`.

import { performance } from './performance.js';
import { missing } from './nodejs/errors.js';

const constants = {}, PerformanceObserver = missing('PerformanceObserver'), monitorEventLoopDelay = missing('monitorEventLoopDelay()'), createHistogram = missing('createHistogram()');
const perf = { performance, constants, PerformanceObserver, monitorEventLoopDelay, createHistogram };

export { perf as default, performance, constants, PerformanceObserver, monitorEventLoopDelay, createHistogram };
