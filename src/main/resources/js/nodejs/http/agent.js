// http.Agent: https://nodejs.org/api/http.html#class-httpagent. Connections are the host's; an agent is what libraries ask of it.

import { EventEmitter } from './node/events.js';
import { define, extend } from './nodejs/streams/base.js';

export function Agent(options = undefined) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  const { keepAlive = false, keepAliveMsecs = 1000, maxSockets = Infinity, maxFreeSockets = 256, maxTotalSockets = Infinity, scheduling = 'lifo' } = options ?? {};
  Object.assign(this, { defaultPort: 80, protocol: 'http:', options: { path: null, noDelay: true, ...options }, requests: {}, sockets: {}, freeSockets: {}, keepAlive, keepAliveMsecs, maxSockets,
    maxFreeSockets, maxTotalSockets, scheduling, totalSocketCount: 0 });
}
extend(Agent, EventEmitter);
define(Agent, {
  getName(options = {}) {
    const { host = 'localhost', port = '', localAddress = '', family, socketPath } = options;
    return `${host}:${port}:${localAddress}${family === 4 || family === 6 ? `:${family}` : ''}${socketPath ? `:${socketPath}` : ''}`;
  },
  createConnection(...args) { return load('node/net').connect(...args); },
  keepSocketAlive: () => true,
  reuseSocket() {},
  destroy() {},
});

export function SecureAgent(options = undefined) {
  if (!(this instanceof SecureAgent)) return new SecureAgent(options);
  Agent.call(this, options);
  this.defaultPort = 443;
  this.protocol = 'https:';
  this.maxCachedSessions = options?.maxCachedSessions ?? 100;
}
extend(SecureAgent, Agent);
define(SecureAgent, {
  createConnection(...args) { return load('node/tls').connect(...args); },
});
Object.defineProperty(SecureAgent, 'name', { value: 'Agent', configurable: true });
