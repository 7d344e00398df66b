package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connections that fetch() goes over: how many, how long, and what becomes of a request when one is lost. */
class FetchConnectionsTest {
    @AutoClose
    private final Fetcher fetcher = new Fetcher();

    @Test
    void aConnectionServesManyRequests() {
        assertThat(fetcher.run("""
                for (let i = 0; i < 10; i++) await (await fetch(BASE + '/echo')).text();
                await fetch(BASE + '/redirect?status=302&to=/echo');
                return 'done';
                """)).isEqualTo("done");
        // A request may go out before the connection of the one before it is free; from then on one of the two is.
        assertThat(fetcher.origin.connections).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void aConnectionServesOnAfterALargeBodyThatWasDecoded() {
        assertThat(fetcher.run("""
                for (let i = 0; i < 10; i++) {
                  const text = await (await fetch(BASE + '/large-gzip')).text();
                  if (text.length < 1_000_000) return text.length;
                }
                return 'done';
                """)).isEqualTo("done");
        assertThat(fetcher.origin.connections).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void aBodyThatIsGivenUpDisturbsNoOtherRequest() {
        assertThat(fetcher.run("""
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
    void sixRequestsOfAnEventWaitForHeaders() {
        assertThat(fetcher.run("""
                const all = await Promise.all(Array.from({ length: 14 }, () => fetch(BASE + '/hold?of=14').then((r) => r.text())));
                return all.filter((text) => text === 'held').length;
                """)).isEqualTo("14");
        assertThat(fetcher.origin.mostWaiting).hasValue(6);
    }

    @Test
    void handshakesOfWebSocketsAndConnectionsWaitWithThem() {
        assertThat(fetcher.run("""
                const { connect } = await import('cloudflare:sockets'), upgrade = { headers: { upgrade: 'websocket' } };
                const all = await Promise.all(Array.from({ length: 14 }, (_, i) => (i % 2 ? fetch(BASE + '/hold?of=14') : fetch(BASE + '/hold?of=14', upgrade)).then((r) => r.text())));
                const sockets = Array.from({ length: 8 }, () => connect(new URL(BASE).host));
                await Promise.all(sockets.map((socket) => socket.opened));
                for (const socket of sockets) socket.close();
                const refused = Array.from({ length: 8 }, () => connect('127.0.0.1:1').opened.catch(() => 'refused'));
                const answered = await (await fetch(BASE + '/echo')).text();
                return `${all.filter((text) => text === 'held').length} ${await refused[7]} ${answered.length > 0}`;
                """)).isEqualTo("14 refused true");
        assertThat(fetcher.origin.mostWaiting).hasValue(6);
    }

    @Test
    void aLostConnectionIsAnError() {
        assertThat(fetcher.run("return failure(fetch(BASE + '/close'));"))
                .startsWith("TypeError: Network connection lost");
        assertThat(fetcher.run("return failure(fetch(BASE + '/cut').then((r) => r.text()));"))
                .isEqualTo("Error: Network connection lost.");
        assertThat(fetcher.run("return failure(fetch('http://127.0.0.1:1/'));"))
                .contains("no connection to 127.0.0.1:1 (refused)");
        assertThat(fetcher.run("return failure(fetch('http://no-such-host.invalid/'));"))
                .contains("there is no host no-such-host.invalid");
    }

    @Test
    void whatMayBeSentTwiceIsSentAgainWhenItsConnectionWasLost() {
        assertThat(fetcher.run("""
                const get = await (await fetch(BASE + '/every-other')).text();
                const put = await (await fetch(BASE + '/every-other', { method: 'PUT', body: 'a text' })).text();
                const post = await failure(fetch(BASE + '/every-other', { method: 'POST', body: 'a text' }));
                return [get, put, post.split(':')[1]];
                """)).isEqualTo("[\"answered\",\"answered\",\" Network connection lost\"]");
        assertThat(fetcher.origin.asked).hasValue(5);
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() throws InterruptedException {
        fetcher.restart("skerry.egress.allow=127.0.0.1", "skerry.egress.headers=100MS");
        assertThat(fetcher.run("return failure(fetch(BASE + '/never'));")).contains("skerry.egress.headers");
        assertThat(fetcher.origin.disconnected.await(1, TimeUnit.MINUTES)).isTrue();
        fetcher.restart("skerry.egress.allow=127.0.0.1", "skerry.egress.idle=1S");
        assertThat(fetcher.run("return failure(fetch(BASE + '/first').then((r) => r.text()));"))
                .contains("skerry.egress.idle");
    }

    @Test
    void http2IsSpokenWhereTheServerChoosesIt(@TempDir Path folder) throws IOException, InterruptedException {
        Certificate certificate = Certificate.in(folder);
        HttpServerOptions tls =
                new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate.key());
        try (Origin secure = new Origin(tls)) {
            String base = "https://localhost:" + secure.port();
            fetcher.restart("skerry.egress.allow=127.0.0.1,::1", certificate.trust());
            assertThat(fetcher.run(base, """
                    const response = await fetch(BASE + '/echo', { method: 'POST', body: 'over TLS' });
                    const { version, body } = await response.json();
                    const mirror = await fetch(BASE + '/mirror', { method: 'POST', body: new Blob(['x'.repeat(200_000)]).stream() });
                    return [version, body, response.statusText, (await mirror.text()).length];
                    """)).isEqualTo("[\"HTTP_2\",\"over TLS\",\"\",200000]");
            fetcher.restart("skerry.egress.allow=127.0.0.1,::1");
            assertThat(fetcher.run(base, "return failure(fetch(BASE + '/echo'));"))
                    .contains("the TLS handshake failed");
        }
    }
}
