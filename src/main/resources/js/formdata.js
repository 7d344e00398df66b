// FormData (https://xhr.spec.whatwg.org/#interface-formdata) and its two forms on the wire. `host` is dev.skerry.webapi.FormDataApi.

import { File, bytesOf } from './blob.js';
import { decode, encode } from './body/content.js';
import { copy } from './buffers.js';
import { parseForm } from './url/encode.js';
import { exposed, iterable, require } from './webidl.js';

const isBlob = (value) => typeof value === 'object' && value !== null && bytesOf(value) !== undefined;

function usv(value) {
  return `${value}`.toWellFormed();
}

// https://xhr.spec.whatwg.org/#create-an-entry
function entryValue(value, filename) {
  if (!isBlob(value)) return usv(value);
  if (value instanceof File && filename === undefined) return value;
  const name = filename === undefined ? 'blob' : usv(filename);
  return new File([value], name, { type: value.type, lastModified: value instanceof File ? value.lastModified : undefined });
}

let multipart, formOf;

class FormData {
  #entries = [];

  static {
    formOf = (entries) => {
      const form = new FormData();
      form.#entries = entries;
      return form;
    };

    // {buffer, offset, length, type} of a FormData as multipart/form-data, undefined of anything else.
    multipart = (value) => (#entries in value ? serialize(value.#entries) : undefined);

    iterable(this, (form) => form.#entries);
  }

  constructor(form = undefined) {
    if (form !== undefined) throw new TypeError('FormData: there are no forms to make it of; use append().');
  }

  append(name, value, filename = undefined) {
    require(arguments.length, 2, 'FormData.append');
    this.#entries.push(usv(name), this.#value('append', arguments.length, value, filename));
  }

  delete(name) {
    require(arguments.length, 1, 'FormData.delete');
    name = usv(name);
    const entries = this.#entries;
    this.#entries = entries.filter((_, at) => entries[at - (at % 2)] !== name);
  }

  get(name) {
    require(arguments.length, 1, 'FormData.get');
    name = usv(name);
    const at = this.#entries.findIndex((of, at) => at % 2 === 0 && of === name);
    return at < 0 ? null : this.#entries[at + 1];
  }

  getAll(name) {
    require(arguments.length, 1, 'FormData.getAll');
    name = usv(name);
    const entries = this.#entries;
    return entries.filter((_, at) => at % 2 === 1 && entries[at - 1] === name);
  }

  has(name) {
    require(arguments.length, 1, 'FormData.has');
    name = usv(name);
    return this.#entries.some((of, at) => at % 2 === 0 && of === name);
  }

  set(name, value, filename = undefined) {
    require(arguments.length, 2, 'FormData.set');
    name = usv(name);
    const entry = this.#value('set', arguments.length, value, filename), entries = this.#entries;
    const first = entries.findIndex((of, at) => at % 2 === 0 && of === name);
    if (first < 0) {
      entries.push(name, entry);
    } else {
      entries[first + 1] = entry;
      this.#entries = entries.filter((_, at) => at < first + 2 || entries[at - (at % 2)] !== name);
    }
  }

  #value(method, given, value, filename) {
    if (given > 2 && !isBlob(value)) throw new TypeError(`FormData.${method}: a filename is for a Blob or a File alone.`);
    return entryValue(value, filename);
  }
}
exposed(FormData);

function withCrLf(text) {
  return text.replace(/\r\n?|\n/g, '\r\n');
}

function escaped(text) {
  return text.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');
}

// https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
function serialize(entries) {
  const boundary = host.boundary(), extents = [];
  let total = 0, text = '';
  const add = (extent) => {
    total += extent.length;
    extents.push(extent);
  };
  const flush = () => {
    const buffer = encode(text);
    add({ buffer, offset: 0, length: buffer.byteLength });
    text = '';
  };
  for (let at = 0; at < entries.length; at += 2) {
    const value = entries[at + 1];
    text += `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(withCrLf(entries[at]))}"`;
    if (typeof value === 'string') {
      text += `\r\n\r\n${withCrLf(value)}\r\n`;
    } else {
      const bytes = bytesOf(value);
      text += `; filename="${escaped(value.name)}"\r\nContent-Type: ${bytes.type === '' ? 'application/octet-stream' : bytes.type}\r\n\r\n`;
      flush();
      add(bytes);
      text = '\r\n';
    }
  }
  text += `--${boundary}--\r\n`;
  flush();
  const buffer = new ArrayBuffer(total);
  let at = 0;
  for (const extent of extents) {
    copy(buffer, at, extent.buffer, extent.offset, extent.length);
    at += extent.length;
  }
  return { buffer, offset: 0, length: total, type: `multipart/form-data; boundary=${boundary}` };
}

// https://fetch.spec.whatwg.org/#dom-body-formdata
export function parseFormData(buffer, type) {
  const essence = type.split(';', 1)[0].trim().toLowerCase();
  if (essence === 'application/x-www-form-urlencoded') return formOf(parseForm(decode(buffer)));
  if (essence !== 'multipart/form-data') {
    throw new TypeError('Unrecognized Content-Type header value. FormData can only parse the following MIME types: '
      + 'multipart/form-data, application/x-www-form-urlencoded.');
  }
  const boundary = /;\s*boundary=(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(type);
  if (boundary === null) {
    throw new TypeError('No boundary string in Content-Type header. The multipart/form-data MIME type requires a boundary parameter, '
      + 'e.g. \'Content-Type: multipart/form-data; boundary="abcd"\'.');
  }
  const parts = host.parse(buffer, boundary[1]?.replace(/\\(.)/g, '$1') ?? boundary[2]);
  const entries = [];
  for (let at = 0; at < parts.count(); at++) {
    const filename = parts.filename(at);
    entries.push(parts.name(at), filename === null ? parts.text(at)
      : new File([new ArrayBuffer(parts.bytes(at))], filename, { type: parts.type(at) }));
  }
  return formOf(entries);
}

export { FormData, multipart };
