// A module of Node that workers can import and not use: bundles name modules that their code never calls. What is called says what is missing.

import { coded } from './nodejs/errors.js';

export function absent(module, values = {}) {
  return new Proxy({ __proto__: null, ...values }, {
    get(target, name) {
      if (typeof name === 'symbol' || name in target) return target[name];
      // A function that may be a class, too.
      target[name] = function () {
        throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', `node:${module} is not implemented in Skerry: ${name}() cannot be called.`);
      };
      Object.defineProperty(target[name], 'name', { value: name, configurable: true });
      return target[name];
    },
  });
}
