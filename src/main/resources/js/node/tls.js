// `node:tls`: https://nodejs.org/api/tls.html. Connections out are those of `cloudflare:sockets`; nothing listens here.

import { absent } from './nodejs/absent.js';
import { SecureContext, TLSSocket, connect, createSecureContext } from './nodejs/net/tls.js';

const CLIENT_RENEG_LIMIT = 3, CLIENT_RENEG_WINDOW = 600, DEFAULT_CIPHERS = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256', DEFAULT_ECDH_CURVE = 'auto';
const DEFAULT_MAX_VERSION = 'TLSv1.3', DEFAULT_MIN_VERSION = 'TLSv1.2', rootCertificates = [];
const getCiphers = () => DEFAULT_CIPHERS.toLowerCase().split(':');

const module = absent('tls', { CLIENT_RENEG_LIMIT, CLIENT_RENEG_WINDOW, DEFAULT_CIPHERS, DEFAULT_ECDH_CURVE, DEFAULT_MAX_VERSION, DEFAULT_MIN_VERSION, SecureContext, TLSSocket, connect,
  createSecureContext, getCiphers, rootCertificates });
const { Server, checkServerIdentity, convertALPNProtocols, createSecurePair, createServer } = module;

export { module as default, CLIENT_RENEG_LIMIT, CLIENT_RENEG_WINDOW, DEFAULT_CIPHERS, DEFAULT_ECDH_CURVE, DEFAULT_MAX_VERSION, DEFAULT_MIN_VERSION, SecureContext, Server, TLSSocket,
  checkServerIdentity, connect, convertALPNProtocols, createSecureContext, createSecurePair, createServer, getCiphers, rootCertificates };
