// AsyncContext (https://github.com/tc39/proposal-async-context), which follows the code through awaits and callbacks; workers have it as AsyncLocalStorage.

const { Variable, Snapshot } = AsyncContext;

export { Variable, Snapshot };
