// What the worker's compatibility flags ask of the modules of Node; the bootstrap sets it before the worker's own code runs.

export const settings = { processEnv: false };
