// Two streams of one: https://streams.spec.whatwg.org/#abstract-opdef-readablestreamtee

import { DefaultSource } from './streams/default-source.js';
import { microtask, resolved, then, withResolvers } from './streams/promises.js';
import { Readable, Reader } from './streams/source.js';

// Both branches get the same chunks, unless `clone(chunk)` makes the second its own. The bytes of a byte stream are always its own.
export function tee(stream, clone = undefined) {
  return stream.isBytes ? load('streams/byte-tee').teeBytes(stream) : teeDefault(stream, clone);
}

function teeDefault(stream, clone) {
  const { closed } = new Reader(stream), cancelled = withResolvers();
  let reading = false, readAgain = false, reason1, reason2, canceled1 = false, canceled2 = false;

  const pull = () => {
    if (reading) {
      readAgain = true;
      return resolved(undefined);
    }
    reading = true;
    stream.read(request);
    return resolved(undefined);
  };
  const request = {
    chunk: (chunk) => microtask(() => {
      readAgain = false;
      let chunk2 = chunk;
      if (!canceled2 && clone !== undefined) {
        try {
          chunk2 = clone(chunk);
        } catch (error) {
          branch1.controller.error(error);
          branch2.controller.error(error);
          cancelled.resolve(stream.cancel(error));
          return;
        }
      }
      if (!canceled1) branch1.controller.enqueue(chunk);
      if (!canceled2) branch2.controller.enqueue(chunk2);
      reading = false;
      if (readAgain) pull();
    }),
    close: () => {
      reading = false;
      if (!canceled1) branch1.controller.close();
      if (!canceled2) branch2.controller.close();
      if (!canceled1 || !canceled2) cancelled.resolve(undefined);
    },
    error: () => {
      reading = false;
    },
  };
  const cancel1 = (reason) => {
    canceled1 = true;
    reason1 = reason;
    if (canceled2) cancelled.resolve(stream.cancel([reason1, reason2]));
    return cancelled.promise;
  };
  const cancel2 = (reason) => {
    canceled2 = true;
    reason2 = reason;
    if (canceled1) cancelled.resolve(stream.cancel([reason1, reason2]));
    return cancelled.promise;
  };
  const branch1 = new Readable(), branch2 = new Readable();
  branch1.owner = branch2.owner = stream.owner;
  new DefaultSource(branch1, pull, cancel1).start(undefined);
  new DefaultSource(branch2, pull, cancel2).start(undefined);
  then(closed.promise, undefined, (reason) => {
    branch1.controller.error(reason);
    branch2.controller.error(reason);
    if (!canceled1 || !canceled2) cancelled.resolve(undefined);
  });
  return [branch1, branch2];
}
