// What handlers see of a token: https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/#element. A token can be used until its handler has ended.

import { parser } from './htmlrewriter/host.js';
import { exposed, require } from './webidl.js';

const { create, getPrototypeOf } = Object;
const IteratorPrototype = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()));
const BEFORE = 0, AFTER = 1, PREPEND = 2, APPEND = 3, REPLACE = 4, INNER = 5;
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
      if (stream !== undefined && stream !== null) parser.insertStream(to, place, token.#rewriting.add(stream, html));
      else {
        const text = stream === null ? '' : `${content}`.toWellFormed();
        parser.insert(to, place, text, html);
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

// The stream that content is, null where that is empty, or undefined for what is text.
function streamIn(content) {
  if (typeof content !== 'object' || content === null) return undefined;
  const { isDisturbed, isLocked, isReadableStream } = load('streams');
  let stream = content;
  if (content instanceof load('response').Response) {
    stream = content.body;
    if (stream === null) return null;
  } else if (!isReadableStream(content)) {
    return undefined;
  }
  if (isLocked(stream) || isDisturbed(stream)) throw new TypeError('The stream that is to be inserted was read already, or has a reader.');
  return stream;
}

const FORBIDDEN_IN_NAMES = /[\s/>]/;

function checkTagName(name) {
  if (name === '') throw new TypeError('Parser error: Tag name can\'t be empty.');
  if (!/^[a-zA-Z]/.test(name)) throw new TypeError('Parser error: The first character of the tag name should be an ASCII alphabetical character.');
  const found = FORBIDDEN_IN_NAMES.exec(name);
  if (found !== null) throw new TypeError(`Parser error: \`${found[0]}\` character is forbidden in the tag name`);
}

class Element extends Token {
  get tagName() { return parser.tagName(document(this)); }

  set tagName(name) {
    const to = document(this);
    name = `${name}`;
    checkTagName(name);
    parser.setTagName(to, name);
  }

  get attributes() {
    const pairs = parser.pairs(document(this));
    let at = 0;
    const iterator = create(IteratorPrototype);
    iterator.next = () => {
      const name = parser.pair(pairs, at);
      if (name === null) return { value: undefined, done: true };
      const value = [name, parser.pair(pairs, at + 1)];
      at += 2;
      return { value, done: false };
    };
    return iterator;
  }

  get removed() { return parser.removed(document(this)); }
  get namespaceURI() { return parser.namespace(document(this)); }

  getAttribute(name) {
    require(arguments.length, 1, 'Element.getAttribute');
    return parser.attribute(document(this), `${name}`.toLowerCase());
  }

  hasAttribute(name) {
    require(arguments.length, 1, 'Element.hasAttribute');
    return parser.attribute(document(this), `${name}`.toLowerCase()) !== null;
  }

  setAttribute(name, value) {
    require(arguments.length, 2, 'Element.setAttribute');
    const to = document(this), key = `${name}`.toLowerCase(), text = `${value}`.toWellFormed();
    if (key === '') throw new TypeError('Parser error: Attribute name can\'t be empty.');
    const found = /[\s/>=]/.exec(key);
    if (found !== null) throw new TypeError(`Parser error: \`${found[0]}\` character is forbidden in the attribute name`);
    parser.setAttribute(to, key, text);
    return this;
  }

  removeAttribute(name) {
    require(arguments.length, 1, 'Element.removeAttribute');
    parser.removeAttribute(document(this), `${name}`.toLowerCase());
    return this;
  }

  before(content, options = undefined) { return insert(this, BEFORE, content, options); }
  after(content, options = undefined) { return insert(this, AFTER, content, options); }
  prepend(content, options = undefined) { return insert(this, PREPEND, content, options); }
  append(content, options = undefined) { return insert(this, APPEND, content, options); }
  replace(content, options = undefined) { return insert(this, REPLACE, content, options); }
  setInnerContent(content, options = undefined) { return insert(this, INNER, content, options); }

  remove() {
    parser.remove(document(this));
    return this;
  }

  removeAndKeepContent() {
    parser.removeAndKeepContent(document(this));
    return this;
  }

  onEndTag(handler) {
    const to = document(this);
    if (typeof handler !== 'function') throw new TypeError('Element.onEndTag: the handler is not a function.');
    if (!parser.hasContent(to)) throw new TypeError('Parser error: No end tag.');
    parser.onEndTag(to, handlerOf(this, handler));
  }
}
exposed(Element);

class EndTag extends Token {
  get name() { return parser.endTagName(document(this)); }

  set name(name) {
    const to = document(this);
    name = `${name}`;
    checkTagName(name);
    parser.setText(to, name);
  }

  before(content, options = undefined) { return insert(this, BEFORE, content, options); }
  after(content, options = undefined) { return insert(this, AFTER, content, options); }

  remove() {
    parser.remove(document(this));
    return this;
  }
}
exposed(EndTag);

class Comment extends Token {
  get removed() { return parser.removed(document(this)); }
  get text() { return parser.text(document(this)); }

  set text(text) {
    const to = document(this);
    text = `${text}`.toWellFormed();
    if (text.includes('-->')) throw new TypeError('Parser error: Comment text shouldn\'t contain comment closing sequence (`-->`).');
    parser.setText(to, text);
  }

  before(content, options = undefined) { return insert(this, BEFORE, content, options); }
  after(content, options = undefined) { return insert(this, AFTER, content, options); }
  replace(content, options = undefined) { return insert(this, REPLACE, content, options); }

  remove() {
    parser.remove(document(this));
    return this;
  }
}
exposed(Comment);

class Text extends Token {
  get removed() { return parser.removed(document(this)); }
  get text() { return parser.text(document(this)); }
  get lastInTextNode() { return parser.lastInTextNode(document(this)); }

  before(content, options = undefined) { return insert(this, BEFORE, content, options); }
  after(content, options = undefined) { return insert(this, AFTER, content, options); }
  replace(content, options = undefined) { return insert(this, REPLACE, content, options); }

  remove() {
    parser.remove(document(this));
    return this;
  }
}
exposed(Text);

class Doctype extends Token {
  get name() { return parser.doctypeName(document(this)); }
  get publicId() { return parser.doctypePublicId(document(this)); }
  get systemId() { return parser.doctypeSystemId(document(this)); }

  remove() {
    parser.remove(document(this));
    return this;
  }
}
exposed(Doctype);

class DocumentEnd extends Token {
  append(content, options = undefined) { return insert(this, APPEND, content, options); }
}
exposed(DocumentEnd);

// A token for a handler, and its end.
const tokenOf = (Type, of, rewriting) => new Type(INTERNAL, of, rewriting);

export { Comment, Doctype, DocumentEnd, Element, Text, end, tokenOf };
