// One document on its way through the handlers, and the streams that come in and are inserted.

import { sizeOf, slice, sourceExtent } from './buffers.js';
import { parser } from './htmlrewriter/host.js';
import { end, tokenOf } from './htmlrewriter/tokens.js';
import { withResolvers } from './streams/promises.js';
import { insideOf } from './streams/readable.js';
import { Reader } from './streams/source.js';

const { apply } = Reflect;
const NEEDS_INPUT = -1, DONE = -2, HAS_OUTPUT = -3, STREAM = -10;
const PIECE = 65536;

// One document: the handlers by number, and the streams that are to be inserted.
export class Rewriting {
  document;
  handlers = [];
  #streams = [];
  // The reader of the stream that is being inserted.
  #inserting;

  constructor(encoding) {
    this.document = parser.open(encoding);
  }

  add(stream, html) {
    return this.#streams.push({ stream, html }) - 1;
  }

  addHandler(fn, owner, Type) {
    return fn === undefined ? -1 : this.handlers.push({ fn, owner, Type }) - 1;
  }

  // Runs a handler; a promise when it is not done when this returns.
  #run({ fn, owner, Type }) {
    const token = tokenOf(Type, this.document, this);
    let result;
    try {
      result = apply(fn, owner, [token]);
    } catch (error) {
      end(token);
      throw error;
    }
    if (typeof result !== 'object' || result === null || typeof result.then !== 'function') {
      end(token);
      return undefined;
    }
    return new Promise((resolve) => { resolve(result); }).finally(() => end(token));
  }

  // Goes on until there is output, or all is done: the bytes, or null. `input` gives promises of chunks.
  async pull(input) {
    const to = this.document;
    for (;;) {
      if (this.#inserting !== undefined) {
        const { read, html } = this.#inserting, chunk = await read();
        if (chunk === null) this.#inserting = undefined;
        else parser.write(to, bytesOf(chunk), html);
        const output = parser.output(to);
        if (output !== null) return output;
        continue;
      }
      const next = parser.next(to);
      if (next >= 0) {
        const running = this.#run(this.handlers[next]);
        if (running !== undefined) await running;
      } else if (next === NEEDS_INPUT) {
        const output = parser.output(to);
        if (output !== null) return output;
        const chunk = await input();
        if (chunk === null) parser.finish(to);
        else parser.push(to, chunk);
      } else if (next === HAS_OUTPUT) {
        return parser.output(to);
      } else if (next === DONE) {
        return null;
      } else {
        const number = STREAM - next, { stream, html } = this.#streams[number];
        this.#streams[number] = undefined;
        this.#inserting = { read: readerOf(stream), html };
      }
    }
  }
}

function bytesOf(chunk) {
  const extent = typeof chunk === 'string' ? undefined : sourceExtent(chunk);
  if (extent === undefined) throw new TypeError('The stream that is rewritten, or inserted, did not return bytes.');
  const { buffer, offset, length } = extent;
  return offset === 0 && length === sizeOf(buffer) ? buffer : slice(buffer, offset, length);
}

// A function that gives a promise of the next chunk, or of null.
function readerOf(stream) {
  const inside = insideOf(stream), reader = new Reader(inside);
  return () => {
    const { promise, resolve, reject } = withResolvers();
    inside.read({ chunk: resolve, close: () => resolve(null), error: reject });
    return promise;
  };
}

// As readerOf, in pieces that are not too large to be taken at once.
export function piecesOf(stream) {
  const read = readerOf(stream);
  let rest = null, at = 0;
  return async () => {
    if (rest === null) {
      const chunk = await read();
      if (chunk === null) return null;
      rest = bytesOf(chunk);
      at = 0;
    }
    const size = sizeOf(rest), whole = rest;
    if (at === 0 && size <= PIECE) {
      rest = null;
      return whole;
    }
    const piece = slice(whole, at, at + PIECE < size ? PIECE : size - at);
    at += PIECE;
    if (at >= size) rest = null;
    return piece;
  };
}
