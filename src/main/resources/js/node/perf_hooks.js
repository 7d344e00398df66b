// `node:perf_hooks`: https://nodejs.org/api/perf_hooks.html. The clock is that of the global `performance`.

import { performance } from './performance.js';
import { PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList } from './performance/timeline.js';
import { missing } from './nodejs/errors.js';

const constants = {}, monitorEventLoopDelay = missing('monitorEventLoopDelay()'), createHistogram = missing('createHistogram()');
const perf = {
  performance, constants, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList, monitorEventLoopDelay, createHistogram,
};

export {
  perf as default, performance, constants, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList, monitorEventLoopDelay,
  createHistogram,
};
