// `node:v8`: https://nodejs.org/api/v8.html, of an engine that is another. What is called throws where nothing can be told: it is not implemented.

import { absent } from './nodejs/absent.js';

// A worker is told nothing of the machine's memory.
const getHeapStatistics = () => ({ total_heap_size: 0, total_heap_size_executable: 0, total_physical_size: 0, total_available_size: 0, used_heap_size: 0, heap_size_limit: 0, malloced_memory: 0,
  peak_malloced_memory: 0, does_zap_garbage: 0, number_of_native_contexts: 0, number_of_detached_contexts: 0, total_global_handles_size: 0, used_global_handles_size: 0, external_memory: 0 });
const getHeapSpaceStatistics = () => [], getHeapCodeStatistics = () => ({ code_and_metadata_size: 0, bytecode_and_metadata_size: 0, external_script_source_size: 0, cpu_profiler_metadata_size: 0 });
const setFlagsFromString = () => {}, cachedDataVersionTag = () => 0, isStringOneByteRepresentation = (text) => !/[^\0-\xff]/.test(text);
const promiseHooks = { onInit: () => () => {}, onSettled: () => () => {}, onBefore: () => () => {}, onAfter: () => () => {}, createHook: () => () => {} };
const startupSnapshot = { addDeserializeCallback() {}, addSerializeCallback() {}, setDeserializeMainFunction() {}, isBuildingSnapshot: () => false };

const module = absent('v8', { cachedDataVersionTag, getHeapCodeStatistics, getHeapSpaceStatistics, getHeapStatistics, isStringOneByteRepresentation, promiseHooks, setFlagsFromString,
  startupSnapshot });
export const { DefaultDeserializer, DefaultSerializer, Deserializer, GCProfiler, Serializer, deserialize, getCppHeapStatistics, getHeapSnapshot, queryObjects, serialize,
  setHeapSnapshotNearHeapLimit, stopCoverage, takeCoverage, writeHeapSnapshot } = module;

export {
  module as default, cachedDataVersionTag, getHeapCodeStatistics, getHeapSpaceStatistics, getHeapStatistics, isStringOneByteRepresentation, promiseHooks, setFlagsFromString,
  startupSnapshot,
};
