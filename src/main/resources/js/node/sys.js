// `node:sys`: the older name of `node:util`.

import { callbackify, debuglog, default as util, deprecate, format, inherits, inspect, isDeepStrictEqual, promisify, types } from './node/util.js';

export { util as default, callbackify, debuglog, deprecate, format, inherits, inspect, isDeepStrictEqual, promisify, types };
