// Components as URLs have them: https://urlpattern.spec.whatwg.org/#canon-encoding-callbacks. What is no component is a TypeError.

import { C0_CONTROL, FRAGMENT, SPECIAL_QUERY, USERINFO, percentEncode } from './url/encode.js';
import { parseHost } from './url/host.js';
import { UrlRecord, appendPath, defaultPort, parse, withoutTabs } from './url/parse.js';

const refuse = (what, value) => { throw new TypeError(`'${value}' is no ${what} of a URL.`); };

function protocol(value) {
  return value === '' ? '' : (parse(`${value}://dummy.invalid/`) ?? refuse('protocol', value)).scheme;
}

const username = (value) => percentEncode(value, USERINFO);
const password = username;

function hostname(value) {
  if (value === '') return '';
  const text = withoutTabs(value), whole = text.slice(0, text.search(/[/\\?#]|$/));
  return parseHost(whole, true) ?? refuse('hostname', value);
}

function ipv6Hostname(value) {
  return /^[\da-fA-F[\]:]*$/.test(value) ? value.toLowerCase() : refuse('IPv6 address', value);
}

function port(value, scheme = '') {
  if (value === '') return '';
  const digits = /^\d+/.exec(withoutTabs(value))?.[0];
  if (digits === undefined || +digits > 65535) refuse('port', value);
  return +digits === defaultPort(scheme) ? '' : `${+digits}`;
}

function pathname(value) {
  if (value === '') return '';
  const url = new UrlRecord(), leadingSlash = value[0] === '/';
  url.scheme = 'https';
  appendPath(url, withoutTabs(leadingSlash ? value : `/-${value}`));
  return leadingSlash ? url.path : url.path.slice(2);
}

const opaquePathname = (value) => percentEncode(withoutTabs(value), C0_CONTROL);
const search = (value) => percentEncode(withoutTabs(value), SPECIAL_QUERY);
const hash = (value) => percentEncode(withoutTabs(value), FRAGMENT);

export const canonical = { protocol, username, password, hostname, ipv6Hostname, port, pathname, opaquePathname, search, hash };
