// `node:_http_common`: what libraries have asked of it, as they must not.

import { METHODS as methods } from './node/http.js';
import { isToken as _checkIsHttpToken } from './nodejs/http/names.js';

const CRLF = '\r\n', chunkExpression = /(?:^|\W)chunked(?:$|\W)/i, continueExpression = /(?:^|\W)100-continue(?:$|\W)/i;
const _checkInvalidHeaderChar = (text) => /[^\t\x20-\x7e\x80-\xff]/.test(text);
const module = { CRLF, _checkInvalidHeaderChar, _checkIsHttpToken, chunkExpression, continueExpression, methods };

export { module as default, CRLF, _checkInvalidHeaderChar, _checkIsHttpToken, chunkExpression, continueExpression, methods };
