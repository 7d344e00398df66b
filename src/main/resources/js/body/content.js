// What a body consists of: nothing, a string, a host body (an opaque dev.skerry.binding.Body of Java) or a ReadableStream; and how one becomes
// another. What a stream of ours stands for goes on by reference as long as nobody has read from it. `host` is dev.skerry.webapi.BodyApi.

import { copy, extentOf, isBytes, slice, sizeOf, sourceExtent } from './buffers.js';
import { describe } from './errors.js';
import { checkOwner } from './invocation.js';
import { op } from './ops.js';
import { rejected, then, withResolvers } from './streams/promises.js';

const NONE = 0, TEXT = 1, HOST = 2, STREAM = 3;
const USED = 'Body has already been used. It can only be used once. Use tee() first if you need to read it twice.';

// The content {kind, content} that a stream of ours stands for.
const sources = new WeakMap();
const sourceOf = sources.get.bind(sources), setSource = sources.set.bind(sources);

export function used() {
  return new TypeError(USED);
}

// UTF-8 bytes of a string as an ArrayBuffer, and back.
export function encode(text) {
  return new ArrayBuffer(host.encode(text));
}

export function decode(buffer) {
  return host.decode(buffer);
}

// An ArrayBuffer of just these bytes.
function exactly({ buffer, offset, length }) {
  return length === sizeOf(buffer) ? buffer : slice(buffer, offset, length);
}

// A host body of the bytes of an extent ({buffer, offset, length}), copied.
export function bodyOf(extent) {
  return host.copy(exactly(extent));
}

// A host body of a string or a host body that is in the coding already that a header names; what it was, for a coding that we do not know.
export function codedBody(content, coding) {
  return host.coded(content, coding);
}

// The result of a host function that gives it at once, or the number of an operation that will.
function settled(result) {
  return typeof result === 'number' ? op(result) : result;
}

// `owner` is the event that it belongs to, if any.
export function streamOf(kind, content, owner = undefined) {
  const source = { kind, content: kind === HOST ? host.open(content) : content };
  const length = kind === HOST ? host.length(source.content) : -1;
  const stream = load('streams').hostReadable({
    async pull() {
      const { kind, content } = source;
      if (content === null) return null;
      if (kind === TEXT) {
        source.content = null;
        return new Uint8Array(encode(content));
      }
      const chunk = await settled(host.read(content));
      if (chunk !== null) return new Uint8Array(new ArrayBuffer(chunk));
      source.content = null;
      return null;
    },
    cancel(reason) {
      if (source.kind === HOST && source.content !== null) host.cancel(source.content, `${reason}`);
      source.content = null;
    },
    length: length < 0 ? undefined : length,
    owner,
  });
  setSource(stream, source);
  return stream;
}

// The content that an untouched stream stands for, taken out of it; undefined where it is the worker's own.
export function reclaim(stream) {
  const source = sourceOf(stream);
  if (source === undefined) return undefined;
  const { kind, content } = source;
  source.content = null;
  load('streams').exhaust(stream);
  return { kind, content };
}

// A stream that was read to its end.
export function usedStream() {
  const stream = streamOf(TEXT, null);
  load('streams').exhaust(stream);
  return stream;
}

export function checkUnused(stream) {
  const { isDisturbed, isLocked } = load('streams');
  if (isDisturbed(stream) || isLocked(stream)) throw used();
}

function copyOf(chunk) {
  if (!isBytes(chunk)) return chunk;
  const { buffer, offset, length } = extentOf(chunk), bytes = new ArrayBuffer(length);
  copy(bytes, 0, buffer, offset, length);
  return new Uint8Array(bytes);
}

// Two contents, { mine, other }, of one.
export function teeContent(kind, content) {
  if (kind === STREAM) {
    const streams = load('streams').teeStream(content, copyOf);
    return { mine: streams[0], other: streams[1] };
  }
  if (kind !== HOST) return { mine: content, other: content };
  const mine = host.tee(content);
  return { mine, other: host.twin(mine) };
}

// Two streams of one that stands for a host body and that nobody has read from, each of which stands for one too; undefined for any other.
export function splitStream(stream) {
  const source = sourceOf(stream);
  if (source === undefined || source.kind !== HOST || source.content === null) return undefined;
  const { isDisturbed, isLocked, ownerOf } = load('streams');
  if (isDisturbed(stream) || isLocked(stream)) return undefined;
  const owner = ownerOf(stream);
  checkOwner(owner);
  const { mine, other } = teeContent(HOST, reclaim(stream).content);
  return [streamOf(HOST, mine, owner), streamOf(HOST, other, owner)];
}

const textBytes = (chunk) => (typeof chunk === 'string' ? new Uint8Array(encode(chunk)) : chunk);

// Calls `give` with the reading end of a pipe, and writes the stream to it; strings in UTF-8, where these are taken. The promise settles when nothing more
// will be written.
export function pump(stream, give, takesText = false) {
  const { cancelStream, lengthOf, readEach } = load('streams');
  const pipe = host.pipe(lengthOf(stream) ?? -1), { promise, resolve, reject } = withResolvers();
  let gone = false;
  const readerGone = (reason) => {
    gone = true;
    if (reason !== null) then(cancelStream(stream, new Error(reason)), undefined, () => {});
  };
  give(pipe);
  const left = op(host.gone(pipe));
  then(left, readerGone);
  readEach(stream, {
    chunk(bytes) {
      try {
        const written = host.write(pipe, exactly(extentOf(bytes)));
        if (written > 0) return op(written);
        // The reader is gone, which is about to be told.
        return written < 0 ? left : undefined;
      } catch (error) {
        return rejected(error);
      }
    },
    close() {
      host.end(pipe);
      resolve();
    },
    error(reason) {
      const { name, message } = describe(reason);
      host.abort(pipe, name, message);
      if (gone) resolve();
      else reject(reason);
    },
    bytesOf: takesText ? textBytes : undefined,
  });
  return promise;
}

export async function textOf(kind, content) {
  switch (kind) {
    case NONE: return '';
    case TEXT: return content.charCodeAt(0) === 0xfeff ? content.slice(1) : content;
    case HOST: return settled(host.text(content));
    default: return decode(exactly(extentOf(await load('streams').readAll(content))));
  }
}

export async function bufferOf(kind, content) {
  switch (kind) {
    case NONE: return new ArrayBuffer(0);
    case TEXT: return encode(content);
    case HOST: return new ArrayBuffer(await settled(host.bytes(content)));
    default: return exactly(extentOf(await load('streams').readAll(content)));
  }
}

export { HOST, NONE, STREAM, TEXT, sourceExtent };
