// `node:_stream_transform`: the older name of stream.Transform.

import { Transform } from './node/stream.js';

export { Transform as default };
