// `node:_http_agent`: the older name of a part of `node:http`.

import { Agent, globalAgent } from './node/http.js';

const module = { Agent, globalAgent };

export { module as default, Agent, globalAgent };
