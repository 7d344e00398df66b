// `node:_stream_wrap`: https://nodejs.org/api/deprecations.html#DEP0125. What is called throws: it is not implemented.

import { missing } from './nodejs/errors.js';

const JSStreamSocket = missing('node:_stream_wrap');

export { JSStreamSocket as default };
