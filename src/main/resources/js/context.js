// AsyncContext (https://github.com/tc39/proposal-async-context), which follows the code through awaits and callbacks; workers have it as AsyncLocalStorage.

const { Variable, Snapshot } = AsyncContext;

// As `variable.run(value, ...)` for the rest of the code that runs now, and for what it starts. `host` is dev.skerry.runtime.ContextHost.
export function enter(variable, value) {
  host.enter(variable.run(value, () => host.values()));
}

export { Variable, Snapshot };
