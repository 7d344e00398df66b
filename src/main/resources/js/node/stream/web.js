// `node:stream/web`: https://nodejs.org/api/webstreams.html. The classes are the global ones.

import { CompressionStream, DecompressionStream } from './compression.js';
import { TextDecoderStream, TextEncoderStream } from './encoding.js';
import { ReadableByteStreamController, ReadableStreamBYOBRequest } from './streams/byte-controller.js';
import { ReadableStreamDefaultController } from './streams/default-source.js';
import { ReadableStream } from './streams/readable.js';
import { ReadableStreamBYOBReader, ReadableStreamDefaultReader } from './streams/readers.js';
import { ByteLengthQueuingStrategy, CountQueuingStrategy } from './streams/strategies.js';
import { TransformStream, TransformStreamDefaultController } from './streams/transform.js';
import { WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter } from './streams/writable.js';

const web = { ByteLengthQueuingStrategy, CompressionStream, CountQueuingStrategy, DecompressionStream, ReadableByteStreamController, ReadableStream, ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest, ReadableStreamDefaultController, ReadableStreamDefaultReader, TextDecoderStream, TextEncoderStream, TransformStream, TransformStreamDefaultController,
  WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter };

export { web as default, ByteLengthQueuingStrategy, CompressionStream, CountQueuingStrategy, DecompressionStream, ReadableByteStreamController, ReadableStream,
  ReadableStreamBYOBReader, ReadableStreamBYOBRequest, ReadableStreamDefaultController, ReadableStreamDefaultReader, TextDecoderStream, TextEncoderStream, TransformStream,
  TransformStreamDefaultController, WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter };
