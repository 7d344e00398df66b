// `node:_http_incoming`: the older name of a part of `node:http`.

import { IncomingMessage } from './node/http.js';

const module = { IncomingMessage };

export { module as default, IncomingMessage };
