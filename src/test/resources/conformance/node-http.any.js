// flags: nodejs_compat
// node:http as a server (of the worker's events, and of requests made here) and what there is of clients without a network
import http, { createServer, IncomingMessage, METHODS, OutgoingMessage, STATUS_CODES, Server, ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http';
import https from 'node:https';
import { Agent } from 'node:_http_agent';
import { handleAsNodeRequest, httpServerHandler } from 'cloudflare:node';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AsyncLocalStorage } from 'node:async_hooks';

const ask = (listener, path = '/', init = undefined, ...rest) => httpServerHandler(createServer(listener)).fetch(new Request(`http://host.test${path}`, init), ...rest);
const code = (f) => { try { f(); } catch (error) { return error.code; } return 'nothing was thrown'; };

promise_test(async () => {
  const answer = await ask((request, response) => {
    response.setHeader('X-One', 1);
    response.setHeader('Set-Cookie', ['a=1', 'b=2']);
    response.writeHead(201, { 'Content-Type': 'text/plain' });
    response.end(`${request.method} ${request.url} ${request.headers['x-a']} ${request.httpVersion}`);
  }, '/a/b?c=%20d', { method: 'DELETE', headers: { 'X-A': 'z' } });
  assert_equals(await answer.text(), 'DELETE /a/b?c=%20d z 1.1');
  assert_equals(answer.status, 201);
  assert_equals(answer.statusText, 'Created');
  assert_equals(answer.headers.get('x-one'), '1');
  assert_equals(answer.headers.getSetCookie().join(), 'a=1,b=2');
  assert_equals(answer.headers.get('content-type'), 'text/plain');
}, 'a listener answers a request');

promise_test(async () => {
  const answer = await ask(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    response.end(JSON.stringify([`${Buffer.concat(pieces)}`, request.complete, request.headers.host, request.headers['transfer-encoding'], request.socket.encrypted]));
  }, '/', { method: 'POST', body: 'what is sent' });
  assert_equals(await answer.text(), '["what is sent",true,"host.test","chunked",false]');
}, 'a body is read as a stream of Node');

promise_test(async () => {
  let ended = false;
  const answer = await ask((request, response) => {
    response.write('one ');
    setTimeout(() => {
      response.write('two ');
      response.end('three', () => { ended = true; });
    }, 5);
  });
  assert_false(ended);
  assert_equals(await answer.text(), 'one two three');
}, 'what is written before the end streams');

promise_test(async () => {
  let reads = 0;
  const source = new Readable({ read() { this.push(++reads > 200 ? null : Buffer.alloc(10_000, 'x')); } });
  const answer = await ask((request, response) => { pipeline(source, response).catch(() => {}); });
  const reader = answer.body.getReader();
  await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert_less_than(reads, 50);
  let length = 10_000;
  for (let part = await reader.read(); !part.done; part = await reader.read()) length += part.value.length;
  assert_equals(length, 2_000_000);
}, 'a slow reader slows the writer');

promise_test(async () => {
  const events = [];
  const answer = await ask((request, response) => {
    for (const name of ['finish', 'close']) response.on(name, () => events.push(name));
    const before = [response.headersSent, response.writableEnded, response.finished];
    response.end('x');
    events.push(before.join(), [response.headersSent, response.writableEnded, response.finished].join(), code(() => response.setHeader('a', 'b')), code(() => response.writeHead(200)));
  });
  await answer.text();
  while (!events.includes('close')) await new Promise((resolve) => setTimeout(resolve, 1));
  assert_equals(events.join(' '), 'false,false,false true,true,true ERR_HTTP_HEADERS_SENT ERR_HTTP_HEADERS_SENT finish close');
}, 'a response says how far it is');

promise_test(async () => {
  for (const [status, method] of [[204, 'GET'], [304, 'GET'], [200, 'HEAD']]) {
    const answer = await ask((request, response) => { response.writeHead(status, { etag: '"a"' }).end('left out'); }, '/', { method });
    assert_equals(answer.body, null, `${status}`);
    assert_equals(answer.headers.get('etag'), '"a"');
  }
}, 'responses that have no body get none');

promise_test(async () => {
  const failure = await ask(() => { throw new RangeError('of the listener'); }).catch((error) => error);
  assert_true(failure instanceof RangeError);
  const cut = await ask((request, response) => { response.write('x'); setTimeout(() => response.destroy(new Error('cut')), 1); });
  await cut.text().then(() => assert_unreached('it ended'), (error) => assert_equals(error.message, 'cut'));
  const never = await ask((request, response) => { response.destroy(); }).catch((error) => error);
  assert_true(never instanceof Error);
}, 'failures of a listener are told');

