// `node:stream/consumers`: https://nodejs.org/api/webstreams.html#utility-consumers

import { Blob } from './blob.js';
import { Buffer } from './node/buffer.js';

async function buffer(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}

async function arrayBuffer(stream) {
  const bytes = await buffer(stream);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

const text = async (stream) => (await buffer(stream)).toString();
const json = async (stream) => JSON.parse(await text(stream));
const blob = async (stream) => new Blob([await buffer(stream)]);
const consumers = { arrayBuffer, blob, buffer, json, text };

export { consumers as default, arrayBuffer, blob, buffer, json, text };
