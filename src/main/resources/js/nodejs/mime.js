// util.MIMEType: https://nodejs.org/api/util.html#class-utilmimetype, on https://mimesniff.spec.whatwg.org/#parsing-a-mime-type

import { coded } from './nodejs/errors.js';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, VALUE = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;

function check(text, pattern, what, whole) {
  if (text === '' && pattern === TOKEN || !pattern.test(text)) throw coded(TypeError, 'ERR_INVALID_MIME_SYNTAX', `The MIME syntax for a ${what} in "${whole}" is invalid`);
  return text;
}

// The value that begins with a quote at `at`, and where it ends.
function quoted(text, at) {
  let value = '';
  for (at++; at < text.length && text[at] !== '"'; at++) {
    if (text[at] === '\\' && at + 1 < text.length) at++;
    value += text[at];
  }
  const end = text.indexOf(';', at);
  return [value, end < 0 ? text.length : end];
}

export class MIMEParams {
  #params = new Map();

  static parse(params, text) {
    for (let at = 0; at < text.length; at++) {
      const end = /[;=]/.exec(text.slice(at)), stop = end === null ? text.length : at + end.index, name = text.slice(at, stop).trim().toLowerCase();
      at = stop;
      if (text[at] !== '=') continue;
      let value, after;
      if (text[at + 1] === '"') {
        [value, after] = quoted(text, at + 1);
      } else {
        after = text.indexOf(';', at);
        if (after < 0) after = text.length;
        value = text.slice(at + 1, after).trim();
        if (value === '') value = undefined;
      }
      at = after;
      if (value !== undefined && TOKEN.test(name) && VALUE.test(value) && !params.#params.has(name)) params.#params.set(name, value);
    }
    return params;
  }

  get(name) { return this.#params.get(`${name}`) ?? null; }
  has(name) { return this.#params.has(`${name}`); }
  delete(name) { this.#params.delete(`${name}`); }
  set(name, value) { this.#params.set(check(`${name}`, TOKEN, 'parameter name', name), check(`${value}`, VALUE, 'parameter value', value)); }
  entries() { return this.#params.entries(); }
  keys() { return this.#params.keys(); }
  values() { return this.#params.values(); }
  [Symbol.iterator]() { return this.#params.entries(); }
  toString() { return Array.from(this.#params, ([name, value]) => `${name}=${TOKEN.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`}`).join(';'); }
  toJSON() { return this.toString(); }
}
const { parse } = MIMEParams;
delete MIMEParams.parse;

export class MIMEType {
  #type;
  #subtype;
  #params;

  constructor(text) {
    const whole = `${text}`, [essence, ...rest] = whole.trim().split(';'), slash = essence.indexOf('/');
    this.#type = check(slash < 0 ? essence : essence.slice(0, slash), TOKEN, 'type', whole).toLowerCase();
    this.#subtype = check(slash < 0 ? '' : essence.slice(slash + 1).trimEnd(), TOKEN, 'subtype', whole).toLowerCase();
    this.#params = parse(new MIMEParams(), rest.join(';'));
  }

  get type() { return this.#type; }
  set type(value) { this.#type = check(`${value}`, TOKEN, 'type', value).toLowerCase(); }
  get subtype() { return this.#subtype; }
  set subtype(value) { this.#subtype = check(`${value}`, TOKEN, 'subtype', value).toLowerCase(); }
  get essence() { return `${this.#type}/${this.#subtype}`; }
  get params() { return this.#params; }

  toString() {
    const params = `${this.#params}`;
    return params === '' ? this.essence : `${this.essence};${params}`;
  }

  toJSON() { return this.toString(); }
}
