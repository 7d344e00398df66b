// The engine's own WebAssembly, taken before a worker can see it: it compiles bytes and gives memories of any size.

export const engine = globalThis.WebAssembly;
