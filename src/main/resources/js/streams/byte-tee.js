// Two byte streams of one: https://streams.spec.whatwg.org/#abstract-opdef-readablebytestreamtee

import { extentOf, slice } from './buffers.js';
import { ByteSource } from './streams/byte-source.js';
import { microtask, resolved, then, withResolvers } from './streams/promises.js';
import { Readable, Reader } from './streams/source.js';

const Bytes = Uint8Array;

function clone(view) {
  const { buffer, offset, length } = extentOf(view);
  return new Bytes(slice(buffer, offset, length));
}

class Branch {
  readAgain = false;
  canceled = false;
  reason = undefined;
  stream = new Readable();
}

// Reads by the reader that suits the branch which pulls: into the memory of its BYOB request if it has one.
class ByteTee {
  reading = false;
  cancelled = withResolvers();

  constructor(stream) {
    this.stream = stream;
    this.take(false);
    this.first = this.branch();
    this.second = this.branch();
  }

  branch() {
    const branch = new Branch();
    const pull = () => this.pull(branch), cancel = (reason) => this.cancel(branch, reason);
    branch.source = new ByteSource(branch.stream, pull, cancel, 0);
    branch.source.start(undefined);
    return branch;
  }

  take(byob) {
    this.reader?.release();
    const reader = this.reader = new Reader(this.stream, byob);
    then(reader.closed.promise, undefined, (reason) => {
      if (reader === this.reader) this.fail(reason);
    });
  }

  fail(reason, cancelled = undefined) {
    this.first.source.error(reason);
    this.second.source.error(reason);
    if (cancelled !== undefined || !this.first.canceled || !this.second.canceled) this.cancelled.resolve(cancelled);
  }

  cancel(branch, reason) {
    branch.canceled = true;
    branch.reason = reason;
    if (this.first.canceled && this.second.canceled) {
      this.cancelled.resolve(this.stream.cancel([this.first.reason, this.second.reason]));
    }
    return this.cancelled.promise;
  }

  pull(branch) {
    if (this.reading) {
      branch.readAgain = true;
      return resolved(undefined);
    }
    this.reading = true;
    const request = branch.source.currentRequest();
    if (request === undefined) this.readDefault();
    else this.readInto(request.view, branch, branch === this.first ? this.second : this.first);
    return resolved(undefined);
  }

  again() {
    this.reading = false;
    if (this.first.readAgain) this.pull(this.first);
    else if (this.second.readAgain) this.pull(this.second);
  }

  // Gives `chunk` by `give` and a clone of it to the other branch, in a microtask of its own so that errors come first.
  deliver(chunk, branch, other, give) {
    microtask(() => {
      this.first.readAgain = this.second.readAgain = false;
      if (!other.canceled) {
        let copy = chunk;
        if (give !== undefined || !branch.canceled) {
          try {
            copy = clone(chunk);
          } catch (error) {
            this.fail(error, this.stream.cancel(error));
            return;
          }
        }
        if (!branch.canceled) this.give(chunk, branch, give);
        other.source.enqueue(copy);
      } else if (!branch.canceled) {
        this.give(chunk, branch, give);
      }
      this.again();
    });
  }

  give(chunk, branch, give) {
    if (give === undefined) branch.source.enqueue(chunk);
    else give(chunk);
  }

  readDefault() {
    if (this.reader.byob) this.take(false);
    const { first, second } = this;
    this.stream.read({
      chunk: (chunk) => this.deliver(chunk, first, second),
      close: () => {
        this.reading = false;
        if (!first.canceled) first.source.close();
        if (!second.canceled) second.source.close();
        if (first.source.pullIntos.length > 0) first.source.respond(0);
        if (second.source.pullIntos.length > 0) second.source.respond(0);
        if (!first.canceled || !second.canceled) this.cancelled.resolve(undefined);
      },
      error: () => {
        this.reading = false;
      },
    });
  }

  readInto(view, branch, other) {
    if (!this.reader.byob) this.take(true);
    this.stream.readInto(view, 1, {
      chunk: (chunk) => this.deliver(chunk, branch, other, (filled) => branch.source.respondWithNewView(filled)),
      close: (chunk) => {
        this.reading = false;
        if (!branch.canceled) branch.source.close();
        if (!other.canceled) other.source.close();
        if (chunk !== undefined) {
          if (!branch.canceled) branch.source.respondWithNewView(chunk);
          if (!other.canceled && other.source.pullIntos.length > 0) other.source.respond(0);
        }
        if (!branch.canceled || !other.canceled) this.cancelled.resolve(undefined);
      },
      error: () => {
        this.reading = false;
      },
    });
  }
}

export function teeBytes(stream) {
  const { first, second } = new ByteTee(stream);
  first.stream.owner = second.stream.owner = stream.owner;
  return [first.stream, second.stream];
}
