package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Version;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fetch() of workers, to real servers. */
class FetchTest {
    private final Origin origin = new Origin(new HttpServerOptions());
    private TestWorkers workers = new TestWorkers("skerry.egress.allow=127.0.0.1,localhost:" + origin.port());

    @AfterEach
    void close() {
        workers.close();
        origin.close();
    }

    /** What a worker answers whose handler has this body; BASE is the origin. A string is the answer, anything else becomes JSON. */
    private String run(String code) {
        return run("http://127.0.0.1:" + origin.port(), code);
    }

    private String run(String base, String code) {
        Version version =
                workers.deploy("fetcher", List.of(), TestWorkers.module("main.js", """
                const BASE = '%s';
                const failure = (promise) => promise.then(() => 'no failure', (e) => `${e.name}: ${e.message}`);
                async function run(request, env, ctx) {
                %s
                }
                export default {
                  async fetch(request, env, ctx) {
                    const result = await run(request, env, ctx);
                    if (result instanceof Response) return result;
                    return new Response(typeof result === 'string' ? result : JSON.stringify(result));
                  },
                };
                """.formatted(base, code)));
        TestWorkers.Answer answer = workers.get(version);
        assertThat(answer.outcome()).hasToString("Ok[]");
        return answer.body();
    }

    private void restart(String... settings) {
        workers.close();
        workers = new TestWorkers(settings);
    }

    @Test
    void aResponseOfAStatusWithoutABodyHasNone() {
        assertThat(run("""
                const seen = [];
                for (const path of ['/204', '/205', '/304', '/205', '/echo']) {
                  const response = await fetch(BASE + path);
                  seen.push(`${response.status} ${response.body === null}`, (await response.text()).length > 0);
                }
                return seen.join();
                """)).isEqualTo("204 true,false,205 true,false,304 true,false,205 true,false,200 false,true");
    }

    @Test
    void aRequestGoesOutAndItsResponseComesBack() {
        assertThat(run("""
                const response = await fetch(BASE + '/echo?a=b#c', { method: 'put', headers: { 'X-A': '1' }, body: 'é' });
                const { method, uri, headers, body } = await response.json();
                return [response.status, response.statusText, response.url.slice(BASE.length), response.redirected, response.headers.getSetCookie(), method, uri, headers['x-a'],
                  headers['content-type'], headers['content-length'], headers.host === BASE.slice(7), headers['accept-encoding'], body];
                """)).isEqualTo("""
                        [200,"OK","/echo?a=b",false,["a=1","b=2"],"PUT","/echo?a=b","1","text/plain;charset=UTF-8","2",true,"gzip","é"]""");
    }

    @Test
    void aRequestIsFetchedAsItIs() {
        assertThat(run("""
                const response = await fetch(new Request(BASE + '/echo', { method: 'POST', body: new URLSearchParams('a=b c') }));
                const { method, headers, body } = await response.json();
                return [method, headers['content-type'], body];
                """)).isEqualTo("[\"POST\",\"application/x-www-form-urlencoded;charset=UTF-8\",\"a=b+c\"]");
    }

    @Test
    void headersOfTheConnectionAreNotTheWorkersToSet() {
        assertThat(run("""
                const headers = { connection: 'x', 'transfer-encoding': 'chunked', 'content-length': '99', host: 'other', upgrade: 'h2c', te: 'x', 'x-b': '1' };
                const { headers: seen } = await (await fetch(BASE + '/echo', { headers })).json();
                return Object.keys(seen).sort();
                """)).isEqualTo("[\"accept-encoding\",\"host\",\"x-b\"]");
        assertThat(run("""
                return [await failure(fetch(BASE, { headers: { a: 'b\\r\\nc: d' } })), await failure(fetch(BASE, { method: 'A B' }))].join();
                """)).contains("TypeError").doesNotContain("no failure");
    }

