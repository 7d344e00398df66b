// `node:worker_threads`: https://nodejs.org/api/worker_threads.html. There is one thread; what would start another throws: it is not implemented.

import { MessageChannel, MessagePort } from './messaging.js';
import { absent } from './nodejs/absent.js';

const values = new Map(), SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV'), isInternalThread = false, isMainThread = true, parentPort = null, resourceLimits = {}, threadId = 0;
const workerData = null, getEnvironmentData = (key) => values.get(key), markAsUncloneable = () => {}, markAsUntransferable = () => {}, isMarkedAsUntransferable = () => false;

function setEnvironmentData(key, value = undefined) {
  if (value === undefined) values.delete(key);
  else values.set(key, value);
}

const module = absent('worker_threads', { MessageChannel, MessagePort, SHARE_ENV, getEnvironmentData, isInternalThread, isMainThread, isMarkedAsUntransferable, markAsUncloneable,
  markAsUntransferable, parentPort, resourceLimits, setEnvironmentData, threadId, workerData });
const { BroadcastChannel, Worker, moveMessagePortToContext, postMessageToThread, receiveMessageOnPort } = module;

export { module as default, BroadcastChannel, MessageChannel, MessagePort, SHARE_ENV, Worker, getEnvironmentData, isInternalThread, isMainThread, isMarkedAsUntransferable,
  markAsUncloneable, markAsUntransferable, moveMessagePortToContext, parentPort, postMessageToThread, receiveMessageOnPort, resourceLimits, setEnvironmentData, threadId, workerData };
