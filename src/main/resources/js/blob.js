// Blob and File: https://w3c.github.io/FileAPI/. A Blob is an extent of an ArrayBuffer that nobody changes; slices share it.

import { decode, encode, sourceExtent } from './body/content.js';
import { copy, slice } from './buffers.js';
import { exposed, require, serializable } from './webidl.js';

const { now } = Date;
const TYPE = /^[ -~]*$/;
const CHUNK = 65_536;
const INTERNAL = {};

let bytesOf, blobOf;

// https://w3c.github.io/FileAPI/#process-blob-parts, as one ArrayBuffer.
function join(parts, endings) {
  if (parts === null || typeof parts !== 'object' || parts[Symbol.iterator] === undefined) {
    throw new TypeError('Blob: the parts are not a sequence.');
  }
  const extents = [];
  let total = 0;
  for (const part of parts) {
    let extent = typeof part === 'object' && part !== null ? sourceExtent(part) ?? bytesOf(part) : undefined;
    if (extent === undefined) {
      const text = `${part}`.toWellFormed(), buffer = encode(endings === 'native' ? text.replace(/\r\n?/g, '\n') : text);
      extent = { buffer, offset: 0, length: buffer.byteLength };
    }
    total += extent.length;
    extents.push(extent);
  }
  const all = new ArrayBuffer(total);
  let at = 0;
  for (const { buffer, offset, length } of extents) {
    copy(all, at, buffer, offset, length);
    at += length;
  }
  return { buffer: all, offset: 0, length: total };
}

function typeFrom(value) {
  const type = `${value}`;
  return TYPE.test(type) ? type.toLowerCase() : '';
}

// A position from the start, or from the end if negative, within the size.
function position(value, size) {
  const at = Math.trunc(+value) || 0;
  return at < 0 ? Math.max(size + at, 0) : Math.min(at, size);
}

class Blob {
  #extent;
  #type = '';

  static {
    // {buffer, offset, length, type} of a Blob, undefined of anything else.
    bytesOf = (value) => (#extent in value ? { ...value.#extent, type: value.#type } : undefined);

    // A Blob of an ArrayBuffer that is its own from now on.
    blobOf = (buffer, type) => new Blob(INTERNAL, { extent: { buffer, offset: 0, length: buffer.byteLength }, type });
  }

  constructor(parts = [], options = undefined) {
    if (parts === INTERNAL) {
      this.#extent = options.extent;
      this.#type = typeFrom(options.type);
      return;
    }
    if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
      throw new TypeError('Blob: the options are not an object.');
    }
    const endings = options?.endings === undefined ? 'transparent' : `${options.endings}`;
    if (endings !== 'transparent' && endings !== 'native') throw new TypeError(`Blob: endings is transparent or native, not ${endings}.`);
    const type = options?.type;
    this.#extent = join(parts, endings);
    if (type !== undefined) this.#type = typeFrom(type);
  }

  get size() {
    return this.#extent.length;
  }

  get type() {
    return this.#type;
  }

  slice(start = 0, end = undefined, type = '') {
    const { buffer, offset, length } = this.#extent, from = position(start, length);
    const to = end === undefined ? length : position(end, length);
    return new Blob(INTERNAL, { extent: { buffer, offset: offset + from, length: Math.max(to - from, 0) }, type });
  }

  stream() {
    const { buffer, offset, length } = this.#extent;
    let at = 0;
    return load('streams').hostReadable({
      async pull() {
        if (at === length) return null;
        const size = Math.min(CHUNK, length - at), chunk = new Uint8Array(slice(buffer, offset + at, size));
        at += size;
        return chunk;
      },
      length,
    });
  }

  async text() {
    return decode(this.#copy());
  }

  async arrayBuffer() {
    return this.#copy();
  }

  async bytes() {
    return new Uint8Array(this.#copy());
  }

  #copy() {
    const { buffer, offset, length } = this.#extent;
    return slice(buffer, offset, length);
  }
}
exposed(Blob);
serializable(Blob, (blob) => new Blob(INTERNAL, { extent: bytesOf(blob), type: blob.type }));

class File extends Blob {
  #name;
  #lastModified;

  constructor(parts, name, options = undefined) {
    require(arguments.length, 2, 'File');
    super(parts, options);
    this.#name = `${name}`.toWellFormed();
    const modified = options?.lastModified;
    this.#lastModified = modified === undefined ? now() : Math.trunc(+modified) || 0;
  }

  get name() {
    return this.#name;
  }

  get lastModified() {
    return this.#lastModified;
  }
}
exposed(File);
serializable(File, (file) => new File(INTERNAL, file.name, { extent: bytesOf(file), type: file.type, lastModified: file.lastModified }));

export { Blob, File, bytesOf, blobOf };
