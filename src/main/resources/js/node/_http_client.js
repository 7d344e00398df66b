// `node:_http_client`: the older name of a part of `node:http`.

import { ClientRequest } from './node/http.js';

const module = { ClientRequest };

export { module as default, ClientRequest };
