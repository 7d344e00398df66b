// `node:http2`: https://nodejs.org/api/http2.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('http2', { constants: {} });
const { Http2ServerRequest, Http2ServerResponse, connect, constants, createSecureServer, createServer, getDefaultSettings, getPackedSettings,
  getUnpackedSettings, performServerHandshake, sensitiveHeaders } = module;

export { module as default, Http2ServerRequest, Http2ServerResponse, connect, constants, createSecureServer, createServer, getDefaultSettings, getPackedSettings,
  getUnpackedSettings, performServerHandshake, sensitiveHeaders };
