// `cloudflare:node`: https://developers.cloudflare.com/workers/runtime-apis/nodejs/http/#http-server-apis

import { handleAsNodeRequest, httpServerHandler } from './nodejs/http/server.js';

export { handleAsNodeRequest, httpServerHandler };
