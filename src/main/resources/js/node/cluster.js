// `node:cluster`: https://nodejs.org/api/cluster.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('cluster', { isMaster: true, isPrimary: true, isWorker: false, workers: {}, settings: {} });
const { Worker, disconnect, fork, isMaster, isPrimary, isWorker, schedulingPolicy, settings, setupMaster, setupPrimary, workers } = module;

export { module as default, Worker, disconnect, fork, isMaster, isPrimary, isWorker, schedulingPolicy, settings, setupMaster, setupPrimary, workers };