promise_test(async () => {
  const server = createServer((request, response) => response.end(`port ${server.address().port}`)), listened = once(server, 'listening');
  assert_equals(server.listen(8080), server);
  await listened;
  assert_true(server.listening);
  assert_equals(await (await handleAsNodeRequest(8080, new Request('http://a/'))).text(), 'port 8080');
  assert_equals(await (await httpServerHandler({ port: 8080 }).fetch(new Request('http://a/'))).text(), 'port 8080');
  assert_equals(code(() => server.listen(1)), 'ERR_SERVER_ALREADY_LISTEN');
  const second = createServer().listen(8080);
  assert_equals((await once(second, 'error'))[0].code, 'EADDRINUSE');
  await new Promise((resolve) => server.close(resolve));
  const gone = await handleAsNodeRequest(8080, new Request('http://a/')).catch((error) => error);
  assert_regexp_match(gone.message, /port 8080/);
  assert_equals(code(() => createServer().listen(70000)), 'ERR_SOCKET_BAD_PORT');
}, 'servers are told apart by their ports');

promise_test(async () => {
  const env = { A: 1 }, ctx = {};
  let seen;
  const handler = httpServerHandler(createServer((request, response) => { seen = request.cloudflare; response.end(); }), { scheduled() {} });
  await handler.fetch(new Request('http://a/'), env, ctx);
  assert_true(seen.env === env && seen.ctx === ctx && typeof handler.scheduled === 'function');
}, 'a request has the environment and the context with it');

promise_test(async () => {
  const storage = new AsyncLocalStorage();
  const answers = await Promise.all(['a', 'b'].map((name) => ask((request, response) => storage.run(name, async () => {
    await null;
    request.on('data', () => {}).on('end', () => setTimeout(() => response.end(storage.getStore()), 1));
  }), '/', { method: 'POST', body: 'x' })));
  assert_equals(await answers[0].text() + await answers[1].text(), 'ab');
}, 'AsyncLocalStorage follows a request through its events');

test(() => {
  const message = new OutgoingMessage();
  message.setHeader('X-A', 'b').appendHeader('x-a', 'c').setHeader('N', 1);
  assert_equals(message.getHeader('x-a').join(), 'b,c');
  assert_equals(message.getHeaderNames().join(), 'x-a,n');
  assert_equals(message.getRawHeaderNames().join(), 'X-A,N');
  assert_true(message.hasHeader('x-A'));
  message.removeHeader('X-a');
  assert_equals(JSON.stringify(message.getHeaders()), '{"n":1}');
  message.setHeaders(new Headers([['set-cookie', 'a'], ['set-cookie', 'b'], ['q', 'r']]));
  assert_equals(message.getHeader('set-cookie').join(), 'a,b');
  assert_equals(code(() => message.setHeader('a b', 'c')), 'ERR_INVALID_HTTP_TOKEN');
  assert_equals(code(() => message.setHeader('a', 'c\n')), 'ERR_INVALID_CHAR');
  assert_equals(code(() => message.setHeader('a', undefined)), 'ERR_HTTP_INVALID_HEADER_VALUE');
  assert_equals(code(() => validateHeaderName('')), 'ERR_INVALID_HTTP_TOKEN');
  assert_equals(code(() => validateHeaderValue('a', '\u0100')), 'ERR_INVALID_CHAR');
}, 'headers of a message that goes out');

test(() => {
  const message = new IncomingMessage();
  message.rawHeaders.push('Accept', 'a', 'accept', 'b', 'Cookie', 'c', 'cookie', 'd', 'Host', 'e', 'host', 'f', 'Set-Cookie', 'g');
  assert_equals(JSON.stringify(message.headers), '{"accept":"a, b","cookie":"c; d","host":"e","set-cookie":["g"]}');
  assert_equals(message.headersDistinct.host.join(), 'e,f');
  assert_true(message instanceof Readable);
}, 'headers of a message that came in');

test(() => {
  assert_true(METHODS.includes('PATCH') && STATUS_CODES[418] === "I'm a Teapot");
  class Mine extends http.Agent {}
  assert_equals(new Mine({ keepAlive: true }).keepAlive, true);
  assert_equals(new https.Agent().defaultPort, 443);
  assert_equals(http.Agent, Agent);
  function Old() { ServerResponse.call(this, { method: 'GET' }); }
  Object.setPrototypeOf(Old.prototype, ServerResponse.prototype);
  assert_equals(new Old().statusCode, 200);
  assert_true(Server() instanceof Server);
  assert_equals(code(() => http.request('ftp://a/')), 'ERR_INVALID_PROTOCOL');
  assert_equals(code(() => http.request({ path: '/a b' })), 'ERR_UNESCAPED_CHARACTERS');
  assert_equals(code(() => http.request({ method: 'a b' })), 'ERR_INVALID_HTTP_TOKEN');
  assert_equals(code(() => http.request({ socketPath: '/x' })), 'ERR_METHOD_NOT_IMPLEMENTED');
}, 'names, agents and classes of the older kind');

promise_test(async () => {
  const refused = http.get('http://127.0.0.1:1/');
  const [error] = await once(refused, 'error');
  assert_equals(error.code, 'EACCES');
  const given = http.request('http://127.0.0.1:1/', { method: 'POST' });
  given.destroy();
  assert_equals((await once(given, 'error'))[0].code, 'ECONNRESET');
  assert_true(given.destroyed);
}, 'a client tells what goes wrong, with a code');
