// Kinds of buffers, for the modules of Node.

import { isArrayBuffer, isSharedArrayBuffer } from './types.js';

const { isView } = ArrayBuffer;

export const isAnyArrayBuffer = (value) => isArrayBuffer(value) || isSharedArrayBuffer(value);
export { isView };
