// `node:_tls_wrap`: the older name of a part of `node:tls`.

import { Server, TLSSocket, connect, createServer } from './node/tls.js';

const module = { Server, TLSSocket, connect, createServer };

export { module as default, Server, TLSSocket, connect, createServer };
