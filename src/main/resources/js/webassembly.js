// WebAssembly (https://webassembly.github.io/spec/js-api/) as Workers have it: code comes with the version as a module, never from bytes at run
// time; a memory is at most as large as the isolate's.

import { engine } from './webassembly/engine.js';
import { sourceExtent } from './buffers.js';

const { RangeError, TypeError } = globalThis;
const { defineProperty } = Object;
const { construct } = Reflect;
const { Memory: EngineMemory, Module: EngineModule, instantiate: engineInstantiate, CompileError } = engine;
const { customSections, exports, imports } = EngineModule;
const hidden = (value) => ({ value, writable: true, enumerable: false, configurable: true });
const disallowed = (what) => new CompileError(`WebAssembly.${what}(): Wasm code generation disallowed by embedder`);

let mostPages;
const pages = () => mostPages ??= load('modules').wasmPages();

// A constructor of ours in the place of the engine's, for the same objects.
function replace(name, length, constructor) {
  const { prototype } = engine[name];
  defineProperty(constructor, 'name', { value: name, configurable: true });
  defineProperty(constructor, 'length', { value: length, configurable: true });
  defineProperty(constructor, 'prototype', { value: prototype, writable: false });
  defineProperty(prototype, 'constructor', hidden(constructor));
  return constructor;
}

const Module = replace('Module', 1, function () {
  if (new.target === undefined) throw new TypeError('WebAssembly.Module must be invoked with \'new\'');
  throw disallowed('Module');
});
for (const [name, value] of [['customSections', customSections], ['exports', exports], ['imports', imports]]) {
  defineProperty(Module, name, { value, writable: true, enumerable: true, configurable: true });
}

const Memory = replace('Memory', 1, function (descriptor) {
  if (new.target === undefined) throw new TypeError('WebAssembly.Memory must be invoked with \'new\'');
  if (typeof descriptor !== 'object' || descriptor === null) {
    throw new TypeError('WebAssembly.Memory(): Argument 0 must be a memory descriptor');
  }
  const { initial, maximum, shared } = descriptor;
  if (initial === undefined) throw new TypeError("WebAssembly.Memory(): Property 'initial' is required");
  if (shared) throw new TypeError('WebAssembly.Memory(): shared memories are not supported');
  const first = +initial, last = maximum === undefined ? pages() : +maximum;
  if (first > pages()) throw new RangeError(`WebAssembly.Memory(): ${first} pages are more than the ${pages()} that an isolate may have (skerry.limits.memory)`);
  return construct(EngineMemory, [{ initial: first, maximum: last > pages() && last <= 65536 ? pages() : last }], new.target);
});

function isModule(value) {
  try {
    exports(value);
    return true;
  } catch {
    return false;
  }
}

async function compile(bytes) {
  if (sourceExtent(bytes) === undefined) throw new TypeError('WebAssembly.compile(): Argument 0 must be a buffer source');
  throw disallowed('compile');
}

async function instantiate(source, importObject = undefined) {
  if (isModule(source)) return engineInstantiate(source, importObject);
  if (sourceExtent(source) === undefined) {
    throw new TypeError('WebAssembly.instantiate(): Argument 0 must be a buffer source or a WebAssembly.Module');
  }
  throw disallowed('instantiate');
}

export const WebAssembly = {};
for (const [name, value] of Object.entries({
  Module, Memory, Instance: engine.Instance, Table: engine.Table, Global: engine.Global,
  CompileError, LinkError: engine.LinkError, RuntimeError: engine.RuntimeError,
})) defineProperty(WebAssembly, name, hidden(value));
for (const [name, value] of Object.entries({ compile, instantiate, validate: engine.validate })) WebAssembly[name] = value;
defineProperty(WebAssembly, Symbol.toStringTag, { value: 'WebAssembly', configurable: true });

// A module of the version, compiled: `bytes()` gives them from Java.
export function compiled(bytes) {
  return new EngineModule(bytes());
}
