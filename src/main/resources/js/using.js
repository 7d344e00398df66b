// What `using` and `await using` become, which the engine does not know: dev.skerry.runtime.UsingDeclarations puts calls of these in their place.
// https://tc39.es/proposal-explicit-resource-management/

import { ASYNC_DISPOSE, DISPOSE, disposerOf, suppress } from './disposal.js';
import { microtask, noop, then } from './streams/promises.js';

// The resources of a block: what is assigned to `sync` and `async` is disposed of at its end, the last first.
class Scope {
  #resources = [];
  #failure;
  #ended = false;

  set sync(value) {
    const dispose = disposerOf(value, DISPOSE);
    if (dispose !== undefined) this.#resources[this.#resources.length] = { dispose, waits: false };
  }

  set async(value) {
    // Of nothing, disposing is waited for all the same.
    const dispose = disposerOf(value, ASYNC_DISPOSE, DISPOSE) ?? (() => undefined);
    this.#resources[this.#resources.length] = { dispose, waits: true };
  }

  // The block threw this.
  failed(error) {
    this.#failure = { error };
  }

  // Disposes of them unless that has been done; an error of that nobody can catch.
  abandon() {
    return this.#ended ? undefined : this.endAsync();
  }

  end() {
    this.#ended = true;
    for (let i = this.#resources.length - 1; i >= 0; i--) {
      try {
        this.#resources[i].dispose();
      } catch (error) {
        this.#failure = suppress(this.#failure, error);
      }
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async endAsync() {
    this.#ended = true;
    for (let i = this.#resources.length - 1; i >= 0; i--) {
      const { dispose, waits } = this.#resources[i];
      try {
        const disposed = dispose();
        if (waits) await disposed;
      } catch (error) {
        this.#failure = suppress(this.#failure, error);
      }
    }
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}

export const scope = () => new Scope();

// The resources at a module's top. Where the module throws, it has not come to its end when its evaluation is over; `imported` is an import of itself, where
// it awaits something meanwhile.
export function moduleScope(imported = undefined) {
  const scope = new Scope();
  if (imported === undefined) microtask(() => scope.abandon());
  else then(imported, noop, () => scope.abandon());
  return scope;
}

// for (using value of values)
export function* each(values) {
  for (const value of values) {
    const scope = new Scope();
    try {
      scope.sync = value;
      yield value;
    } catch (error) {
      scope.failed(error);
    } finally {
      scope.end();
    }
  }
}

// The same where the loop or the disposing is asynchronous; each value in an array, so that it is not awaited.
export async function* eachAsync(waitsForValues, waitsForDisposal, values) {
  const visit = async function* (value) {
    const scope = new Scope();
    try {
      if (waitsForDisposal) scope.async = value;
      else scope.sync = value;
      yield [value];
    } catch (error) {
      scope.failed(error);
    } finally {
      await scope.endAsync();
    }
  };
  if (waitsForValues) for await (const value of values) yield* visit(value);
  else for (const value of values) yield* visit(value);
}
