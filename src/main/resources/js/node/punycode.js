// `node:punycode`: https://nodejs.org/api/punycode.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('punycode');
const { decode, encode, toASCII, toUnicode, ucs2, version } = module;

export { module as default, decode, encode, toASCII, toUnicode, ucs2, version };
