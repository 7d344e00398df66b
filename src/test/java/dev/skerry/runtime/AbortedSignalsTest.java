package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal that lives long keeps none of those that followed it and that nobody has any more. */
class AbortedSignalsTest {
    private static final long MEGABYTE = 1 << 20;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            followed                 | 500000  | AbortSignal.any([source.signal])
            followed by followers    | 100000 | AbortSignal.any([AbortSignal.any([source.signal]), source.signal])
            listened to for a while  | 100000 | const s = AbortSignal.any([source.signal]); s.addEventListener('abort', f); s.removeEventListener('abort', f)
            handled for a while      | 100000 | const s = AbortSignal.any([source.signal]); s.onabort = f; s.onabort = null
            of requests              | 100000 | new Request('http://a/', { signal: source.signal }).signal
            """)
    void signalsThatNobodyHasLeaveNothingBehind(String name, int times, String code) {
        try (TestWorkers workers =
                new TestWorkers("skerry.limits.cpu=5m", "skerry.limits.wall=10m", "skerry.limits.isolates=1")) {
            Version version =
                    workers.deploy("signals", List.of(), TestWorkers.module("index.js", """
                    const source = new AbortController(), f = () => {};
                    export default {
                      fetch(request) {
                        const times = request.url.endsWith('/many') ? %d : 1e3;
                        for (let i = 0; i < times; i++) { %s; }
                        return new Response(String(source.signal.aborted));
                      },
                    };
                    """.formatted(times, code)));
            assertThat(workers.get(version).body()).isEqualTo("false");
            long before = used();

            TestWorkers.Answer answer = workers.fetch(
                            version, FetchEvent.of("GET", "http://example.com/many", "", Body.EMPTY))
                    .join();

            assertThat(answer.outcome()).isEqualTo(new Outcome.Ok());
            // Those that were kept would take some hundred bytes each.
            TestWorkers.await(() -> used() - before < 10 * MEGABYTE);
        }
    }

    @Test
    void fetchesThatHaveEndedLeaveNothingBehind() {
        try (TestWorkers workers = new TestWorkers("skerry.egress.allow=127.0.0.1/32", "skerry.limits.isolates=1");
                Origin origin = new Origin(new HttpServerOptions())) {
            Version version =
                    workers.deploy("fetches", List.of(), TestWorkers.module("index.js", """
                    const source = new AbortController();
                    export default {
                      async fetch() {
                        const response = await fetch('http://127.0.0.1:%d/', { signal: source.signal });
                        response.large = new Uint8Array(1_000_000);
                        return new Response(`${response.status} ${(await response.text()).length > 0}`);
                      },
                    };
                    """.formatted(origin.port())));
            String first = workers.get(version).body();
            assertThat(first).endsWith(" true");
            long before = used();
            for (int i = 0; i < 60; i++) {
                assertThat(workers.get(version).body()).isEqualTo(first);
            }

            TestWorkers.await(() -> used() - before < 20 * MEGABYTE);
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
