// `node:_stream_readable`: the older name of stream.Readable.

import { Readable } from './node/stream.js';

export { Readable as default };
