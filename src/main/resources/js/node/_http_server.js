// `node:_http_server`: the older name of a part of `node:http`.

import { STATUS_CODES, Server, ServerResponse } from './node/http.js';

const module = { STATUS_CODES, Server, ServerResponse };

export { module as default, STATUS_CODES, Server, ServerResponse };
