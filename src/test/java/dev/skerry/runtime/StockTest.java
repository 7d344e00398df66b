package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

class StockTest {
    private static final Module COUNTER = TestWorkers.module("index.js", """
            let count = 0;
            export default { fetch: (request) => new Response(`${globalThis.mark ??= request.method} ${++count}`) };
            """);

    @Test
    void nothingIsInStockBeforeASecondIsolateIsAskedFor() {
        try (TestWorkers workers = new TestWorkers("skerry.runtime.stock=1")) {
            workers.get(workers.deploy("first", List.of(), COUNTER));
            assertThat(workers.runtime.stock().refill()).isFalse();

            workers.get(workers.deploy("second", List.of(), COUNTER));
            TestWorkers.await(() -> workers.runtime.stock().size() == 1);
        }
    }

    @Test
    void whatIsTakenIsReplaced() {
        try (TestWorkers workers = new TestWorkers("skerry.runtime.stock=3")) {
            for (int i = 0; i < 5; i++) {
                Version version = workers.deploy("counter-" + i, List.of(), COUNTER);

                assertThat(workers.get(version).body()).isEqualTo("GET 1");
                if (i > 0) {
                    TestWorkers.await(() -> workers.runtime.stock().size() == 3);
                }
            }
        }
    }

    @Test
    void withoutAStockEachIsolateIsMadeWhenItIsNeeded() {
        try (TestWorkers workers = new TestWorkers("skerry.runtime.stock=0")) {
            for (int i = 0; i < 3; i++) {
                Version version = workers.deploy("counter-" + i, List.of(), COUNTER);

                assertThat(workers.get(version).body()).isEqualTo("GET 1");
                assertThat(workers.runtime.stock().size()).isZero();
            }
        }
    }

    @Test
    void workersOfAllKindsStartInWhatWasInStock() {
        try (TestWorkers workers = new TestWorkers("skerry.runtime.stock=1")) {
            workers.get(workers.deploy("first", List.of(), COUNTER));
            workers.get(workers.deploy("second", List.of(), COUNTER));
            TestWorkers.await(() -> workers.runtime.stock().size() == 1);

            Code script = new Code(
                    "index.js",
                    Code.Format.SERVICE_WORKER,
                    List.of(
                            new Module(
                                    "index.js",
                                    ModuleType.ES_MODULE,
                                    Bytes.utf8(
                                            "addEventListener('fetch', (event) => event.respondWith(new Response('script')));"))));
            assertThat(workers.get(workers.deploy("script", script, List.of())).body())
                    .isEqualTo("script");
            TestWorkers.await(() -> workers.runtime.stock().size() == 1);

            Module node = TestWorkers.module("index.js", """
                    import { Buffer } from 'node:buffer';
                    export default { fetch: () => new Response(Buffer.from('node').toString('hex') + process.platform + typeof setTimeout(() => {}, 0).ref) };
                    """);
            Version version = workers.deploy(
                    EnvironmentRef.of("node", "production"),
                    new Code("index.js", Code.Format.MODULES, List.of(node)),
                    List.of(),
                    List.of("nodejs_compat"));
            assertThat(workers.get(version).body()).isEqualTo("6e6f6465linuxfunction");
            TestWorkers.await(() -> workers.runtime.stock().size() == 1);

            Version broken =
                    workers.deploy("broken", List.of(), TestWorkers.module("index.js", "import './missing.js';"));
            assertThat(workers.get(broken).outcome()).isInstanceOf(Outcome.Threw.class);
            assertThat(workers.get(broken).outcome().toString())
                    .contains("No such module")
                    .contains("missing.js");
        }
    }
}
