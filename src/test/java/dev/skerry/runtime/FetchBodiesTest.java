package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The bodies that fetch() sends and reads: streamed, packed, without end. */
class FetchBodiesTest {
    @AutoClose
    private final Fetcher fetcher = new Fetcher();

    @Test
    void bodiesStreamBothWays() {
        assertThat(fetcher.run("""
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
        assertThat(fetcher.run("""
                const body = () => new ReadableStream({ start(c) { c.error(new Error('boom')); } });
                const pipe = new ReadableStream({ start(c) { c.enqueue(new Uint8Array(3)); c.close(); } });
                return [await failure(fetch(BASE + '/mirror', { method: 'POST', body: body() })),
                  await failure(fetch(BASE + '/redirect?status=307&to=/echo', { method: 'POST', body: pipe }))];
                """)).contains("boom").contains("one-time-use body");
    }

    @Test
    void aResponseGoesThroughToTheClient() {
        assertThat(fetcher.run("return fetch(BASE + '/gzip');")).isEqualTo("compressed ".repeat(10_000));
        assertThat(fetcher.run("return fetch(BASE + '/mirror', { method: 'POST', body: 'x'.repeat(1_000_000) });"))
                .hasSize(1_000_000);
    }

    @Test
    void aServerWaitsForItsReader() throws InterruptedException {
        assertThat(fetcher.run("""
                const response = await fetch(BASE + '/endless');
                const reader = response.body.getReader();
                let read = 0;
                while (read < 1_000_000) read += (await reader.read()).value.length;
                await new Promise((resolve) => setTimeout(resolve, 300));
                await reader.cancel('enough');
                return 'read';
                """)).isEqualTo("read");
        assertThat(fetcher.origin.disconnected.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(fetcher.origin.streamed.get()).isLessThan(64_000_000);
    }

    @Test
    void gzipIsDecoded() {
        assertThat(fetcher.run("""
                const response = await fetch(BASE + '/gzip');
                const text = await response.text();
                return [response.headers.get('content-encoding'), response.headers.get('content-length') < 1000, text.length, text.slice(0, 12),
                  await failure(fetch(BASE + '/not-gzip').then((r) => r.text()))];
                """))
                .startsWith("[\"gzip\",true,110000,\"compressed c\",\"TypeError: The body of the response is not gzip");
    }

    @Test
    void brAndZstdAreDecodedWhereTheyWereAskedFor() {
        assertThat(fetcher.run("""
                const seen = [];
                for (const encoding of ['br', 'zstd']) {
                  const response = await fetch(`${BASE}/${encoding}`, { headers: { 'accept-encoding': encoding } });
                  seen.push(response.headers.get('content-encoding'), (await response.text()) === 'compressed '.repeat(10_000));
                }
                return [seen, await failure(fetch(BASE + '/not-br').then((r) => r.text()))];
                """))
                .startsWith(
                        "[[\"br\",true,\"zstd\",true],\"TypeError: The body of the response is not br, as its content-encoding says");
    }

    @Test
    void aBodyThatExpandsWithoutEndIsReadNoFurtherThanItsReaderGoes() {
        assertThat(fetcher.run("""
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
        fetcher.restart("skerry.egress.allow=127.0.0.1", "skerry.egress.packed=10B");
        assertThat(fetcher.run("return failure(fetch(BASE + '/br').then((r) => r.text()));"))
                .contains("skerry.egress.packed");
    }
}
