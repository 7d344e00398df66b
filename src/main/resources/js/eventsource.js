// EventSource (https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface) on top of fetch(), and EventSource.from()
// as Workers has it (https://developers.cloudflare.com/workers/runtime-apis/eventsource/).

import { DOMException } from './errors.js';
import { Event, EventTarget, defineHandlers, fire } from './events.js';
import { MessageEvent } from './events/kinds.js';
import { resolved, then } from './streams/promises.js';
import { originOf, parse, serialize } from './url/parse.js';
import { exposed, require } from './webidl.js';

const { defineProperty } = Object;
const CONNECTING = 0, OPEN = 1, CLOSED = 2;
const RETRY_MILLIS = 3000;
const INTERNAL = Symbol();

// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation. `dispatch(type, data, lastId)` gets each event.
class Interpreter {
  retry = RETRY_MILLIS;
  lastId = '';
  #dispatch;
  #rest = '';
  #afterReturn = false;
  #data = '';
  #type = '';
  #id = '';

  constructor(dispatch) {
    this.#dispatch = dispatch;
  }

  feed(text) {
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c !== 10 && c !== 13) {
        this.#afterReturn = false;
        continue;
      }
      if (c === 10 && this.#afterReturn) {
        this.#afterReturn = false;
      } else {
        const line = this.#rest + text.slice(start, at);
        this.#rest = '';
        this.#afterReturn = c === 13;
        this.#take(line);
      }
      start = at + 1;
    }
    this.#rest += text.slice(start);
  }

  // A stream has ended: an event that is not whole is dropped.
  reset() {
    this.#rest = this.#data = this.#type = '';
    this.#afterReturn = false;
  }

  #take(line) {
    if (line === '') {
      this.#end();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? '' : line.slice(colon + 1);
    if (value[0] === ' ') value = value.slice(1);
    switch (field) {
      case 'event':
        this.#type = value;
        break;
      case 'data':
        this.#data += `${value}\n`;
        break;
      case 'id':
        if (!value.includes('\0')) this.#id = value;
        break;
      case 'retry':
        if (/^[0-9]+$/.test(value)) this.retry = +value;
    }
  }

  #end() {
    this.lastId = this.#id;
    const data = this.#data, type = this.#type;
    this.#data = this.#type = '';
    if (data !== '') this.#dispatch(type === '' ? 'message' : type, data.slice(0, -1), this.lastId);
  }
}

class EventSource extends EventTarget {
  #url = null;
  #origin = '';
  #state = CONNECTING;
  #fetcher;
  #stream = null;
  #controller = null;
  #timer = null;
  #interpreter = new Interpreter((type, data, lastEventId) => {
    if (this.#state !== CLOSED) fire(this, new MessageEvent(type, { data, origin: this.#origin, lastEventId }));
  });

  constructor(url, init = undefined) {
    super();
    if (url === INTERNAL) return;
    require(arguments.length, 1, 'EventSource constructor');
    const parsed = parse(`${url}`.toWellFormed());
    if (parsed === null) throw new DOMException(`Cannot open an EventSource to '${url}'. The URL is invalid.`, 'SyntaxError');
    if (init?.withCredentials) throw new DOMException('The init.withCredentials option is not supported. It must be false or undefined.', 'NotSupportedError');
    this.#fetcher = init?.fetcher;
    this.#url = serialize(parsed);
    this.#origin = originOf(parsed);
    this.#connect();
  }

  // The events of a stream of bytes, which is read once: there is nothing to connect to again.
  static from(stream) {
    require(arguments.length, 1, 'EventSource.from');
    const { isDisturbed, isLocked, isReadableStream } = load('streams');
    if (!isReadableStream(stream)) throw new TypeError('EventSource.from: the argument is not a ReadableStream.');
    if (isLocked(stream)) throw new TypeError('This ReadableStream is currently locked to a reader.');
    if (isDisturbed(stream)) throw new TypeError('This ReadableStream is disturbed (has already been read from).');
    const source = new EventSource(INTERNAL);
    then(resolved(undefined), () => source.#open(stream));
    return source;
  }

  get url() { return this.#url; }
  get withCredentials() { return false; }
  get readyState() { return this.#state; }

  close() {
    if (this.#state === CLOSED) return;
    this.#state = CLOSED;
    if (this.#timer !== null) load('timers').clearTimeout(this.#timer);
    this.#controller?.abort();
    if (this.#stream !== null) then(load('streams').cancelStream(this.#stream, undefined), undefined, () => {});
  }

  #connect() {
    const headers = { accept: 'text/event-stream', 'cache-control': 'no-store' };
    const { lastId } = this.#interpreter;
    if (lastId !== '') headers['last-event-id'] = lastId;
    const controller = this.#controller = new (load('abort').AbortController)();
    const init = { headers, signal: controller.signal }, fetcher = this.#fetcher;
    let answer;
    try {
      answer = resolved(fetcher === undefined || fetcher === null ? load('fetch').fetch(this.#url, init) : fetcher.fetch(this.#url, init));
    } catch {
      this.#fail();
      return;
    }
    then(answer, (response) => this.#answered(response), () => this.#again());
  }

  #answered(response) {
    const type = `${response.headers.get('content-type')}`;
    if (response.status !== 200 || !/^text\/event-stream\s*(;|$)/i.test(type)) {
      if (response.body !== null) then(load('streams').cancelStream(response.body, undefined), undefined, () => {});
      this.#fail();
    } else if (response.body === null) {
      this.#again();
    } else {
      this.#open(response.body);
    }
  }

  #open(stream) {
    if (this.#state === CLOSED) {
      then(load('streams').cancelStream(stream, undefined), undefined, () => {});
      return;
    }
    this.#state = OPEN;
    this.#stream = stream;
    fire(this, new Event('open'));
    const decoder = new (load('encoding').TextDecoder)();
    const over = () => {
      this.#stream = null;
      this.#interpreter.reset();
      if (this.#url === null) this.#fail();
      else this.#again();
    };
    if (this.#state === OPEN) {
      load('streams').readEach(stream, { chunk: (bytes) => this.#interpreter.feed(decoder.decode(bytes, { stream: true })), close: over, error: over });
    }
  }

  // https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection
  #again() {
    if (this.#state === CLOSED) return;
    this.#state = CONNECTING;
    fire(this, new Event('error'));
    if (this.#state === CLOSED) return;
    this.#timer = load('timers').setTimeout(() => {
      this.#timer = null;
      this.#connect();
    }, this.#interpreter.retry);
  }

  // https://html.spec.whatwg.org/multipage/server-sent-events.html#fail-the-connection
  #fail() {
    if (this.#state === CLOSED) return;
    this.#state = CLOSED;
    fire(this, new Event('error'));
  }
}
defineHandlers(EventSource, 'open', 'message', 'error');
exposed(EventSource);
for (const [name, value] of [['CONNECTING', CONNECTING], ['OPEN', OPEN], ['CLOSED', CLOSED]]) {
  defineProperty(EventSource, name, { value, enumerable: true });
  defineProperty(EventSource.prototype, name, { value, enumerable: true });
}

export { EventSource };
