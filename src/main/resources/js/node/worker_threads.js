// `node:worker_threads`: https://nodejs.org/api/worker_threads.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('worker_threads', { isMainThread: true, parentPort: null, threadId: 0, workerData: null, resourceLimits: {}, SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV') });
const { BroadcastChannel, MessageChannel, MessagePort, Worker, getEnvironmentData, isMainThread, markAsUntransferable, moveMessagePortToContext,
  parentPort, postMessageToThread, receiveMessageOnPort, resourceLimits, setEnvironmentData, threadId, workerData } = module;

export { module as default, BroadcastChannel, MessageChannel, MessagePort, Worker, getEnvironmentData, isMainThread, markAsUntransferable, moveMessagePortToContext,
  parentPort, postMessageToThread, receiveMessageOnPort, resourceLimits, setEnvironmentData, threadId, workerData };
