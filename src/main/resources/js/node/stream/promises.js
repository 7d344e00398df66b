// `node:stream/promises`: https://nodejs.org/api/stream.html#streams-promises-api

import { promises } from './node/stream.js';

const { finished, pipeline } = promises;

export { promises as default, finished, pipeline };
