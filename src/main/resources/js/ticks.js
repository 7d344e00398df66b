// What is to be done when the code that Java or a timer called has returned, before the reactions of promises: the ticks of Node.

let inside = false, queue;

// Runs a worker's code up to its end, and then the ticks that it asked for.
export function withTicks(run, argument) {
  if (inside) return run(argument);
  inside = true;
  try {
    return run(argument);
  } finally {
    if (queue !== undefined) runTicks();
    inside = false;
  }
}

// False where the code that runs is the reaction of a promise: there is nothing to be before.
export function atTick(run) {
  if (!inside) return false;
  if (queue === undefined) queue = [run];
  else queue[queue.length] = run;
  return true;
}

function runTicks() {
  while (queue !== undefined) {
    const batch = queue;
    queue = undefined;
    for (let at = 0; at < batch.length; at++) {
      try {
        batch[at]();
      } catch (error) {
        load('errors').reportError(error);
      }
    }
  }
}
