// A KV namespace: https://developers.cloudflare.com/kv/api/. `host` is dev.skerry.kv.KvHost: what is in memory it returns at once, for anything
// else the number of an operation.

import { isView, slice, sizeOf, sourceExtent } from './buffers.js';
import { op } from './ops.js';
import { exposed, require } from './webidl.js';

const { parse, stringify } = JSON;
const { isArray } = Array;
const { trunc } = Math;
const TYPES = ['text', 'json', 'arrayBuffer', 'stream'];
const NO_OPTIONS = Object.freeze({ __proto__: null });

function settled(result) {
  return typeof result === 'number' ? op(result) : result;
}

function text(value) {
  return `${value}`.toWellFormed();
}

// As Web IDL converts to an integer; NaN stands for one that is not given.
function integer(value) {
  return value === undefined ? NaN : trunc(+value) || 0;
}

// The type that is asked for, its cacheTtl checked: reads are always of the last write, so every age is young enough.
function typeOf(host, options) {
  if (options === undefined || options === null) return 'text';
  if (typeof options !== 'object') return `${options}`;
  const { type, cacheTtl } = options;
  if (cacheTtl !== undefined) host.checkCacheTtl(integer(cacheTtl));
  return type === undefined ? 'text' : `${type}`;
}

function checkType(type) {
  if (!TYPES.includes(type)) {
    throw new TypeError('Unknown response type. Possible types are "text", "arrayBuffer", "json", and "stream".');
  }
}

function streamOf(body) {
  return load('response').incomingResponse(200, '', '', body).body;
}

// An ArrayBuffer of the bytes of a buffer or view; undefined for anything else.
function bytesOf(value) {
  if (typeof value !== 'object' || value === null) return undefined;
  const extent = sourceExtent(value);
  if (extent === undefined) return undefined;
  const { buffer, offset, length } = extent;
  return isView(value) && length !== sizeOf(buffer) ? slice(buffer, offset, length) : buffer;
}

function metadataOf(found) {
  const json = found.metadata();
  return json === null ? null : parse(json);
}

let readMany;

class KvNamespace {
  #host;

  constructor(host) {
    this.#host = host;
  }

  static {
    readMany = async (namespace, keys, type, form) => {
      const host = namespace.#host;
      if (type !== 'text' && type !== 'json') throw new Error(`KV GET_BULK failed: 400 "${type}" is not a valid type. Use "json" or "text"`);
      const batch = host.batch(keys.length), names = [];
      for (let i = 0; i < keys.length; i++) {
        const name = names[i] = text(keys[i]);
        batch.add(name);
      }
      await settled(host.read(batch));
      const found = new Map();
      for (let i = 0; i < names.length; i++) {
        let value = batch.text(i);
        if (value !== null && type === 'json') {
          try {
            value = parse(value);
          } catch {
            throw new Error('KV GET_BULK failed: 400 At least one of the requested keys corresponds to a non-json value');
          }
        }
        found.set(names[i], value === null ? null : form(value, batch, i));
      }
      return found;
    };
  }

  async get(key, options = undefined) {
    require(arguments.length, 1, 'KvNamespace.get');
    const host = this.#host, type = typeOf(host, options);
    if (isArray(key)) return readMany(this, key, type, (value) => value);
    const name = text(key);
    switch (type) {
      case 'text': return settled(host.text(name));
      case 'json': {
        const value = await settled(host.text(name));
        return value === null ? null : parse(value);
      }
      case 'arrayBuffer': {
        const value = await settled(host.bytes(name));
        return value === null ? null : new ArrayBuffer(value);
      }
      default: {
        checkType(type);
        const found = await settled(host.open(name));
        return found === null ? null : streamOf(found.body());
      }
    }
  }

  async getWithMetadata(key, options = undefined) {
    require(arguments.length, 1, 'KvNamespace.getWithMetadata');
    const host = this.#host, type = typeOf(host, options);
    if (isArray(key)) {
      return readMany(this, key, type, (value, batch, i) => {
        const json = batch.metadata(i);
        return { value, metadata: json === null ? null : parse(json) };
      });
    }
    checkType(type);
    const name = text(key);
    const found = await settled(type === 'stream' ? host.open(name) : host.find(name));
    if (found === null) return { value: null, metadata: null, cacheStatus: null };
    const metadata = metadataOf(found);
    let value;
    switch (type) {
      case 'text': value = found.text(); break;
      case 'json': value = parse(found.text()); break;
      case 'arrayBuffer': value = new ArrayBuffer(found.bytes()); break;
      default: value = streamOf(found.body());
    }
    return { value, metadata, cacheStatus: null };
  }

  async put(key, value, options = undefined) {
    require(arguments.length, 2, 'KvNamespace.put');
    const host = this.#host, name = text(key), { expiration, expirationTtl, metadata } = options ?? NO_OPTIONS;
    const json = metadata === undefined || metadata === null ? null : stringify(metadata) ?? null;
    const at = integer(expiration), ttl = integer(expirationTtl);
    const bytes = bytesOf(value);
    if (bytes !== undefined) {
      await op(host.putBytes(name, bytes, json, at, ttl));
    } else if (typeof value !== 'object' && typeof value !== 'function' || value === null) {
      const string = text(value);
      await op(host.putText(name, string, json, at, ttl));
    } else if (load('streams').isReadableStream(value)) {
      const { Response } = load('response'), { handOver } = load('body');
      let stored, pumpFailure;
      const pumped = handOver(new Response(value), (content) => {
        stored = op(host.putBody(name, content, json, at, ttl));
      });
      pumped?.catch((error) => { pumpFailure = { error }; });
      try {
        await stored;
      } catch (error) {
        // The stream's own error, rather than what its reader in Java was told of it.
        throw pumpFailure === undefined || `${error.message}`.startsWith('KV PUT failed') ? error : pumpFailure.error;
      }
    } else {
      throw new TypeError('KV put() accepts only strings, ArrayBuffers, ArrayBufferViews, and ReadableStreams as values.');
    }
  }

  async delete(key) {
    require(arguments.length, 1, 'KvNamespace.delete');
    const host = this.#host, name = text(key);
    await op(host.remove(name));
  }

  async list(options = undefined) {
    const host = this.#host, { prefix, limit, cursor } = options ?? NO_OPTIONS;
    const begin = prefix === undefined || prefix === null ? '' : text(prefix);
    const after = cursor === undefined || cursor === null || cursor === '' ? null : text(cursor);
    const most = limit === undefined || limit === null ? 0 : integer(limit);
    const page = await op(host.list(begin, after, most));
    const keys = [], count = page.size();
    for (let i = 0; i < count; i++) {
      const entry = { name: page.name(i) }, expiration = page.expiration(i), json = page.metadata(i);
      if (expiration !== 0) entry.expiration = expiration;
      if (json !== null) entry.metadata = parse(json);
      keys[i] = entry;
    }
    const next = page.cursor();
    return next === null ? { keys, list_complete: true, cacheStatus: null } : { keys, list_complete: false, cursor: next, cacheStatus: null };
  }
}
exposed(KvNamespace);

export function bind(host) {
  return new KvNamespace(host);
}
