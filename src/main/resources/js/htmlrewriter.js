// HTMLRewriter (https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/). `host` finds the tokens and writes them; here are the handlers
// and what they see of a token. A token can be used until its handler has ended.

import { listFor } from './body.js';
import { sizeOf, slice, sourceExtent } from './buffers.js';
import { call } from './errors.js';
import { valueIn } from './headers.js';
import { withResolvers } from './streams/promises.js';
import { insideOf } from './streams/readable.js';
import { Reader } from './streams/source.js';
import { exposed, require } from './webidl.js';

const { Error, Promise, TypeError, Uint8Array } = globalThis;
const { apply } = Reflect;
const { create, getPrototypeOf } = Object;
const IteratorPrototype = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()));

const NEEDS_INPUT = -1, DONE = -2, HAS_OUTPUT = -3, STREAM = -10;
const BEFORE = 0, AFTER = 1, PREPEND = 2, APPEND = 3, REPLACE = 4, INNER = 5;
const PIECE = 65536;
const MOST_RULES = 1000;
const INTERNAL = {};

let insert, document, end, handlerOf;

// What a handler gets. #document is undefined when the handler has ended.
class Token {
  #document;
  #rewriting;

  static {
    document = (token) => {
      if (token.#document === undefined) {
        throw new TypeError('This content token is no longer valid. Content tokens are only valid during the execution of the relevant content handler.');
      }
      return token.#document;
    };
    handlerOf = (token, fn) => token.#rewriting.addHandler(fn, undefined, EndTag);
    end = (token) => { token.#document = undefined; };
    insert = (token, place, content, options) => {
      const to = document(token);
      const html = options !== undefined && options !== null && !!options.html;
      const stream = streamIn(content);
      if (stream !== undefined) call(() => host.insertStream(to, place, token.#rewriting.add(stream, html)));
      else {
        const text = `${content}`.toWellFormed();
        call(() => host.insert(to, place, text, html));
      }
      return token;
    };
  }

  constructor(token, of, rewriting) {
    if (token !== INTERNAL) throw new TypeError('Illegal constructor');
    this.#document = of;
    this.#rewriting = rewriting;
  }
}

// The stream that content is, or undefined for what is text.
function streamIn(content) {
  if (typeof content !== 'object' || content === null) return undefined;
  const { isDisturbed, isLocked, isReadableStream } = load('streams');
  let stream = content;
  if (content instanceof load('response').Response) {
    stream = content.body;
    if (stream === null) return undefined;
  } else if (!isReadableStream(content)) {
    return undefined;
  }
  if (isLocked(stream) || isDisturbed(stream)) throw new TypeError('The stream that is to be inserted was read already, or has a reader.');
  return stream;
}

const FORBIDDEN_IN_NAMES = /[\s/>]/;

function checkTagName(name) {
  if (name === '') throw new TypeError('Parser error: Tag name can\'t be empty.');
  if (!/^[a-zA-Z]/.test(name)) throw new TypeError('Parser error: First character of the tag name should be an ASCII alphabetical character.');
  const found = FORBIDDEN_IN_NAMES.exec(name);
  if (found !== null) throw new TypeError(`Parser error: \`${found[0]}\` character is forbidden in the tag name`);
}

export class Element extends Token {
  get tagName() { return host.tagName(document(this)); }

  set tagName(name) {
    const to = document(this);
    name = `${name}`;
    checkTagName(name);
    host.setTagName(to, name);
  }

  get attributes() {
    const pairs = host.pairs(document(this));
    let at = 0;
    const iterator = create(IteratorPrototype);
    iterator.next = () => {
      const name = host.pair(pairs, at);
      if (name === null) return { value: undefined, done: true };
      const value = [name, host.pair(pairs, at + 1)];
      at += 2;
      return { value, done: false };
    };
    return iterator;
  }

  get removed() { return host.removed(document(this)); }
  get namespaceURI() { return host.namespace(document(this)); }

  getAttribute(name) {
    require(arguments.length, 1, 'Element.getAttribute');
    return host.attribute(document(this), `${name}`.toLowerCase());
  }

  hasAttribute(name) {
    require(arguments.length, 1, 'Element.hasAttribute');
    return host.attribute(document(this), `${name}`.toLowerCase()) !== null;
  }

  setAttribute(name, value) {
    require(arguments.length, 2, 'Element.setAttribute');
    const to = document(this), key = `${name}`.toLowerCase(), text = `${value}`.toWellFormed();
    if (key === '') throw new TypeError('Parser error: Attribute name can\'t be empty.');
    const found = /[\s/>=]/.exec(key);
    if (found !== null) throw new TypeError(`Parser error: \`${found[0]}\` character is forbidden in the attribute name`);
    call(() => host.setAttribute(to, key, text));
    return this;
  }

  removeAttribute(name) {
    require(arguments.length, 1, 'Element.removeAttribute');
    host.removeAttribute(document(this), `${name}`.toLowerCase());
    return this;
  }

  before(content, options = undefined) { return insert(this, BEFORE, content, options); }
  after(content, options = undefined) { return insert(this, AFTER, content, options); }
  prepend(content, options = undefined) { return insert(this, PREPEND, content, options); }
  append(content, options = undefined) { return insert(this, APPEND, content, options); }
  replace(content, options = undefined) { return insert(this, REPLACE, content, options); }
  setInnerContent(content, options = undefined) { return insert(this, INNER, content, options); }

  remove() {
    host.remove(document(this));
    return this;
  }

  removeAndKeepContent() {
    host.removeAndKeepContent(document(this));
    return this;
  }

  onEndTag(handler) {
    const to = document(this);
    if (typeof handler !== 'function') throw new TypeError('Element.onEndTag: the handler is not a function.');
    if (!host.hasContent(to)) throw new TypeError('Parser error: No end tag.');
    host.onEndTag(to, handlerOf(this, handler));
  }
}
exposed(Element);

class EndTag extends Token {
  get name() { return host.endTagName(document(this)); }

  set name(name) {
    const to = document(this);
    name = `${name}`;
    checkTagName(name);
    host.setText(to, name);
  }

  before(content, options = undefined) { return insert(this, BEFORE, content, options); }
  after(content, options = undefined) { return insert(this, AFTER, content, options); }

  remove() {
    host.remove(document(this));
    return this;
  }
}
exposed(EndTag);

class Comment extends Token {
  get removed() { return host.removed(document(this)); }
  get text() { return host.text(document(this)); }

  set text(text) {
    const to = document(this);
    text = `${text}`.toWellFormed();
    if (text.includes('-->')) throw new TypeError('Parser error: Comment text shouldn\'t contain comment closing sequence (`-->`).');
    host.setText(to, text);
  }

  before(content, options = undefined) { return insert(this, BEFORE, content, options); }
  after(content, options = undefined) { return insert(this, AFTER, content, options); }
  replace(content, options = undefined) { return insert(this, REPLACE, content, options); }

  remove() {
    host.remove(document(this));
    return this;
  }
}
exposed(Comment);

class Text extends Token {
  get removed() { return host.removed(document(this)); }
  get text() { return host.text(document(this)); }
  get lastInTextNode() { return host.lastInTextNode(document(this)); }

  before(content, options = undefined) { return insert(this, BEFORE, content, options); }
  after(content, options = undefined) { return insert(this, AFTER, content, options); }
  replace(content, options = undefined) { return insert(this, REPLACE, content, options); }

  remove() {
    host.remove(document(this));
    return this;
  }
}
exposed(Text);

class Doctype extends Token {
  get name() { return host.doctypeName(document(this)); }
  get publicId() { return host.doctypePublicId(document(this)); }
  get systemId() { return host.doctypeSystemId(document(this)); }

  remove() {
    host.remove(document(this));
    return this;
  }
}
exposed(Doctype);

class DocumentEnd extends Token {
  append(content, options = undefined) { return insert(this, APPEND, content, options); }
}
exposed(DocumentEnd);

// One document: the handlers by number, and the streams that are to be inserted.
class Rewriting {
  document;
  handlers = [];
  #streams = [];
  // The reader of the stream that is being inserted.
  #inserting;

  constructor(encoding) {
    this.document = host.open(encoding);
  }

  add(stream, html) {
    return this.#streams.push({ stream, html }) - 1;
  }

  addHandler(fn, owner, Type) {
    return fn === undefined ? -1 : this.handlers.push({ fn, owner, Type }) - 1;
  }

  // Runs a handler; a promise when it is not done when this returns.
  #run({ fn, owner, Type }) {
    const token = new Type(INTERNAL, this.document, this);
    let result;
    try {
      result = apply(fn, owner, [token]);
    } catch (error) {
      end(token);
      throw error;
    }
    if (typeof result !== 'object' || result === null || typeof result.then !== 'function') {
      end(token);
      return undefined;
    }
    return new Promise((resolve) => { resolve(result); }).finally(() => end(token));
  }

  // Goes on until there is output, or all is done: the bytes, or null. `input` gives promises of chunks.
  async pull(input) {
    const to = this.document;
    for (;;) {
      if (this.#inserting !== undefined) {
        const { read, html } = this.#inserting, chunk = await read();
        if (chunk === null) this.#inserting = undefined;
        else call(() => host.write(to, bytesOf(chunk), html));
        const output = host.output(to);
        if (output !== null) return output;
        continue;
      }
      const next = call(() => host.next(to));
      if (next >= 0) {
        const running = this.#run(this.handlers[next]);
        if (running !== undefined) await running;
      } else if (next === NEEDS_INPUT) {
        const output = host.output(to);
        if (output !== null) return output;
        const chunk = await input();
        if (chunk === null) host.finish(to);
        else call(() => host.push(to, chunk));
      } else if (next === HAS_OUTPUT) {
        return host.output(to);
      } else if (next === DONE) {
        return null;
      } else {
        const number = STREAM - next, { stream, html } = this.#streams[number];
        this.#streams[number] = undefined;
        this.#inserting = { read: readerOf(stream), html };
      }
    }
  }
}

function bytesOf(chunk) {
  const extent = typeof chunk === 'string' ? undefined : sourceExtent(chunk);
  if (extent === undefined) throw new TypeError('The stream that is rewritten, or inserted, did not return bytes.');
  const { buffer, offset, length } = extent;
  return offset === 0 && length === sizeOf(buffer) ? buffer : slice(buffer, offset, length);
}

// A function that gives a promise of the next chunk, or of null.
function readerOf(stream) {
  const inside = insideOf(stream), reader = new Reader(inside);
  return () => {
    const { promise, resolve, reject } = withResolvers();
    inside.read({ chunk: resolve, close: () => resolve(null), error: reject });
    return promise;
  };
}

// As readerOf, in pieces that are not too large to be taken at once.
function piecesOf(stream) {
  const read = readerOf(stream);
  let rest = null, at = 0;
  return async () => {
    if (rest === null) {
      const chunk = await read();
      if (chunk === null) return null;
      rest = bytesOf(chunk);
      at = 0;
    }
    const size = sizeOf(rest), whole = rest;
    if (at === 0 && size <= PIECE) {
      rest = null;
      return whole;
    }
    const piece = slice(whole, at, at + PIECE < size ? PIECE : size - at);
    at += PIECE;
    if (at >= size) rest = null;
    return piece;
  };
}

function read(handlers, names, method) {
  if (typeof handlers !== 'object' && typeof handlers !== 'function' || handlers === null) {
    throw new TypeError(`HTMLRewriter.${method}: the handlers are not an object.`);
  }
  const rule = { owner: handlers };
  for (const name of names) {
    const fn = handlers[name];
    if (fn === undefined || fn === null) continue;
    if (typeof fn !== 'function') throw new TypeError(`HTMLRewriter.${method}: '${name}' is not a function.`);
    rule[name] = fn;
  }
  return rule;
}

export class HTMLRewriter {
  #rules = [];

  on(selector, handlers) {
    require(arguments.length, 2, 'HTMLRewriter.on');
    selector = `${selector}`;
    call(() => host.check(selector));
    this.#add({ selector, ...read(handlers, ['element', 'comments', 'text'], 'on') });
    return this;
  }

  onDocument(handlers) {
    require(arguments.length, 1, 'HTMLRewriter.onDocument');
    this.#add(read(handlers, ['doctype', 'comments', 'text', 'end'], 'onDocument'));
    return this;
  }

  #add(rule) {
    if (this.#rules.length >= MOST_RULES) throw new Error(`An HTMLRewriter has at most ${MOST_RULES} handlers.`);
    this.#rules.push(rule);
  }

  transform(response) {
    require(arguments.length, 1, 'HTMLRewriter.transform');
    const { Response } = load('response');
    if (!(response instanceof Response)) throw new TypeError('HTMLRewriter.transform: the argument is not a Response.');
    const source = response.body;
    if (source === null) return response;
    const { hostReadable, isDisturbed, isLocked } = load('streams');
    if (isLocked(source) || isDisturbed(source)) throw new TypeError('HTMLRewriter.transform: the body of the response was used already.');
    const rewriting = this.#start(/charset\s*=\s*"?([^\s;"]+)/i.exec(valueIn(listFor(response), 'content-type') ?? '')?.[1] ?? '');
    const inside = insideOf(source), input = piecesOf(source), fail = (error) => {
      host.close(rewriting.document);
      inside.cancel(error);
      throw error;
    };
    const stream = hostReadable({
      async pull() {
        try {
          const output = await rewriting.pull(input);
          if (output !== null) return new Uint8Array(new ArrayBuffer(output));
          host.close(rewriting.document);
          return null;
        } catch (error) {
          return fail(error);
        }
      },
      cancel(reason) {
        host.close(rewriting.document);
        return inside.cancel(reason);
      },
      owner: inside.owner,
    });
    const rewritten = new Response(stream, response);
    rewritten.headers.delete('content-length');
    return rewritten;
  }

  #start(encoding) {
    const rewriting = new Rewriting(encoding), to = rewriting.document;
    for (const { selector, owner, element, comments, text, doctype, end: atEnd } of this.#rules) {
      const add = (fn, Type) => rewriting.addHandler(fn, owner, Type);
      if (selector !== undefined) call(() => host.on(to, selector, add(element, Element), add(comments, Comment), add(text, Text)));
      else host.onDocument(to, add(doctype, Doctype), add(comments, Comment), add(text, Text), add(atEnd, DocumentEnd));
    }
    return rewriting;
  }
}
exposed(HTMLRewriter);
