// tls.TLSSocket: https://nodejs.org/api/tls.html#class-tlstlssocket. The host does the handshake, and always looks at the certificate.

import { missing, requireFunction } from './nodejs/errors.js';
import { Socket, attach, connectArguments, detach } from './nodejs/net/socket.js';
import { define, extend } from './nodejs/streams/base.js';

export function TLSSocket(socket, options = undefined) {
  if (!(this instanceof TLSSocket)) return new TLSSocket(socket, options);
  Socket.call(this, options);
  checkOptions(options);
  Object.assign(this, { encrypted: true, authorized: false, authorizationError: null, alpnProtocol: false, servername: options?.servername ?? false, secureConnecting: true });
  if (socket === undefined || socket === null) return;
  if (!(socket instanceof Socket)) missing('tls.TLSSocket over another stream than a net.Socket')();
  this.connecting = true;
  this._parent = socket;
  socket.on('error', (error) => this.destroy(error));
  if (socket.connecting) socket.once('connect', () => goOn(this, socket));
  else goOn(this, socket);
}
extend(TLSSocket, Socket);

// What asks for other trust than there is must not be passed over in silence; rejectUnauthorized: false may, which asks for less.
function checkOptions(options) {
  const given = options?.secureContext?.context ?? options ?? {};
  if (given.ca !== undefined && given.ca !== null) missing("tls: the option 'ca'", 'which certificates are trusted is configured by skerry.egress.trust')();
  if (given.key ?? given.cert ?? given.pfx) missing("tls: certificates of clients ('key', 'cert', 'pfx')")();
}

async function goOn(secure, plain) {
  try {
    const { tcp, host, port } = await detach(plain);
    secure._host ??= secure.servername || host;
    attach(secure, tcp.startTls({ expectedServerHostname: secure._host }), host, port, () => secured(secure));
  } catch (error) {
    secure.destroy(error);
  }
}

function secured(secure) {
  secure.authorized = true;
  secure.secureConnecting = false;
  secure.emit('secure');
  secure.emit('secureConnect');
}

define(TLSSocket, {
  get _secureTransport() { return 'on'; },

  connect(...args) {
    Socket.prototype.connect.apply(this, args);
    return this.once('connect', () => secured(this));
  },

  // Of the handshake there is nothing to tell.
  getPeerCertificate: () => ({}),
  getCertificate: () => ({}),
  getPeerX509Certificate: () => undefined,
  getX509Certificate: () => undefined,
  getCipher: () => ({ name: '', standardName: '', version: '' }),
  getProtocol: () => 'TLSv1.3',
  getSession: () => undefined,
  getTLSTicket: () => undefined,
  getEphemeralKeyInfo: () => ({}),
  getFinished: () => undefined,
  getPeerFinished: () => undefined,
  getSharedSigalgs: () => [],
  isSessionReused: () => false,
  disableRenegotiation() {},
  enableTrace() {},
  setMaxSendFragment: () => true,
  setServername(name) { this.servername = name; },
  setSession() {},
  renegotiate: missing('tls.TLSSocket.renegotiate()'),
  exportKeyingMaterial: missing('tls.TLSSocket.exportKeyingMaterial()'),
});

// (options), (port, host, options), (port, options), each with a callback.
export function connect(...args) {
  const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
  if (callback !== undefined) requireFunction(callback, 'callback');
  const [first] = connectArguments(args), last = args.at(-1), options = typeof last === 'object' && last !== null ? { ...first, ...last } : first;
  const socket = new TLSSocket(options.socket, options);
  if (socket.servername === false && typeof options.host === 'string') socket.servername = options.host;
  if (callback !== undefined) socket.once('secureConnect', callback);
  if (options.socket === undefined || options.socket === null) {
    socket._host = socket.servername || null;
    socket.connect(options);
  } else if (options.timeout) {
    socket.setTimeout(options.timeout);
  }
  return socket;
}

// https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions
export class SecureContext {
  constructor(options) {
    this.context = options ?? {};
  }
}
export const createSecureContext = (options = undefined) => new SecureContext(options);
