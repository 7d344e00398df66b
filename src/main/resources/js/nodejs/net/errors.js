// What goes wrong with a connection, with the codes that libraries ask for: https://nodejs.org/api/errors.html#common-system-errors

const NUMBERS = { __proto__: null, EACCES: -13, ECONNREFUSED: -111, ECONNRESET: -104, ENOTFOUND: -3008, ETIMEDOUT: -110 };

function codeOf(message) {
  if (message.includes('there is no host')) return 'ENOTFOUND';
  if (message.includes('(refused)')) return 'ECONNREFUSED';
  if (message.includes('(timed out)')) return 'ETIMEDOUT';
  return message.includes('skerry.egress.allow') ? 'EACCES' : 'ECONNRESET';
}

export function connectError(cause, host, port) {
  const code = codeOf(`${cause?.message}`), syscall = code === 'ENOTFOUND' ? 'getaddrinfo' : 'connect';
  const usual = code === 'ENOTFOUND' ? `getaddrinfo ENOTFOUND ${host}` : `connect ${code} ${host}:${port}`;
  // Where the code does not tell it, the cause names what a user of Skerry can do about it.
  const error = new Error(code === 'EACCES' || code === 'ECONNRESET' ? `${usual}: ${cause?.message}` : usual, { cause });
  return Object.assign(error, code === 'ENOTFOUND' ? { errno: NUMBERS[code], code, syscall, hostname: host } : { errno: NUMBERS[code], code, syscall, address: host, port });
}

export function connectionError(cause, syscall) {
  return Object.assign(new Error(`${syscall} ECONNRESET: ${cause?.message}`, { cause }), { errno: NUMBERS.ECONNRESET, code: 'ECONNRESET', syscall });
}
