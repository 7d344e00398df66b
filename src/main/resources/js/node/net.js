// `node:net`: https://nodejs.org/api/net.html. What is called throws: it is not implemented.

import { absent } from './nodejs/absent.js';
import { parseHost } from './url/host.js';

// https://nodejs.org/api/net.html#netisipinput
function isIP(text) {
  if (/^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(`${text}`)) return 4;
  return `${text}`.includes(':') && parseHost(`[${`${text}`.replace(/%.*$/, '')}]`, true) !== null ? 6 : 0;
}

const module = absent('net', { isIP, isIPv4: (text) => isIP(text) === 4, isIPv6: (text) => isIP(text) === 6 });
const { BlockList, Server, Socket, SocketAddress, Stream, connect, createConnection, createServer, getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout, isIPv4, isIPv6, setDefaultAutoSelectFamily, setDefaultAutoSelectFamilyAttemptTimeout } = module;

export { module as default, BlockList, Server, Socket, SocketAddress, Stream, connect, createConnection, createServer, getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout, isIP, isIPv4, isIPv6, setDefaultAutoSelectFamily, setDefaultAutoSelectFamilyAttemptTimeout };
