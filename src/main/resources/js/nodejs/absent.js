// A module of Node that workers can import and not use: bundles name modules that their code never calls. What is called says what is missing.

import { coded } from './nodejs/errors.js';

const CURES = {
  __proto__: null,
  child_process: 'a worker starts no process; a service binding calls another worker',
  cluster: 'a worker starts no process; isolates are added as they are needed',
  dgram: 'there is no UDP; connect() of cloudflare:sockets opens TCP connections',
  dns: 'fetch() and connect() look names up by themselves',
  domain: 'AsyncLocalStorage of node:async_hooks follows a request',
  fs: 'a worker has no files; import them as text or data modules, or keep them in a KV namespace or as static assets',
  http2: 'fetch() makes requests, and the handler fetch() answers them',
  net: 'a worker does not listen; connect() opens connections',
  readline: 'a worker has no terminal; read streams with TextDecoderStream',
  repl: 'a worker has no terminal',
  sqlite: 'keep data in a KV namespace',
  test: 'tests run outside of workers',
  tls: 'a worker does not listen; connect() opens connections',
  tty: 'a worker has no terminal',
  v8: 'structuredClone() copies values',
  vm: 'text is not evaluated as code; bundle what is to run',
  worker_threads: 'a worker starts no thread; a service binding calls another worker',
};

// What is asked of any value to learn what it is, so that there must be nothing of that name.
const NO_MEMBERS = ['__esModule', 'default', 'then', 'toJSON'];

export function absent(module, values = {}) {
  const cure = CURES[module.split('/')[0]];
  return new Proxy({ __proto__: null, ...values }, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target || NO_MEMBERS.includes(name)) return target[name];
      // A function that may be a class, too.
      target[name] = function () {
        throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', `node:${module} is not implemented in Skerry: ${name}() cannot be called${cure === undefined ? '' : `: ${cure}`}.`);
      };
      Object.defineProperty(target[name], 'name', { value: name, configurable: true });
      return target[name];
    },
  });
}
