// `node:_stream_passthrough`: the older name of stream.PassThrough.

import { PassThrough } from './node/stream.js';

export { PassThrough as default };
