// The globals of https://streams.spec.whatwg.org/, and those that Workers add. The modules under streams/, from below:
// promises, queue, strategies; source and sink (the insides of ReadableStream and WritableStream); default-source and byte-source (the
// insides of their controllers); byte-controller, readers; iteration, tee, byte-tee, pipe; readable, writable, transform; identity; host.

import { ReadableByteStreamController, ReadableStreamBYOBRequest } from './streams/byte-controller.js';
import { ReadableStreamDefaultController } from './streams/default-source.js';
import {
  cancelStream, exhaust, hostReadable, hostWritable, isDisturbed, isLocked, isReadableStream, isWritableStream, lengthOf, readAll, readEach, teeStream,
} from './streams/host.js';
import { FixedLengthStream, IdentityTransformStream } from './streams/identity.js';
import { ReadableStream } from './streams/readable.js';
import { ReadableStreamBYOBReader, ReadableStreamDefaultReader } from './streams/readers.js';
import { ByteLengthQueuingStrategy, CountQueuingStrategy } from './streams/strategies.js';
import { platformTransform, TransformStream, TransformStreamDefaultController } from './streams/transform.js';
import { WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter } from './streams/writable.js';

export {
  ByteLengthQueuingStrategy, CountQueuingStrategy, FixedLengthStream, IdentityTransformStream, ReadableByteStreamController,
  ReadableStream, ReadableStreamBYOBReader, ReadableStreamBYOBRequest, ReadableStreamDefaultController, ReadableStreamDefaultReader,
  TransformStream, TransformStreamDefaultController, WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter,
};

// For the platform's own modules; streams/host.js and streams/transform.js say what they do.
export {
  cancelStream, exhaust, hostReadable, hostWritable, isDisturbed, isLocked, isReadableStream, isWritableStream, lengthOf, platformTransform, readAll,
  readEach, teeStream,
};
