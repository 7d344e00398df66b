package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Version;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RunnerTest {
    @Test
    void aTurnThatTheWatchdogDidNotMeetWaitedForAProcessorAsThatDid() {
        try (TestWorkers workers = new TestWorkers()) {
            Version version = workers.deploy(
                    "any",
                    List.of(),
                    TestWorkers.module("index.js", "export default { fetch: () => new Response('') };"));
            workers.get(version);
            Isolate isolate = workers.runtime.isolates().getFirst();
            Runner unmet = new Runner(workers.runtime.runners(), 1);

            long start = unmet.beginTurn(isolate, null);
            assertThat(unmet.cost(start)).isLessThanOrEqualTo(Runner.MOST_UNMET_NANOS);
            long later = start + Duration.ofMillis(50).toNanos();
            while (System.nanoTime() - later < 0) {
                LockSupport.parkNanos(1_000_000);
            }

            assertThat(unmet.cost(start)).isEqualTo(Runner.MOST_UNMET_NANOS);
        }
    }
}