    @Test
    void redirectsAreFollowed() {
        assertThat(run("""
                const to = (status, path) => `${BASE}/redirect?status=${status}&to=${encodeURIComponent(path)}`;
                const seen = [];
                for (const [status, method, body] of [[301, 'POST', 'x'], [302, 'POST', 'x'], [303, 'PUT', 'x'], [303, 'GET'], [307, 'POST', 'x'], [308, 'PUT', 'x'], [302, 'PUT', 'x']]) {
                  const response = await fetch(to(status, '/echo'), { method, body });
                  const echo = await response.json();
                  seen.push([status, response.redirected, response.url === BASE + '/echo', echo.method, echo.body, echo.headers['content-type'] ?? '-'].join());
                }
                return seen.join(' ');
                """))
                .isEqualTo("301,true,true,GET,,- 302,true,true,GET,,- 303,true,true,GET,,- 303,true,true,GET,,-"
                        + " 307,true,true,POST,x,text/plain;charset=UTF-8 308,true,true,PUT,x,text/plain;charset=UTF-8"
                        + " 302,true,true,PUT,x,text/plain;charset=UTF-8");
    }

    @Test
    void redirectsMayBeRefusedOrLeftAlone() {
        assertThat(run("""
                const url = `${BASE}/redirect?status=302&to=/echo`;
                const manual = await fetch(url, { redirect: 'manual' });
                return [manual.status, manual.headers.get('location'), manual.redirected, await manual.text(), await failure(fetch(url, { redirect: 'error' })),
                  await failure(fetch(`${BASE}/redirect?status=302&to=http://[`)), await failure(fetch(`${BASE}/redirect?status=302&to=ftp://x/`))];
                """))
                .startsWith("[302,\"/echo\",false,\"moved\",\"TypeError: fetch: the response is a redirect")
                .contains("invalid URL")
                .contains("Fetch API cannot load: ftp://x/");
    }

    @Test
    void redirectsEnd() {
        assertThat(run("return failure(fetch(`${BASE}/redirect?status=302&to=`));"))
                .isEqualTo("TypeError: Too many redirects.");
    }

    @Test
    void credentialsStayWithTheirOrigin() {
        assertThat(run("""
                const headers = { authorization: 'secret', cookie: 'c=1', 'x-a': '1' };
                const other = BASE.replace('127.0.0.1', 'localhost');
                const seen = async (base) => {
                  const response = await fetch(`${BASE}/redirect?status=307&to=${encodeURIComponent(base + '/echo')}`, { headers });
                  const echo = await response.json();
                  return [echo.headers.authorization, echo.headers.cookie, echo.headers['x-a']].join();
                };
                return [await seen(BASE), await seen(other), await failure(fetch(BASE.replace('//', '//u:p@')))];
                """)).startsWith("[\"secret,c=1,1\",\",,1\",\"TypeError: fetch: the URL includes credentials");
    }

    @Test
    void bodiesStreamBothWays() {
        assertThat(run("""
                const { readable, writable } = new TransformStream();
                const writer = writable.getWriter();
                const response = await (async () => {
                  const sent = fetch(BASE + '/mirror', { method: 'POST', body: readable });
                  await writer.write(new Uint8Array([104, 105]));
                  return sent;
                })();
                const reader = response.body.getReader();
                const first = String.fromCharCode(...(await reader.read()).value);
                await writer.write(new Uint8Array([33]));
                const second = String.fromCharCode(...(await reader.read()).value);
                await writer.close();
                return [first, second, (await reader.read()).done];
                """)).isEqualTo("[\"hi\",\"!\",true]");
        assertThat(run("""
                const body = () => new ReadableStream({ start(c) { c.error(new Error('boom')); } });
                const pipe = new ReadableStream({ start(c) { c.enqueue(new Uint8Array(3)); c.close(); } });
                return [await failure(fetch(BASE + '/mirror', { method: 'POST', body: body() })),
                  await failure(fetch(BASE + '/redirect?status=307&to=/echo', { method: 'POST', body: pipe }))];
                """)).contains("boom").contains("one-time-use body");
    }

