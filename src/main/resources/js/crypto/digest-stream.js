// crypto.DigestStream: https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#constructors. A sink that hashes what is written.

import { exposed } from './webidl.js';
import { WritableStream } from './streams/writable.js';
import { sizeOf } from './buffers.js';
import { bufferSource } from './crypto/webidl.js';
import { startDigest, utf8 } from './crypto/subtle.js';

const Buffer = ArrayBuffer;
const chunkBytes = (chunk) => typeof chunk === 'string' ? utf8(chunk) : bufferSource(chunk, 'A chunk written to a DigestStream');

export class DigestStream extends WritableStream {
  #digest;
  #written;

  constructor(algorithm) {
    const running = startDigest(algorithm);
    const written = { bytes: 0n };
    const { promise, resolve, reject } = Promise.withResolvers();
    super({
      write(chunk) {
        const bytes = chunkBytes(chunk);
        running.update(bytes);
        written.bytes += BigInt(sizeOf(bytes));
      },
      close() {
        resolve(new Buffer(running.finish()));
      },
      abort(reason) {
        reject(reason);
      },
    });
    // Whoever does not ask for the digest is not told that there is none.
    promise.catch(() => {});
    this.#digest = promise;
    this.#written = written;
  }

  get digest() {
    return this.#digest;
  }

  get bytesWritten() {
    return this.#written.bytes;
  }
}
exposed(DigestStream);
