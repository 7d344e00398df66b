// `node:constants`: https://nodejs.org/api/deprecations.html#DEP0008, all constants of node:os, node:fs and node:crypto under one name

import { dlopen, errno, files, priority, signals } from './nodejs/constants.js';
import { constants as crypto } from './nodejs/crypto/signatures.js';

const constants = Object.freeze({ ...dlopen, ...errno, ...priority, ...signals, ...files, ...crypto });

export { constants as default };
