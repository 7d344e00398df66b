// Memory that a reader of bytes, or the source itself, wants filled: https://streams.spec.whatwg.org/#pull-into-descriptor

import { copy, sizeOf, transfer } from './buffers.js';

// `reader` tells who waits for it, 'default', 'byob' or (the reader was released) 'none'; `minimum` is in bytes.
export class PullInto {
  filled = 0;

  constructor(buffer, offset, length, minimum, kind, reader) {
    this.buffer = buffer;
    this.bufferLength = sizeOf(buffer);
    this.offset = offset;
    this.length = length;
    this.minimum = minimum;
    this.kind = kind;
    this.reader = reader;
  }

  // https://streams.spec.whatwg.org/#readable-byte-stream-controller-convert-pull-into-descriptor
  view() {
    return new this.kind.type(transfer(this.buffer), this.offset, this.filled / this.kind.size);
  }

  // https://streams.spec.whatwg.org/#readable-byte-stream-controller-fill-pull-into-descriptor-from-queue; true when it has its minimum.
  fillFrom(queue) {
    const most = this.filled + (queue.size < this.length - this.filled ? queue.size : this.length - this.filled);
    const aligned = most - most % this.kind.size;
    const ready = aligned >= this.minimum;
    let remaining = (ready ? aligned : most) - this.filled;
    while (remaining > 0) {
      const head = queue.peek(), n = remaining < head.length ? remaining : head.length;
      copy(this.buffer, this.offset + this.filled, head.buffer, head.offset, n);
      if (n === head.length) {
        queue.take();
      } else {
        head.offset += n;
        head.length -= n;
        queue.shrink(n);
      }
      this.filled += n;
      remaining -= n;
    }
    return ready;
  }
}
