// `node:v8`: https://nodejs.org/api/v8.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('v8');
const { DefaultDeserializer, DefaultSerializer, Deserializer, GCProfiler, Serializer, cachedDataVersionTag, deserialize, getHeapCodeStatistics,
  getHeapSnapshot, getHeapSpaceStatistics, getHeapStatistics, promiseHooks, queryObjects, serialize, setFlagsFromString,
  setHeapSnapshotNearHeapLimit, startupSnapshot, stopCoverage, takeCoverage, writeHeapSnapshot } = module;

export { module as default, DefaultDeserializer, DefaultSerializer, Deserializer, GCProfiler, Serializer, cachedDataVersionTag, deserialize, getHeapCodeStatistics,
  getHeapSnapshot, getHeapSpaceStatistics, getHeapStatistics, promiseHooks, queryObjects, serialize, setFlagsFromString,
  setHeapSnapshotNearHeapLimit, startupSnapshot, stopCoverage, takeCoverage, writeHeapSnapshot };
