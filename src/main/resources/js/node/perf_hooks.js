// `node:perf_hooks`: https://nodejs.org/api/perf_hooks.html. The clock is that of the global `performance`.

import { Performance, performance } from './performance.js';
import { PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList, PerformanceResourceTiming } from './performance/timeline.js';
import { missing, requireFunction } from './nodejs/errors.js';

const constants = Object.freeze({ NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_INCREMENTAL: 8, NODE_PERFORMANCE_GC_WEAKCB: 16 });
const monitorEventLoopDelay = missing('monitorEventLoopDelay()'), createHistogram = missing('createHistogram()');
const eventLoopUtilization = () => ({ idle: 0, active: 0, utilization: 0 });

function timerify(callback) {
  requireFunction(callback, 'fn');
  return callback;
}

const perf = {
  Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList, PerformanceResourceTiming, constants,
  createHistogram, eventLoopUtilization, monitorEventLoopDelay, performance, timerify,
};

export {
  perf as default, Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList, PerformanceResourceTiming, constants,
  createHistogram, eventLoopUtilization, monitorEventLoopDelay, performance, timerify,
};
