// Body (https://fetch.spec.whatwg.org/#body-mixin), a class as in Workers, with the headers that Request and Response have in common. Its content
// becomes a stream only when `body` is read.

import {
  HOST, NONE, STREAM, TEXT, bodyOf, bufferOf, checkUnused, pump, reclaim, sourceExtent, streamOf, teeContent, textOf, used, usedStream,
} from './body/content.js';
import { checkOwner, owner } from './invocation.js';
import { headersOf, isImmutable, listOf, valueIn, withDefault } from './headers.js';
import { exposed } from './webidl.js';

const { parse } = JSON;
const toStrings = [Object.prototype.toString, Array.prototype.toString];

// What only the runtime may pass to the constructors of Body, Request and Response.
export const INTERNAL = {};

// In Body's #headers: nobody has asked for the Headers object yet, which will be immutable.
const IMMUTABLE = {};

// The stream of a body whose content was used before it became one.
const usedStreams = new WeakMap();
const usedStreamOf = usedStreams.get.bind(usedStreams), setUsedStream = usedStreams.set.bind(usedStreams);

function bytes(extent) {
  return extent.length === 0 ? { kind: TEXT, content: '' } : { kind: HOST, content: bodyOf(extent) };
}

// https://fetch.spec.whatwg.org/#concept-bodyinit-extract of an object, as {kind, content, type}.
function extractObject(init) {
  const extent = sourceExtent(init);
  if (extent !== undefined) return { ...bytes(extent), type: null };
  const { isDisturbed, isLocked, isReadableStream } = load('streams');
  if (isReadableStream(init)) {
    if (isDisturbed(init)) {
      throw new TypeError('This ReadableStream is disturbed (has already been read from), and cannot be used as a body.');
    }
    if (isLocked(init)) throw new TypeError('This ReadableStream is currently locked to a reader.');
    return { kind: STREAM, content: init, type: null };
  }
  const blob = load('blob').bytesOf(init);
  if (blob !== undefined) return { ...bytes(blob), type: blob.type === '' ? null : blob.type };
  const form = load('formdata').multipart(init);
  if (form !== undefined) return { kind: HOST, content: bodyOf(form), type: form.type };
  const pairs = load('url/params').pairsIn(init);
  if (pairs !== undefined) {
    return { kind: TEXT, content: load('url/encode').serializeForm(pairs), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
  }
  if (isIterable(init)) return { kind: STREAM, content: load('streams').streamFrom(init), type: null };
  return { kind: TEXT, content: `${init}`.toWellFormed(), type: 'text/plain;charset=UTF-8' };
}

// As in Workers since 2026-02-19 the bytes that an iterable gives are a body, unless it says itself what its text is, as a String and a Date do.
function isIterable(init) {
  const iterates = (init[Symbol.asyncIterator] ?? init[Symbol.iterator] ?? undefined) !== undefined;
  return iterates && (init[Symbol.toPrimitive] ?? undefined) === undefined && toStrings.includes(init.toString);
}

let extract, adopt, bodyOwnerOf, hasContent, isEmpty, headersFor, listFor, moveBody, cloneBody, handOver;

export class Body {
  #kind = NONE;
  #content = null;
  #used = false;
  #owner = undefined; // the event that content from Java belongs to
  #list; // the header list, until #headers has it
  #headers = null; // a Headers object, or null or IMMUTABLE

  static {
    // https://fetch.spec.whatwg.org/#concept-bodyinit-extract, with the content type of a text.
    extract = (body, init, type = 'text/plain;charset=UTF-8') => {
      if (init === null || init === undefined) return;
      if (typeof init === 'object') {
        const extracted = extractObject(init);
        body.#set(extracted.kind, extracted.content);
        type = extracted.type;
      } else {
        body.#set(TEXT, `${init}`.toWellFormed());
      }
      if (type !== null) body.#list = withDefault(body.#list, 'content-type', type);
    };

    // Content from Java: null, a string or a host body.
    adopt = (body, content) => {
      if (content === null || content === undefined) return;
      if (typeof content === 'string') {
        body.#set(TEXT, content);
      } else {
        body.#set(HOST, content);
        body.#owner = owner();
      }
    };

    bodyOwnerOf = (body) => (body.#kind === STREAM && !body.#used ? load('streams').ownerOf(body.#content) : body.#owner);

    hasContent = (body) => body.#kind !== NONE;

    // Whether it is known to be without a byte.
    isEmpty = (body) => body.#kind === NONE || (body.#kind === TEXT && body.#content === '');

    headersFor = (body) => {
      const headers = body.#headers;
      if (headers !== null && headers !== IMMUTABLE) return headers;
      return body.#headers = headersOf(body.#list, headers === IMMUTABLE);
    };

    listFor = (body) => (body.#headers === null || body.#headers === IMMUTABLE ? body.#list : listOf(body.#headers));

    moveBody = (from, to) => {
      const content = from.#take();
      to.#set(from.#kind, content);
      to.#owner = from.#owner;
    };

    // The content and the guard of the headers.
    cloneBody = (from, to) => {
      const headers = from.#headers;
      if (headers === IMMUTABLE || (headers !== null && isImmutable(headers))) to.#headers = IMMUTABLE;
      if (from.#used) throw used();
      checkOwner(bodyOwnerOf(from));
      if (from.#kind === STREAM) {
        checkUnused(from.#content);
        const source = reclaim(from.#content);
        if (source !== undefined) from.#set(source.kind, source.content);
      }
      to.#owner = from.#owner;
      const { mine, other } = teeContent(from.#kind, from.#content);
      from.#content = mine;
      to.#set(from.#kind, other);
    };

    // Calls `give` with the content for Java: null, a string or a host body. Of a stream of the worker that is the reading end of a pipe; then
    // the result is a promise that settles when all of it has been written there, and the invocation must stay open for it.
    handOver = (body, give) => {
      const content = body.#take();
      return body.#kind === STREAM ? pump(content, give) : void give(content);
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
    if (this.#kind !== STREAM) this.#set(STREAM, streamOf(this.#kind, this.#content, this.#owner));
    return this.#content;
  }

  get bodyUsed() {
    return this.#used || (this.#kind === STREAM && load('streams').isDisturbed(this.#content));
  }

  async arrayBuffer() {
    const content = this.#take();
    return bufferOf(this.#kind, content);
  }

  async blob() {
    const content = this.#take(), type = valueIn(listFor(this), 'content-type') ?? '';
    return load('blob').blobOf(await bufferOf(this.#kind, content), type);
  }

  async bytes() {
    const content = this.#take();
    return new Uint8Array(await bufferOf(this.#kind, content));
  }

  async formData() {
    const content = this.#take(), type = valueIn(listFor(this), 'content-type') ?? '';
    return load('formdata').parseFormData(await bufferOf(this.#kind, content), type);
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
    if (this.#used) throw used();
    if (this.#kind !== TEXT) checkOwner(bodyOwnerOf(this));
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
      stream = usedStream();
      setUsedStream(this, stream);
    }
    return stream;
  }
}
exposed(Body);

export { extract, adopt, bodyOwnerOf, hasContent, isEmpty, headersFor, listFor, moveBody, cloneBody, handOver };
