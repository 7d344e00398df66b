// Body (https://fetch.spec.whatwg.org/#body-mixin), a class as in Workers, with the headers that Request and Response have in common.
//
// Content is one of: nothing, a string, a host body (an opaque dev.skerry.binding.Body of Java) or a ReadableStream. It becomes a stream only when
// `body` is read, and what a stream stands for goes on by reference as long as nobody has read from it. `host` is dev.skerry.webapi.BodyApi.

import { call } from './errors.js';
import { headersOf, isImmutable, listOf, withDefault } from './headers.js';
import { op } from './ops.js';
import { exposed } from './webidl.js';

const { ArrayBuffer, Uint8Array } = globalThis;
const { isView } = ArrayBuffer;
const { parse } = JSON;

const NONE = 0, TEXT = 1, HOST = 2, STREAM = 3;
const USED = 'Body has already been used. It can only be used once. Use tee() first if you need to read it twice.';

// What only the runtime may pass to the constructors of Body, Request and Response.
export const INTERNAL = {};

// In Body's #headers: nobody has asked for the Headers object yet, which will be immutable.
const IMMUTABLE = {};

// The content {kind, content} that a stream of ours stands for; the stream of a body whose content was used before it became one.
const sources = new WeakMap(), usedStreams = new WeakMap();
const sourceOf = sources.get.bind(sources), setSource = sources.set.bind(sources);
const usedStreamOf = usedStreams.get.bind(usedStreams), setUsedStream = usedStreams.set.bind(usedStreams);

// An ArrayBuffer of just these bytes.
function exactly(bytes) {
  if (!isView(bytes)) return bytes;
  const { buffer, byteOffset, byteLength } = bytes;
  return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
}

// The result of a host function that gives it at once, or the number of an operation that will.
function settled(result) {
  return typeof result === 'number' ? op(result) : result;
}

function isBufferSource(value) {
  return isView(value) || value instanceof ArrayBuffer;
}

function streamOf(kind, content) {
  const source = { kind, content: kind === HOST ? host.open(content) : content };
  const stream = load('streams').hostReadable({
    async pull() {
      const { kind, content } = source;
      if (content === null) return null;
      if (kind === TEXT) {
        source.content = null;
        return new Uint8Array(new ArrayBuffer(host.encode(content)));
      }
      const chunk = await settled(call(() => host.read(content)));
      if (chunk !== null) return new Uint8Array(new ArrayBuffer(chunk));
      source.content = null;
      return null;
    },
    cancel(reason) {
      if (source.kind === HOST && source.content !== null) host.cancel(source.content, String(reason));
      source.content = null;
    },
  });
  setSource(stream, source);
  return stream;
}

// Leaves a stream as one that was read to its end by a reader that still holds it.
function exhaust(stream) {
  stream.getReader().cancel();
}

// The content that an untouched stream stands for, taken out of it; undefined where it is the worker's own.
function reclaim(stream) {
  const source = sourceOf(stream);
  if (source === undefined) return undefined;
  const { kind, content } = source;
  source.content = null;
  exhaust(stream);
  return { kind, content };
}

function checkUnused(stream) {
  const { isDisturbed, isLocked } = load('streams');
  if (isDisturbed(stream) || isLocked(stream)) throw new TypeError(USED);
}

async function pump(stream, pipe) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!isBufferSource(value)) {
        throw new TypeError(`A body's stream must give bytes (Uint8Array), but gave ${typeof value}; TextEncoderStream makes bytes of text.`);
      }
      const written = call(() => host.write(pipe, exactly(value)));
      if (written !== 0) await op(written);
    }
    host.end(pipe);
  } catch (error) {
    host.abort(pipe, String(error));
    reader.cancel(error).catch(() => {});
    throw error;
  }
}

async function textOf(kind, content) {
  switch (kind) {
    case NONE: return '';
    case TEXT: return content.charCodeAt(0) === 0xfeff ? content.slice(1) : content;
    case HOST: return settled(call(() => host.text(content)));
    default: return host.decode(exactly(await load('streams').readAll(content)));
  }
}

async function bufferOf(kind, content) {
  switch (kind) {
    case NONE: return new ArrayBuffer(0);
    case TEXT: return new ArrayBuffer(host.encode(content));
    case HOST: return new ArrayBuffer(await settled(call(() => host.bytes(content))));
    default: return exactly(await load('streams').readAll(content));
  }
}

let extract, adopt, hasContent, headersFor, listFor, moveBody, cloneBody, handOver;

export class Body {
  #kind = NONE;
  #content = null;
  #used = false;
  #list; // the header list, until #headers has it
  #headers = null; // a Headers object, or null or IMMUTABLE

