// `node:net`: https://nodejs.org/api/net.html. Connections out are those of `cloudflare:sockets`; nothing listens here.

import { absent } from './nodejs/absent.js';
import { BlockList, SocketAddress, isIP, isIPv4, isIPv6 } from './nodejs/net/addresses.js';
import { Socket, connectArguments } from './nodejs/net/socket.js';

function connect(...args) {
  const [options, callback] = connectArguments(args), socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(options, ...callback === undefined ? [] : [callback]);
}

let selects = true, attemptTime = 250;
const createConnection = connect, Stream = Socket, _normalizeArgs = connectArguments;
const getDefaultAutoSelectFamily = () => selects, setDefaultAutoSelectFamily = (value) => { selects = !!value; };
const getDefaultAutoSelectFamilyAttemptTimeout = () => attemptTime, setDefaultAutoSelectFamilyAttemptTimeout = (value) => { attemptTime = value; };

const module = absent('net', { BlockList, Socket, SocketAddress, Stream, _normalizeArgs, connect, createConnection, getDefaultAutoSelectFamily, getDefaultAutoSelectFamilyAttemptTimeout,
  isIP, isIPv4, isIPv6, setDefaultAutoSelectFamily, setDefaultAutoSelectFamilyAttemptTimeout });
const { Server, createServer } = module;

export { module as default, BlockList, Server, Socket, SocketAddress, Stream, _normalizeArgs, connect, createConnection, createServer, getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout, isIP, isIPv4, isIPv6, setDefaultAutoSelectFamily, setDefaultAutoSelectFamilyAttemptTimeout };
