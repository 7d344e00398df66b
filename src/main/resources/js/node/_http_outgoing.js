// `node:_http_outgoing`: the older name of a part of `node:http`.

import { OutgoingMessage, validateHeaderName, validateHeaderValue } from './node/http.js';

const module = { OutgoingMessage, validateHeaderName, validateHeaderValue };

export { module as default, OutgoingMessage, validateHeaderName, validateHeaderValue };
