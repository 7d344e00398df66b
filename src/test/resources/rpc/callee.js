import { RpcStub, RpcTarget, WorkerEntrypoint, env as imported } from 'cloudflare:workers';

class Counter extends RpcTarget {
  #count;
  secret = 'of the instance';

  constructor(count = 0) {
    super();
    this.#count = count;
  }

  get count() { return this.#count; }
  increment(by = 1) { return this.#count += by; }
  static hidden() { return 'static'; }
  child() { return new Counter(100); }
  [Symbol.dispose]() { disposed++; }
}

let disposed = 0;
let kept;
let ended = [];

export default class Callee extends WorkerEntrypoint {
  instanceProperty = 'invisible';
  arrow = () => 'invisible';

  async fetch(request) {
    const { pathname } = new URL(request.url);
    switch (pathname) {
      case '/echo': return Response.json({ method: request.method, url: request.url, redirect: request.redirect, body: await request.text() });
      case '/cf': return Response.json([request.cf, new Request(request).cf]);
      case '/again/cf': return this.env.SELF.fetch(new Request('http://x/cf', request));
      case '/arguments': return Response.json([arguments.length, arguments[1] === this.env, arguments[2] === this.ctx]);
      case '/found': return new Response(null, { status: 302, headers: { location: '/echo' } });
      case '/again': return new Response(null, { status: 307, headers: { location: '/echo' } });
      case '/round': return new Response(null, { status: 302, headers: { location: '/round' } });
      case '/slow':
        request.signal.addEventListener('abort', () => ended.push('aborted'));
        await new Promise((resolve) => setTimeout(resolve, 100_000));
        return new Response('late');
      case '/socket': return new Response(null, { status: 101, webSocket: new WebSocketPair()[0] });
      default: return new Response(`fetched ${pathname}`);
    }
  }
  nothing() {}
  add(a, b) { return a + b; }
  async later(value) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return value;
  }
  echo(...args) { return args.length === 1 ? args[0] : args; }
  describe(value) { return `${Object.prototype.toString.call(value)} ${value?.constructor?.name}`; }
  get property() { return { nested: { text: 'deep', say: (word) => `said ${word}` } }; }
  get failing() { throw new RangeError('no property'); }
  throws(kind) {
    if (kind === 'custom') {
      const error = new Error('special');
      error.name = 'SpecialError';
      error.code = 42;
      throw error;
    }
    if (kind === 'cause') throw new TypeError('outer', { cause: new RangeError('inner') });
    if (kind === 'dom') throw new DOMException('aborted it', 'AbortError');
    if (kind === 'text') throw 'just text';
    if (kind === 'nothing') throw undefined;
    if (kind === 'details') throw Object.assign(new Error('with details'), { status: 404, details: { deep: [1] } });
    if (kind === 'errors') throw new AggregateError([new RangeError('one')], 'many');
    if (kind === 'suppressed') throw new SuppressedError(new RangeError('one'), new Error('two'), 'both');
    if (kind === 'unsendable') throw Object.assign(new RangeError('kept'), { details: new WeakMap() });
    throw new TypeError('wrong type');
  }
  context() { return { props: this.ctx.props, env: this.env.NAME, imported: imported.NAME, wait: typeof this.ctx.waitUntil }; }
  uncloneable() { return new (class Local {})(); }
  symbol() { return Symbol('x'); }

  counter(count) { return new Counter(count); }
  async slowCounter(count) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return new Counter(count);
  }
  increaser() {
    let n = 0;
    return () => ++n;
  }
  object() { return { name: 'object', counter: new Counter(7), twice: (x) => 2 * x, items: [new Counter(1)] }; }
  disposed() { return disposed; }

  async callBack(f, ...args) { return `called back: ${await f(...args)}`; }
  callBackLater(f) {
    setTimeout(async () => {
      try {
        ended.push(await f());
      } catch (error) {
        ended.push(error.message);
      }
    }, 10);
    return 'early';
  }
  ended() { return ended; }
  keep(stub) {
    kept = stub.dup();
  }
  useKept() { return kept(); }
  giveBack(stub) { return stub; }
  same(a, b) { return a === b; }
  itself() { return this.env.SELF; }
  fetchFrom(binding) { return binding.add(20, 22); }
  named(given) {
    const f = given.dup(), named = (x) => f(x);
    named.extra = 'extra';
    return named;
  }
  textStream() {
    return new ReadableStream({
      start(controller) {
        controller.enqueue('tëxt');
        controller.close();
      },
    });
  }
  socketResponse() { return new Response(null, { status: 101, webSocket: new WebSocketPair()[0] }); }
  async exported() { return [Object.keys(this.ctx.exports).sort(), await this.ctx.exports.Named.who(), await this.ctx.exports.Named({ props: { id: 3 } }).who()]; }
  contextShape() { return [Object.prototype.toString.call(this.ctx), { ...this.ctx }]; }
  async useTarget(target) { return [await target.count, await target.increment(5)]; }

  respond(text) { return new Response(text, { status: 201, headers: { 'x-a': 'b' } }); }
  async read(request) { return `${request.method} ${request.url} ${request.headers.get('x-a')} ${await request.text()}`; }
  header(headers) {
    headers.set('x-there', 'yes');
    return headers;
  }
  stream() {
    return new ReadableStream({
      type: 'bytes',
      start(controller) {
        for (const word of ['one ', 'two ', 'three']) controller.enqueue(new TextEncoder().encode(word));
        controller.close();
      },
    });
  }
  async readStream(stream) { return new Response(stream).text(); }
  async write(stream) {
    const writer = stream.getWriter();
    await writer.write(new TextEncoder().encode('written '));
    await writer.write(new TextEncoder().encode('there'));
    await writer.close();
  }
  async blob(blob) { return `${blob.type} ${blob.name} ${await blob.text()}`; }
  spin() { for (;;) ; }
  forever() { return new Promise(() => {}); }
  size(text) { return text.length; }
  big(n) { return 'x'.repeat(n); }
  async deeper(n) { return this.env.SELF.deep(n); }
  async deep(n) { return n === 0 ? 'bottom' : await this.env.SELF.deep(n - 1); }
  endless() { return this.env.SELF.endless(); }
  localStub() {
    const stub = new RpcStub(new Counter(3));
    return stub;
  }
}

export class Named extends WorkerEntrypoint {
  who() { return `named ${this.ctx.props.id ?? 'without props'}`; }
}

export class Plain {
  method() { return 'unreachable'; }
}

export const object = {
  double(n, env, ctx) { return [2 * n, env.NAME, typeof ctx.waitUntil]; },
};
