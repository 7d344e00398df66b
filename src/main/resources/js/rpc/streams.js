// A WritableStream that was passed on: the one who has it now calls, for each chunk, a sink on the side of the one who made it. A write ends when the
// stream there took the chunk, so its pace is kept.

import { rpc } from './rpc/host.js';
import { request } from './rpc/stubs.js';
import { RpcTarget } from './rpc/targets.js';
import { hostWritable } from './streams.js';

const locked = new TypeError('This WritableStream is currently locked to a writer.');

class Sink extends RpcTarget {
  #writer;

  constructor(writer) {
    super();
    this.#writer = writer;
  }

  async write(chunk) {
    await this.#writer.ready;
    await this.#writer.write(chunk);
  }

  close() {
    return this.#writer.close();
  }

  abort(reason) {
    return this.#writer.abort(reason);
  }
}

// The sink that stands for a stream, which is locked from now on.
export function sinkOf(stream) {
  const { WritableStreamDefaultWriter, insideOf } = load('streams/writable');
  if (insideOf(stream).writer !== undefined) throw locked;
  return new Sink(new WritableStreamDefaultWriter(stream));
}

// The stream that a stub of a sink stands for.
export function writable(stub) {
  const send = (method, args) => request((message) => rpc.call(stub, method, message), args);
  const last = async (method, args) => {
    try {
      await send(method, args);
    } finally {
      rpc.release(stub);
    }
  };
  return hostWritable({
    write: (chunk) => send('write', [chunk]),
    close: () => last('close', []),
    abort: (reason) => last('abort', [reason]),
  });
}
