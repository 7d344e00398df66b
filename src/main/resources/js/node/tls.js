// `node:tls`: https://nodejs.org/api/tls.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';

const module = absent('tls', { rootCertificates: [], DEFAULT_CIPHERS: '', DEFAULT_ECDH_CURVE: 'auto', DEFAULT_MAX_VERSION: 'TLSv1.3', DEFAULT_MIN_VERSION: 'TLSv1.2' });
const { SecureContext, Server, TLSSocket, checkServerIdentity, connect, convertALPNProtocols, createSecureContext, createSecurePair, createServer,
  getCiphers, rootCertificates } = module;

export { module as default, SecureContext, Server, TLSSocket, checkServerIdentity, connect, convertALPNProtocols, createSecureContext, createSecurePair, createServer,
  getCiphers, rootCertificates };
