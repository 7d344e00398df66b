// HTMLRewriter: https://developers.cloudflare.com/workers/runtime-apis/html-rewriter/. As Cloudflare's it builds no tree: an element is open until an end tag closes
// it, its own or that of an element around it, and onEndTag hears of that tag; of what the document leaves open, it hears nothing.

import { listFor } from './body.js';
import { valueIn } from './headers.js';
import { parser } from './htmlrewriter/host.js';
import { Rewriting, piecesOf } from './htmlrewriter/rewriting.js';
import { Comment, Doctype, DocumentEnd, Element, Text } from './htmlrewriter/tokens.js';
import { handled } from './streams/promises.js';
import { insideOf } from './streams/readable.js';
import { exposed, require } from './webidl.js';

const MOST_RULES = 1000;

function read(handlers, names, method) {
  if (handlers === null) return { owner: null };
  if (typeof handlers !== 'object' && typeof handlers !== 'function') {
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
    parser.check(selector);
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
    if (response.type === 'error') throw new TypeError('HTMLRewriter cannot transform an error response');
    const source = response.body;
    if (source === null) return response;
    const { hostReadable, isDisturbed, isLocked } = load('streams');
    if (isLocked(source) || isDisturbed(source)) throw new TypeError('HTMLRewriter.transform: the body of the response was used already.');
    const rewriting = this.#start(/charset\s*=\s*"?([^\s;"]+)/i.exec(valueIn(listFor(response), 'content-type') ?? '')?.[1] ?? '');
    const inside = insideOf(source), input = piecesOf(source), fail = (error) => {
      parser.close(rewriting.document);
      handled(inside.cancel(error));
      throw error;
    };
    let broken;
    const stream = hostReadable({
      async pull() {
        if (broken !== undefined) return fail(broken.error);
        try {
          const output = await rewriting.pull(input);
          if (output !== null) return new Uint8Array(new ArrayBuffer(output));
          parser.close(rewriting.document);
          return null;
        } catch (error) {
          // What was written before goes first.
          const rest = parser.output(rewriting.document);
          if (rest === null) return fail(error);
          broken = { error };
          return new Uint8Array(new ArrayBuffer(rest));
        }
      },
      cancel(reason) {
        parser.close(rewriting.document);
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
      if (selector !== undefined) parser.on(to, selector, add(element, Element), add(comments, Comment), add(text, Text));
      else parser.onDocument(to, add(doctype, Doctype), add(comments, Comment), add(text, Text), add(atEnd, DocumentEnd));
    }
    return rewriting;
  }
}
exposed(HTMLRewriter);
