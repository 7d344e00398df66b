// `node:child_process`: https://nodejs.org/api/child_process.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('child_process');
const { ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync } = module;

export { module as default, ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };
