// `node:http`: https://nodejs.org/api/http.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('http', { METHODS: [], STATUS_CODES: {}, maxHeaderSize: 16384, globalAgent: {} });
const { Agent, ClientRequest, IncomingMessage, METHODS, OutgoingMessage, Server, ServerResponse, createServer, get, globalAgent, maxHeaderSize,
  request, setMaxIdleHTTPParsers, validateHeaderName, validateHeaderValue } = module;

export { module as default, Agent, ClientRequest, IncomingMessage, METHODS, OutgoingMessage, Server, ServerResponse, createServer, get, globalAgent, maxHeaderSize,
  request, setMaxIdleHTTPParsers, validateHeaderName, validateHeaderValue };