  static {
    // https://fetch.spec.whatwg.org/#concept-bodyinit-extract, with the content type of a text.
    extract = (body, init, type = 'text/plain;charset=UTF-8') => {
      if (typeof init !== 'object' || init === null) {
        if (init === null || init === undefined) return;
        body.#set(TEXT, `${init}`.toWellFormed());
      } else if (isBufferSource(init)) {
        body.#set(HOST, host.copy(exactly(init)));
        type = null;
      } else if (load('streams').isReadableStream(init)) {
        const { isDisturbed, isLocked } = load('streams');
        if (isDisturbed(init)) {
          throw new TypeError('This ReadableStream is disturbed (has already been read from), and cannot be used as a body.');
        }
        if (isLocked(init)) throw new TypeError('This ReadableStream is currently locked to a reader.');
        body.#set(STREAM, init);
        type = null;
      } else {
        body.#set(TEXT, `${init}`.toWellFormed());
      }
      if (type !== null) body.#list = withDefault(body.#list, 'content-type', type);
    };

    // Content from Java: null, a string or a host body.
    adopt = (body, content) => {
      if (content !== null && content !== undefined) body.#set(typeof content === 'string' ? TEXT : HOST, content);
    };

    hasContent = (body) => body.#kind !== NONE;

    headersFor = (body) => {
      const headers = body.#headers;
      if (headers !== null && headers !== IMMUTABLE) return headers;
      return body.#headers = headersOf(body.#list, headers === IMMUTABLE);
    };

    listFor = (body) => (body.#headers === null || body.#headers === IMMUTABLE ? body.#list : listOf(body.#headers));

    moveBody = (from, to) => {
      const content = from.#take();
      to.#set(from.#kind, content);
    };

    // The content and the guard of the headers.
    cloneBody = (from, to) => {
      const headers = from.#headers;
      if (headers === IMMUTABLE || (headers !== null && isImmutable(headers))) to.#headers = IMMUTABLE;
      if (from.#used) throw new TypeError(USED);
      if (from.#kind === STREAM) {
        checkUnused(from.#content);
        const source = reclaim(from.#content);
        if (source !== undefined) from.#set(source.kind, source.content);
      }
      if (from.#kind === HOST) {
        from.#content = call(() => host.tee(from.#content));
        to.#set(HOST, host.twin(from.#content));
      } else if (from.#kind === STREAM) {
        const [mine, other] = from.#content.tee();
        from.#content = mine;
        to.#set(STREAM, other);
      } else {
        to.#set(from.#kind, from.#content);
      }
    };

    // Calls `give` with the content for Java: null, a string or a host body. Of a stream of the worker that is the reading end of a pipe; then
    // the result is a promise that settles when all of it has been written there, and the invocation must stay open for it.
    handOver = (body, give) => {
      const content = body.#take();
      if (body.#kind !== STREAM) return void give(content);
      const pipe = host.pipe(-1);
      give(pipe);
      return pump(content, pipe);
    };
  }

  constructor(token, list, immutable = false) {
    if (token !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#list = list;
    if (immutable) this.#headers = IMMUTABLE;
  }

  get body() {
    if (this.#kind === NONE) return null;
    if (this.#used) return this.#usedStream();
    if (this.#kind !== STREAM) this.#set(STREAM, streamOf(this.#kind, this.#content));
    return this.#content;
  }

  get bodyUsed() {
    return this.#used || (this.#kind === STREAM && load('streams').isDisturbed(this.#content));
  }

  async arrayBuffer() {
    const content = this.#take();
    return bufferOf(this.#kind, content);
  }

  async bytes() {
    const content = this.#take();
    return new Uint8Array(await bufferOf(this.#kind, content));
  }

  async json() {
    const content = this.#take();
    return parse(await textOf(this.#kind, content));
  }

  async text() {
    const content = this.#take();
    return textOf(this.#kind, content);
  }

  #set(kind, content) {
    this.#kind = kind;
    this.#content = content;
  }

  // The content, to be used up by the caller; #kind says what it is.
  #take() {
    if (this.#kind === NONE) return null;
    if (this.#used) throw new TypeError(USED);
    const content = this.#content;
    if (this.#kind === STREAM) {
      checkUnused(content);
      const source = reclaim(content);
      setUsedStream(this, content);
      this.#used = true;
      this.#content = null;
      if (source === undefined) return content;
      this.#kind = source.kind;
      return source.content;
    }
    this.#used = true;
    this.#content = null;
    return content;
  }

  #usedStream() {
    let stream = usedStreamOf(this);
    if (stream === undefined) {
      stream = streamOf(TEXT, null);
      exhaust(stream);
      setUsedStream(this, stream);
    }
    return stream;
  }
}
exposed(Body);

export { extract, adopt, hasContent, headersFor, listFor, moveBody, cloneBody, handOver };
