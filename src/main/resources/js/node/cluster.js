// `node:cluster`: https://nodejs.org/api/cluster.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('cluster', { SCHED_NONE: 1, SCHED_RR: 2, isMaster: true, isPrimary: true, isWorker: false, workers: {}, settings: {} });
export const { SCHED_NONE, SCHED_RR, Worker, disconnect, fork, isMaster, isPrimary, isWorker, schedulingPolicy, settings, setupMaster, setupPrimary, workers } = module;
export { module as default };
