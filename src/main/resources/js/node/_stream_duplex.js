// `node:_stream_duplex`: the older name of stream.Duplex.

import { Duplex } from './node/stream.js';

export { Duplex as default };
