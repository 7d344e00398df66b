// Addresses of IP: https://nodejs.org/api/net.html#class-netblocklist and #class-netsocketaddress

import { coded, invalidArgType, invalidArgValue, requireInteger, requireString } from './nodejs/errors.js';
import { parseHost } from './url/host.js';

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

// https://nodejs.org/api/net.html#netisipinput
export function isIP(text) {
  if (IPV4.test(`${text}`)) return 4;
  return `${text}`.includes(':') && parseHost(`[${`${text}`.replace(/%.*$/, '')}]`, true) !== null ? 6 : 0;
}
export const isIPv4 = (text) => isIP(text) === 4;
export const isIPv6 = (text) => isIP(text) === 6;

function ipv4Bits(text) {
  let bits = 0n;
  for (const part of text.split('.')) bits = bits << 8n | BigInt(Number(part));
  return bits;
}

// As the URL standard writes it: eight numbers, the longest run of zeros left out.
function ipv6Bits(text) {
  const [head, tail] = parseHost(`[${text.replace(/%.*$/, '')}]`, true).slice(1, -1).split('::');
  const numbers = (part) => part === undefined || part === '' ? [] : part.split(':');
  const left = numbers(head), right = numbers(tail);
  let bits = 0n;
  for (const each of [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right]) bits = bits << 16n | BigInt(`0x${each}`);
  return bits;
}

const bitsOf = (text, family) => family === 'ipv4' ? ipv4Bits(text) : ipv6Bits(text);

function familyOf(text, family, name) {
  requireString(text, name);
  const wanted = `${family}`.toLowerCase();
  if (wanted !== 'ipv4' && wanted !== 'ipv6') throw invalidArgValue('family', family);
  if (isIP(text) !== (wanted === 'ipv4' ? 4 : 6)) throw coded(Error, 'ERR_INVALID_ADDRESS', 'Invalid address');
  return wanted;
}

export class SocketAddress {
  #address;
  #family;
  #port;
  #flowlabel;

  constructor({ family = 'ipv4', address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = {}) {
    requireInteger(port, 'options.port', 0, 65535);
    this.#family = familyOf(address, family, 'options.address');
    this.#address = address;
    this.#port = port;
    this.#flowlabel = flowlabel;
  }

  static isSocketAddress(value) {
    return typeof value === 'object' && value !== null && #address in value;
  }

  get address() { return this.#address; }
  get family() { return this.#family; }
  get port() { return this.#port; }
  get flowlabel() { return this.#flowlabel; }

  toJSON() {
    return { address: this.#address, port: this.#port, family: this.#family, flowlabel: this.#flowlabel };
  }
}

export class BlockList {
  // Ranges of addresses, the last first.
  #ranges = [];

  static isBlockList(value) {
    return typeof value === 'object' && value !== null && #ranges in value;
  }

  addAddress(address, family = 'ipv4') {
    const [text, kind] = read(address, family, 'address'), bits = bitsOf(text, kind);
    this.#ranges.unshift({ kind, from: bits, to: bits, rule: `Address: ${kind === 'ipv4' ? 'IPv4' : 'IPv6'} ${text}` });
  }

  addRange(start, end, family = 'ipv4') {
    const [first, kind] = read(start, family, 'start'), [last] = read(end, family, 'end'), from = bitsOf(first, kind), to = bitsOf(last, kind);
    if (from > to) throw invalidArgValue('start', first, `must come before ${last}`);
    this.#ranges.unshift({ kind, from, to, rule: `Range: ${kind === 'ipv4' ? 'IPv4' : 'IPv6'} ${first}-${last}` });
  }

  addSubnet(network, prefix, family = 'ipv4') {
    const [text, kind] = read(network, family, 'network'), size = kind === 'ipv4' ? 32 : 128;
    requireInteger(prefix, 'prefix', 0, size);
    const rest = BigInt(size - prefix), from = bitsOf(text, kind) >> rest << rest;
    this.#ranges.unshift({ kind, from, to: from + (1n << rest) - 1n, rule: `Subnet: ${kind === 'ipv4' ? 'IPv4' : 'IPv6'} ${text}/${prefix}` });
  }

  check(address, family = 'ipv4') {
    const given = SocketAddress.isSocketAddress(address) ? address.address : address, kind = SocketAddress.isSocketAddress(address) ? address.family : `${family}`.toLowerCase();
    requireString(given, 'address');
    if (isIP(given) !== (kind === 'ipv4' ? 4 : 6)) return false;
    const bits = bitsOf(given, kind);
    if (this.#has(kind, bits)) return true;
    // An address of IPv4 in one of IPv6: https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2
    return kind === 'ipv6' && bits >> 32n === 0xffffn && this.#has('ipv4', bits & 0xffffffffn);
  }

  get rules() {
    return this.#ranges.map(({ rule }) => rule);
  }

  #has(kind, bits) {
    return this.#ranges.some((range) => range.kind === kind && range.from <= bits && bits <= range.to);
  }
}

function read(address, family, name) {
  if (SocketAddress.isSocketAddress(address)) return [address.address, address.family];
  if (typeof address !== 'string') throw invalidArgType(name, 'of type string or an instance of SocketAddress', address);
  return [address, familyOf(address, family, name)];
}
