// Streams that are transferred: https://streams.spec.whatwg.org/#transferrable-streams. The chunks are cloned on their way.

import { cloneWithTransfer } from './clone.js';
import { DOMException } from './errors.js';
import { pipe } from './streams/pipe.js';
import { handled } from './streams/promises.js';
import { insideOf as readableOf } from './streams/readable.js';
import { joined, platformTransform, sidesOf } from './streams/transform.js';
import { insideOf as writableOf } from './streams/writable.js';

const NEVER = () => undefined;
const passage = () => platformTransform({
  transform(chunk, output) { output.enqueue(cloneWithTransfer(chunk, [], NEVER).value); },
});

function refuseLocked(locked, what) {
  if (locked) throw new DOMException(`A ${what} in the transfer list is locked.`, 'DataCloneError');
}

// What moves a stream; undefined for any other value.
export function streamMover(value) {
  const readable = readableOf(value);
  if (readable !== undefined) {
    refuseLocked(readable.locked, 'ReadableStream');
    return () => {
      const passing = passage();
      handled(pipe(readable, writableOf(passing.writable), {}));
      return passing.readable;
    };
  }
  const writable = writableOf(value);
  if (writable !== undefined) {
    refuseLocked(writable.writer !== undefined, 'WritableStream');
    return () => {
      const passing = passage();
      handled(pipe(readableOf(passing.readable), writable, {}));
      return passing.writable;
    };
  }
  const sides = sidesOf(value);
  if (sides === undefined) return undefined;
  const moveReadable = streamMover(sides.readable), moveWritable = streamMover(sides.writable);
  return () => joined(readableOf(moveReadable()), writableOf(moveWritable()));
}
