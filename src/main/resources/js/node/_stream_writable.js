// `node:_stream_writable`: the older name of stream.Writable.

import { Writable } from './node/stream.js';

export { Writable as default };
