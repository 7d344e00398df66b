// What stands for the connection of a message: requests come and go through the host, which keeps connections to itself.

import { Duplex } from './node/stream.js';
import { define, extend } from './nodejs/streams/base.js';

export function MessageSocket(secure, remoteAddress = undefined) {
  Duplex.call(this, { emitClose: true });
  Object.assign(this, { encrypted: secure, authorized: secure, connecting: false, remoteAddress, remoteFamily: remoteAddress?.includes(':') ? 'IPv6' : 'IPv4', timeout: 0, bytesRead: 0,
    bytesWritten: 0 });
}
extend(MessageSocket, Duplex);
define(MessageSocket, {
  _read() {},
  _write(chunk, encoding, callback) { callback(); },
  setTimeout(time, callback = undefined) {
    this.timeout = time;
    if (callback !== undefined) this.once('timeout', callback);
    return this;
  },
  setNoDelay() { return this; },
  setKeepAlive() { return this; },
  ref() { return this; },
  unref() { return this; },
  address: () => ({}),
  getPeerCertificate: () => ({}),
  destroySoon() { this.destroy(); },
  get readyState() { return this.destroyed ? 'closed' : 'open'; },
});