    @Test
    void aResponseGoesThroughToTheClient() {
        assertThat(run("return fetch(BASE + '/gzip');")).isEqualTo("compressed ".repeat(10_000));
        assertThat(run("return fetch(BASE + '/mirror', { method: 'POST', body: 'x'.repeat(1_000_000) });"))
                .hasSize(1_000_000);
    }

    @Test
    void aServerWaitsForItsReader() throws InterruptedException {
        assertThat(run("""
                const response = await fetch(BASE + '/endless');
                const reader = response.body.getReader();
                let read = 0;
                while (read < 1_000_000) read += (await reader.read()).value.length;
                await new Promise((resolve) => setTimeout(resolve, 300));
                await reader.cancel('enough');
                return 'read';
                """)).isEqualTo("read");
        assertThat(origin.disconnected.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(origin.streamed.get()).isLessThan(64_000_000);
    }

    @Test
    void gzipIsDecoded() {
        assertThat(run("""
                const response = await fetch(BASE + '/gzip');
                const text = await response.text();
                return [response.headers.get('content-encoding'), response.headers.get('content-length'), text.length, text.slice(0, 12),
                  await failure(fetch(BASE + '/not-gzip').then((r) => r.text()))];
                """))
                .startsWith("[null,null,110000,\"compressed c\",\"TypeError: The body of the response is not gzip");
    }

    @Test
    void brAndZstdAreDecodedWhereTheyWereAskedFor() {
        assertThat(run("""
                const seen = [];
                for (const encoding of ['br', 'zstd']) {
                  const response = await fetch(`${BASE}/${encoding}`, { headers: { 'accept-encoding': encoding } });
                  seen.push(response.headers.get('content-encoding'), (await response.text()) === 'compressed '.repeat(10_000));
                }
                return [seen, await failure(fetch(BASE + '/not-br').then((r) => r.text()))];
                """))
                .startsWith(
                        "[[null,true,null,true],\"TypeError: The body of the response is not br, as its content-encoding says");
    }

    @Test
    void aBodyThatExpandsWithoutEndIsReadNoFurtherThanItsReaderGoes() {
        assertThat(run("""
                const reader = (await fetch(BASE + '/br-bomb')).body.getReader();
                let read = 0, largest = 0;
                while (read < 1_000_000) {
                  const { value } = await reader.read();
                  read += value.length;
                  largest = Math.max(largest, value.length);
                }
                await reader.cancel();
                return [largest <= 32_768, await failure(fetch(BASE + '/br-bomb').then((r) => r.arrayBuffer()))];
                """)).startsWith("[true,\"").contains("skerry.body.whole");
        restart("skerry.egress.allow=127.0.0.1", "skerry.egress.packed=10B");
        assertThat(run("return failure(fetch(BASE + '/br').then((r) => r.text()));"))
                .contains("skerry.egress.packed");
    }

    @Test
    void aLostConnectionIsAnError() {
        assertThat(run("return failure(fetch(BASE + '/close'));")).startsWith("TypeError: Network connection lost");
        assertThat(run("return failure(fetch(BASE + '/cut').then((r) => r.text()));"))
                .isEqualTo("Error: Network connection lost.");
        assertThat(run("return failure(fetch('http://127.0.0.1:1/'));"))
                .contains("no connection to 127.0.0.1:1 (refused)");
        assertThat(run("return failure(fetch('http://no-such-host.invalid/'));"))
                .contains("there is no host no-such-host.invalid");
    }

    @Test
    void aSignalAbortsTheRequestAndTheBody() throws InterruptedException {
        assertThat(run("""
                const controller = new AbortController();
                setTimeout(() => controller.abort(), 50);
                const before = await failure(fetch(BASE + '/never', { signal: controller.signal }));
                const timeout = await failure(fetch(BASE + '/never', { signal: AbortSignal.timeout(20) }));
                const aborted = await failure(fetch(BASE + '/echo', { signal: AbortSignal.abort(new RangeError('mine')) }));
                const later = new AbortController();
                const response = await fetch(BASE + '/first', { signal: later.signal });
                const reader = response.body.getReader();
                await reader.read();
                later.abort();
                return [before.split(':')[0], timeout.split(':')[0], aborted, (await failure(reader.read())).split(':')[0]];
                """)).isEqualTo("[\"AbortError\",\"TimeoutError\",\"RangeError: mine\",\"AbortError\"]");
        assertThat(origin.disconnected.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void privateAddressesAreRefused() {
        restart();
        assertThat(run("""
                const hosts = ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '[::]', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '[::ffff:a9fe:a9fe]', '169.254.169.254',
                  '10.0.0.1', '192.168.0.1', '100.64.0.1', '[fd00::1]', '[fe80::1]'];
                const failures = await Promise.all(hosts.map((host) => failure(fetch(`http://${host}:${BASE.split(':')[2]}/echo`))));
                return failures.filter((text) => !text.includes('is refused')).join();
                """)).isEmpty();
        assertThat(origin.connections).hasValue(0);
    }

    @Test
    void aRedirectToAPrivateAddressIsRefused() {
        restart("skerry.egress.allow=localhost:" + origin.port());
        assertThat(run("""
                const url = BASE.replace('127.0.0.1', 'localhost');
                return failure(fetch(`${url}/redirect?status=302&to=${encodeURIComponent(BASE + '/echo')}`));
                """)).contains("is refused");
    }

    @Test
    void theAdminApiIsRefusedThoughItsAddressIsAllowed() {
        restart("skerry.egress.allow=127.0.0.0/8", "skerry.listen.admin=127.0.0.1:" + origin.port());
        assertThat(run("return failure(fetch(BASE + '/echo'));")).contains("is refused");
        assertThat(origin.connections).hasValue(0);
    }

    @Test
    void sixRequestsOfAnEventWaitForHeaders() {
        assertThat(run("""
                const all = await Promise.all(Array.from({ length: 14 }, () => fetch(BASE + '/hold').then((r) => r.text())));
                return all.filter((text) => text === 'held').length;
                """)).isEqualTo("14");
        assertThat(origin.mostWaiting).hasValue(6);
    }

    @Test
    void handshakesOfWebSocketsAndConnectionsWaitWithThem() {
        assertThat(run("""
                const { connect } = await import('cloudflare:sockets'), upgrade = { headers: { upgrade: 'websocket' } };
                const all = await Promise.all(Array.from({ length: 14 }, (_, i) => (i % 2 ? fetch(BASE + '/hold') : fetch(BASE + '/hold', upgrade)).then((r) => r.text())));
                const sockets = Array.from({ length: 8 }, () => connect(new URL(BASE).host));
                await Promise.all(sockets.map((socket) => socket.opened));
                for (const socket of sockets) socket.close();
                const refused = Array.from({ length: 8 }, () => connect('127.0.0.1:1').opened.catch(() => 'refused'));
                const answered = await (await fetch(BASE + '/echo')).text();
                return `${all.filter((text) => text === 'held').length} ${await refused[7]} ${answered.length > 0}`;
                """)).isEqualTo("14 refused true");
        assertThat(origin.mostWaiting).hasValue(6);
    }

    @Test
    void aConnectionServesManyRequests() {
        assertThat(run("""
                for (let i = 0; i < 10; i++) await (await fetch(BASE + '/echo')).text();
                await fetch(BASE + '/redirect?status=302&to=/echo');
                return 'done';
                """)).isEqualTo("done");
        // A request may go out before the connection of the one before it is free; from then on one of the two is.
        assertThat(origin.connections).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void aRedirectWhoseBodyHasNoLengthKeepsItsConnection() {
        assertThat(run("""
                for (let i = 0; i < 10; i++) await (await fetch(BASE + '/chunks')).text();
                for (let i = 0; i < 10; i++) await (await fetch(BASE + '/chunks', { redirect: 'manual' })).body.cancel();
                return 'done';
                """)).isEqualTo("done");
        // The next request may go out before the connection is free, not each time.
        assertThat(origin.connections).hasValueLessThanOrEqualTo(5);
    }

    @Test
    void aBodyThatIsGivenUpDisturbsNoOtherRequest() {
        assertThat(run("""
                for (let i = 0; i < 10; i++) {
                  for (const path of ['/endless', '/first', '/chunks']) {
                    await (await fetch(BASE + path, { redirect: 'manual' })).body.cancel();
                    await (await fetch(BASE + '/echo')).text();
                  }
                }
                return 'done';
                """)).isEqualTo("done");
    }

    @Test
    void whatMayBeSentTwiceIsSentAgainWhenItsConnectionWasLost() {
        assertThat(run("""
                const get = await (await fetch(BASE + '/every-other')).text();
                const put = await (await fetch(BASE + '/every-other', { method: 'PUT', body: 'a text' })).text();
                const post = await failure(fetch(BASE + '/every-other', { method: 'POST', body: 'a text' }));
                return [get, put, post.split(':')[1]];
                """)).isEqualTo("[\"answered\",\"answered\",\" Network connection lost\"]");
        assertThat(origin.asked).hasValue(5);
    }

    @Test
    void eachHopIsASubrequest() {
        restart("skerry.egress.allow=127.0.0.1", "skerry.limits.subrequests=2");
        assertThat(run("""
                const first = await fetch(BASE + '/redirect?status=302&to=/echo');
                return [first.status, await failure(fetch(BASE + '/echo'))];
                """)).startsWith("[200,\"Error: Too many subrequests");
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() throws InterruptedException {
        restart("skerry.egress.allow=127.0.0.1", "skerry.egress.headers=100MS");
        assertThat(run("return failure(fetch(BASE + '/never'));")).contains("skerry.egress.headers");
        assertThat(origin.disconnected.await(1, TimeUnit.MINUTES)).isTrue();
        restart("skerry.egress.allow=127.0.0.1", "skerry.egress.idle=100MS");
        assertThat(run("return failure(fetch(BASE + '/first').then((r) => r.text()));"))
                .contains("skerry.egress.idle");
    }

    @Test
    void dataUrlsHoldTheirResponse() {
        assertThat(run("""
                const seen = async (url) => { const r = await fetch(url); return [r.headers.get('content-type'), await r.text(), r.url === url].join('|'); };
                return [await seen('data:,a%20b'), await seen('data:text/html;charset=x,<b>'), await seen('data:;base64,aGk='), await seen('data:;charset=utf-8,%C3%A9'),
                  await failure(fetch('data:x')), await failure(fetch('data:;base64,a')), await failure(fetch('ftp://x'))].join(' / ');
                """))
                .isEqualTo(
                        "text/plain;charset=US-ASCII|a b|true / text/html;charset=x|<b>|true / text/plain;charset=US-ASCII|hi|true / text/plain;charset=utf-8|é|true"
                                + " / TypeError: fetch() failed: a data: URL has no comma. / TypeError: fetch() failed: the data: URL is not base64, as it says."
                                + " / TypeError: Fetch API cannot load: ftp://x/. It loads http:, https: and data: URLs.");
    }

    @Test
    void http2IsSpokenWhereTheServerChoosesIt(@TempDir Path folder) throws IOException, InterruptedException {
        Certificate certificate = Certificate.in(folder);
        HttpServerOptions tls =
                new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate.key());
        try (Origin secure = new Origin(tls)) {
            String base = "https://localhost:" + secure.port();
            restart("skerry.egress.allow=127.0.0.1,::1", certificate.trust());
            assertThat(run(base, """
                    const response = await fetch(BASE + '/echo', { method: 'POST', body: 'over TLS' });
                    const { version, body } = await response.json();
                    const mirror = await fetch(BASE + '/mirror', { method: 'POST', body: new Blob(['x'.repeat(200_000)]).stream() });
                    return [version, body, response.statusText, (await mirror.text()).length];
                    """)).isEqualTo("[\"HTTP_2\",\"over TLS\",\"\",200000]");
            restart("skerry.egress.allow=127.0.0.1,::1");
            assertThat(run(base, "return failure(fetch(BASE + '/echo'));")).contains("the TLS handshake failed");
        }
    }
}
