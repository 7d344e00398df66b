package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** fetch() of workers, to real servers: what is sent and what comes back. */
class FetchTest {
    @AutoClose
    private final Fetcher fetcher = new Fetcher();

    @Test
    void aRequestGoesOutAndItsResponseComesBack() {
        assertThat(fetcher.run("""
                const response = await fetch(BASE + '/echo?a=b#c', { method: 'put', headers: { 'X-A': '1' }, body: 'é' });
                const { method, uri, headers, body } = await response.json();
                return [response.status, response.statusText, response.url.slice(BASE.length), response.redirected, response.headers.getSetCookie(), method, uri, headers['x-a'],
                  headers['content-type'], headers['content-length'], headers.host === BASE.slice(7), headers['accept-encoding'], body];
                """)).isEqualTo("""
                        [200,"OK","/echo?a=b",false,["a=1","b=2"],"PUT","/echo?a=b","1","text/plain;charset=UTF-8","2",true,"gzip","é"]""");
    }

    @Test
    void aRequestIsFetchedAsItIs() {
        assertThat(fetcher.run("""
                const response = await fetch(new Request(BASE + '/echo', { method: 'POST', body: new URLSearchParams('a=b c') }));
                const { method, headers, body } = await response.json();
                return [method, headers['content-type'], body];
                """))
                .isEqualTo("[\"POST\",\"application/x-www-form-urlencoded;charset=UTF-8\",\"a=b+c\"]");
    }

    @Test
    void headersOfTheConnectionAreNotTheWorkersToSet() {
        assertThat(fetcher.run("""
                const headers = { connection: 'x', 'transfer-encoding': 'chunked', 'content-length': '99', host: 'other', upgrade: 'h2c', te: 'x', 'x-b': '1' };
                const { headers: seen } = await (await fetch(BASE + '/echo', { headers })).json();
                return Object.keys(seen).sort();
                """)).isEqualTo("[\"accept-encoding\",\"host\",\"x-b\"]");
        assertThat(fetcher.run("""
                return [await failure(fetch(BASE, { headers: { a: 'b\\r\\nc: d' } })), await failure(fetch(BASE, { method: 'A B' }))].join();
                """)).contains("TypeError").doesNotContain("no failure");
    }

    @Test
    void aResponseOfAStatusWithoutABodyHasNone() {
        assertThat(fetcher.run("""
                const seen = [];
                for (const path of ['/204', '/205', '/304', '/205', '/echo']) {
                  const response = await fetch(BASE + path);
                  seen.push(`${response.status} ${response.body === null}`, (await response.text()).length > 0);
                }
                return seen.join();
                """))
                .isEqualTo("204 true,false,205 true,false,304 true,false,205 true,false,200 false,true");
    }

    @Test
    void aSignalAbortsTheRequestAndTheBody() throws InterruptedException {
        assertThat(fetcher.run("""
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
        assertThat(fetcher.origin.disconnected.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void privateAddressesAreRefused() {
        fetcher.restart();
        assertThat(fetcher.run("""
                const hosts = ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '[::]', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '[::ffff:a9fe:a9fe]', '169.254.169.254',
                  '10.0.0.1', '192.168.0.1', '100.64.0.1', '[fd00::1]', '[fe80::1]'];
                const failures = await Promise.all(hosts.map((host) => failure(fetch(`http://${host}:${BASE.split(':')[2]}/echo`))));
                return failures.filter((text) => !text.includes('is refused')).join();
                """)).isEmpty();
        assertThat(fetcher.origin.connections).hasValue(0);
    }

    @Test
    void theAdminApiIsRefusedThoughItsAddressIsAllowed() {
        fetcher.restart("skerry.egress.allow=127.0.0.0/8", "skerry.listen.admin=127.0.0.1:" + fetcher.origin.port());
        assertThat(fetcher.run("return failure(fetch(BASE + '/echo'));")).contains("is refused");
        assertThat(fetcher.origin.connections).hasValue(0);
    }

    @Test
    void dataUrlsHoldTheirResponse() {
        assertThat(fetcher.run("""
                const seen = async (url) => { const r = await fetch(url); return [r.headers.get('content-type'), await r.text(), r.url === url].join('|'); };
                return [await seen('data:,a%20b'), await seen('data:text/html;charset=x,<b>'), await seen('data:;base64,aGk='), await seen('data:;charset=utf-8,%C3%A9'),
                  await failure(fetch('data:x')), await failure(fetch('data:;base64,a')), await failure(fetch('ftp://x'))].join(' / ');
                """))
                .isEqualTo(
                        "text/plain;charset=US-ASCII|a b|true / text/html;charset=x|<b>|true / text/plain;charset=US-ASCII|hi|true / text/plain;charset=utf-8|é|true"
                                + " / TypeError: fetch() failed: a data: URL has no comma. / TypeError: fetch() failed: the data: URL is not base64, as it says."
                                + " / TypeError: Fetch API cannot load: ftp://x/. It loads http:, https: and data: URLs.");
    }
}
