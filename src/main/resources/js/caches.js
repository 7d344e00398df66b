// The Cache API: https://developers.cloudflare.com/workers/runtime-apis/cache/. `host` is dev.skerry.cache.CacheApi.

import { listFor } from './body.js';
import { holdFor } from './invocation.js';
import { op } from './ops.js';
import { Request, isRequest } from './request.js';
import { incomingResponse, isResponse, outgoing } from './response.js';
import { exposed, require } from './webidl.js';

const INTERNAL = {};

// What it is asked for: { url, headers }, or undefined for a method other than GET that is not ignored.
function requested(input, options) {
  const request = isRequest(input) ? input : new Request(input);
  if (request.method !== 'GET' && !options?.ignoreMethod) return undefined;
  return { url: `${request.url}`, headers: listFor(request) };
}

// What the standard has and Workers do not.
function without(type, ...methods) {
  for (const method of methods) {
    type.prototype[method] = async () => {
      throw new Error(`Failed to execute '${method}' on '${type.name}': the method is not implemented.`);
    };
  }
}

class Cache {
  #name;

  constructor(token, name) {
    if (token !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#name = name;
  }

  async match(request, options = undefined) {
    require(arguments.length, 1, 'Cache.match');
    const name = this.#name, asked = requested(request, options);
    if (asked === undefined) return undefined;
    const hit = host.match(name, asked.url, asked.headers);
    return hit === null ? undefined : incomingResponse(hit.status(), hit.statusText(), hit.headers(), hit.body());
  }

  async put(request, response) {
    require(arguments.length, 2, 'Cache.put');
    const name = this.#name, asked = requested(request, undefined);
    if (asked === undefined) throw new TypeError('Cannot cache response to non-GET request.');
    if (!isResponse(response)) throw new TypeError("Failed to execute 'put' on 'Cache': parameter 2 is not of type 'Response'.");
    if (response.type === 'error') throw new TypeError('Cache is unable to store an error response');
    if (response.webSocket !== null) throw new TypeError('Cache is unable to store a WebSocket');
    const { url, headers: wanted } = asked;
    let id = 0;
    const pumped = outgoing(response, (status, headers, content, statusText = '') => {
      id = typeof content === 'string'
        ? host.putText(name, url, wanted, status, statusText, headers, content)
        : host.putBody(name, url, wanted, status, statusText, headers, content);
    });
    if (pumped !== undefined) holdFor(pumped);
    if (id !== 0 && !await op(id)) host.tooLarge(url);
  }

  async delete(request, options = undefined) {
    require(arguments.length, 1, 'Cache.delete');
    const name = this.#name, asked = requested(request, options);
    return asked !== undefined && host.delete(name, asked.url);
  }
}
without(Cache, 'add', 'addAll', 'keys', 'matchAll');
exposed(Cache);

class CacheStorage {
  #default = new Cache(INTERNAL, '');

  constructor(token) {
    if (token !== INTERNAL) throw new TypeError('Illegal constructor');
  }

  get default() {
    return this.#default;
  }

  async open(name) {
    require(arguments.length, 1, 'CacheStorage.open');
    return new Cache(INTERNAL, `=${name}`);
  }
}
without(CacheStorage, 'has', 'keys', 'delete', 'match');
exposed(CacheStorage);

export const caches = new CacheStorage(INTERNAL);
export { Cache, CacheStorage };
