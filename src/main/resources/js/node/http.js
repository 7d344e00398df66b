// `node:http`: https://nodejs.org/api/http.html. Requests are fetches; a server answers the worker's events, through httpServerHandler() of `cloudflare:node`.

import { CloseEvent, MessageEvent } from './events/kinds.js';
import { Agent } from './nodejs/http/agent.js';
import { ClientRequest, get as begin, request as open } from './nodejs/http/client.js';
import { IncomingMessage } from './nodejs/http/incoming.js';
import { METHODS, STATUS_CODES, validateHeaderName, validateHeaderValue } from './nodejs/http/names.js';
import { OutgoingMessage } from './nodejs/http/outgoing.js';
import { Server, ServerResponse } from './nodejs/http/server.js';
import { WebSocket } from './websocket.js';

const globalAgent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }), maxHeaderSize = 16384;
const createServer = (options, listener) => new Server(options, listener), setMaxIdleHTTPParsers = () => {};
const request = (...args) => open(...args), get = (...args) => begin(...args);

const module = { Agent, ClientRequest, CloseEvent, IncomingMessage, METHODS, MessageEvent, OutgoingMessage, STATUS_CODES, Server, ServerResponse, WebSocket, createServer, get, globalAgent,
  maxHeaderSize, request, setMaxIdleHTTPParsers, validateHeaderName, validateHeaderValue };

export { module as default, Agent, ClientRequest, CloseEvent, IncomingMessage, METHODS, MessageEvent, OutgoingMessage, STATUS_CODES, Server, ServerResponse, WebSocket, createServer, get,
  globalAgent, maxHeaderSize, request, setMaxIdleHTTPParsers, validateHeaderName, validateHeaderValue };
