// `node:https`: https://nodejs.org/api/https.html, as `node:http`.

import { SecureAgent } from './nodejs/http/agent.js';
import { ClientRequest } from './nodejs/http/client.js';
import { Server } from './nodejs/http/server.js';
import { URL } from './url.js';

const Agent = SecureAgent, globalAgent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
const createServer = (options, listener) => new Server(options, listener);

function request(...args) {
  const last = args.at(-1), callback = typeof last === 'function' ? [args.pop()] : [], [first, second] = args, options = { ...typeof first === 'object' && !(first instanceof URL) ? first : second };
  return new ClientRequest(...typeof first === 'string' || first instanceof URL ? [first] : [], { ...options, _defaultAgent: globalAgent }, ...callback);
}

function get(...args) {
  const made = request(...args);
  made.end();
  return made;
}

const module = { Agent, Server, createServer, get, globalAgent, request };

export { module as default, Agent, Server, createServer, get, globalAgent, request };
