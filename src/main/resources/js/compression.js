// CompressionStream and DecompressionStream: https://compression.spec.whatwg.org/. `host` is dev.skerry.webapi.compression.CompressionApi.
// Output is made a piece at a time, and only as fast as it is read.

import { sizeOf, slice, sourceExtent } from './buffers.js';
import { then } from './streams/promises.js';
import { TransformStream, platformTransform } from './streams/transform.js';
import { exposed, require } from './webidl.js';

const Bytes = Uint8Array, Buffer = ArrayBuffer;

function checkFormat(format, name) {
  if (format !== 'gzip' && format !== 'deflate' && format !== 'deflate-raw') {
    throw new TypeError(`${name} constructor: '${format}' is not a format; there are: gzip, deflate, deflate-raw.`);
  }
}

// The streams of a codec, which `open()` makes at the first chunk.
function transform(open, name) {
  let codec, ended = false;
  const end = () => {
    if (codec !== undefined && !ended) host.end(codec);
    ended = true;
  };
  // Runs `step`, which ends the codec if it throws.
  const guarded = (step) => {
    try {
      return step();
    } catch (error) {
      end();
      throw error;
    }
  };
  const drain = (output) => {
    for (;;) {
      const piece = guarded(() => host.pull(codec));
      if (piece === null) return undefined;
      output.enqueue(new Bytes(new Buffer(piece)));
      const wanted = output.wanted();
      if (wanted !== undefined) return then(wanted, (open) => open ? drain(output) : undefined);
    }
  };
  return platformTransform({
    transform(chunk, output) {
      const extent = sourceExtent(chunk);
      if (extent === undefined) {
        end();
        throw new TypeError(`${name}: a chunk is not an ArrayBuffer or a view.`);
      }
      const { buffer, offset, length } = extent;
      if (length === 0) return undefined;
      codec ??= open();
      guarded(() => host.push(codec, length === sizeOf(buffer) ? buffer : slice(buffer, offset, length)));
      return drain(output);
    },
    flush(output) {
      codec ??= open();
      host.finish(codec);
      const drained = drain(output);
      if (drained === undefined) end();
      return drained === undefined ? undefined : then(drained, end);
    },
    cancel: end,
  });
}

export class CompressionStream {
  #pair;

  constructor(format) {
    require(arguments.length, 1, 'CompressionStream constructor');
    format = `${format}`;
    checkFormat(format, 'CompressionStream');
    this.#pair = transform(() => host.compress(format), 'CompressionStream');
  }

  get readable() { return this.#pair.readable; }
  get writable() { return this.#pair.writable; }
}
exposed(CompressionStream);

export class DecompressionStream {
  #pair;

  constructor(format) {
    require(arguments.length, 1, 'DecompressionStream constructor');
    format = `${format}`;
    checkFormat(format, 'DecompressionStream');
    this.#pair = transform(() => host.decompress(format), 'DecompressionStream');
  }

  get readable() { return this.#pair.readable; }
  get writable() { return this.#pair.writable; }
}
exposed(DecompressionStream);

for (const type of [CompressionStream, DecompressionStream]) {
  Object.setPrototypeOf(type, TransformStream);
  Object.setPrototypeOf(type.prototype, TransformStream.prototype);
}
