package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The caches of several environments, and their bounds. */
class CacheServicesTest {
    private static final String WORKER = """
            export default {
              async fetch(request) {
                const url = 'http://cache.test' + new URL(request.url).pathname, cache = caches.default;
                if (request.method === 'PUT') {
                  const size = +request.headers.get('x-size');
                  const body = new ReadableStream({
                    pull(controller) {
                      for (let left = size; left > 0; left -= 1000) controller.enqueue(new Uint8Array(Math.min(left, 1000)));
                      controller.close();
                    },
                  });
                  await cache.put(url, new Response(body, { headers: { 'cache-control': 'max-age=60' } }));
                  return new Response('put');
                }
                const hit = await cache.match(url);
                return new Response(hit === undefined ? 'miss' : `${(await hit.arrayBuffer()).byteLength} bytes`);
              },
            };
            """;

    private static Version deploy(TestWorkers workers, String service, String environment) {
        return workers.deploy(
                EnvironmentRef.of(service, environment),
                new Code("index.js", Code.Format.MODULES, List.of(TestWorkers.module("index.js", WORKER))),
                List.of());
    }

    private static String put(TestWorkers workers, Version version, String path, int size) {
        return workers.fetch(version, FetchEvent.of("PUT", "http://example.com" + path, "\nx-size:" + size, Body.EMPTY))
                .join()
                .body();
    }

    private static String get(TestWorkers workers, Version version, String path) {
        return workers.fetch(version, FetchEvent.of("GET", "http://example.com" + path, "", Body.EMPTY))
                .join()
                .body();
    }

    @Test
    void eachEnvironmentHasACacheOfItsOwnThatItsVersionsShare() {
        try (TestWorkers workers = new TestWorkers()) {
            Version production = deploy(workers, "shop", "production");
            Version staging = deploy(workers, "shop", "staging");
            Version other = deploy(workers, "other", "production");

            assertThat(put(workers, production, "/a", 10)).isEqualTo("put");

            assertThat(get(workers, production, "/a")).isEqualTo("10 bytes");
            assertThat(get(workers, staging, "/a")).isEqualTo("miss");
            assertThat(get(workers, other, "/a")).isEqualTo("miss");
            Version next = deploy(workers, "shop", "production");
            assertThat(get(workers, next, "/a")).isEqualTo("10 bytes");
        }
    }

    @Test
    void aResponseLargerThanAnEntryIsNotKeptAndTheLogSaysSo() {
        try (TestWorkers workers = new TestWorkers("skerry.cache.entry=64KB")) {
            Version version = deploy(workers, "shop", "production");

            assertThat(put(workers, version, "/small", 60_000)).isEqualTo("put");
            assertThat(put(workers, version, "/large", 70_000)).isEqualTo("put");

            assertThat(get(workers, version, "/small")).isEqualTo("60000 bytes");
            assertThat(get(workers, version, "/large")).isEqualTo("miss");
            assertThat(workers.console)
                    .singleElement()
                    .asString()
                    .contains("/large", "65536 bytes (skerry.cache.entry)");
        }
    }

    @Test
    void whatIsUsedLeastGoesWhenTheCacheIsFull() {
        try (TestWorkers workers = new TestWorkers("skerry.cache.size=300KB", "skerry.cache.entry=100KB")) {
            Version version = deploy(workers, "shop", "production");
            for (int i = 0; i < 20; i++) {
                put(workers, version, "/" + i, 50_000);
            }

            long kept = 0;
            for (int i = 0; i < 20; i++) {
                if (get(workers, version, "/" + i).equals("50000 bytes")) {
                    kept++;
                }
            }
            assertThat(kept).isBetween(1L, 6L);
        }
    }
}
