package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a version may cost that fails again and again, and that it costs the others nothing when it fails now and then. */
class BackoffTest {
    private static final Outcome HOG = new Outcome.Exceeded(Outcome.Limit.CPU, "Too much");
    private static final Duration CHEAP = Duration.ZERO;

    private long now = 1;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(10), () -> now);

    @Test
    void theFirstTwoFailuresAreForgivenAndEachFurtherOneDoublesTheTimeUpToItsBound() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            waits.add(backoff.failed(HOG, CHEAP, 1).toMillis());
        }

        assertThat(waits).containsExactly(0L, 0L, 100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L);
    }

    @Test
    void anExpensiveFailureIsFollowedByAtLeastAsLongARest() {
        fail(2);

        assertThat(backoff.failed(HOG, Duration.ofSeconds(2), 1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(backoff.failed(HOG, Duration.ofSeconds(2), 1)).isEqualTo(Duration.ofSeconds(4));
        assertThat(backoff.failed(HOG, Duration.ofSeconds(30), 1)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aFailureThatCountsAsTwoIsForgivenOnce() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waits.add(backoff.failed(HOG, CHEAP, 2).toMillis());
        }

        assertThat(waits).containsExactly(0L, 200L, 800L, 3200L);
    }

    @Test
    void eventsAreRefusedWithTheLastFailureUntilTheTimeIsOver() {
        assertThat(backoff.refusal()).isNull();
        fail(2);
        assertThat(backoff.refusal()).isNull();
        assertThat(backoff.onProbation()).isFalse();

        fail(1);
        assertThat(backoff.refusal()).isEqualTo(HOG);
        pass(Duration.ofMillis(99));
        assertThat(backoff.refusal()).isEqualTo(HOG);
        pass(Duration.ofMillis(1));
        assertThat(backoff.refusal()).isNull();
        assertThat(backoff.onProbation()).isTrue();
    }

    @Test
    void anEventThatEndsWellForgivesHalfOfTheFailures() {
        fail(9);

        backoff.succeeded();
        assertThat(backoff.onProbation()).isTrue();
        assertThat(backoff.failed(HOG, CHEAP, 1)).isEqualTo(Duration.ofMillis(400));
        backoff.succeeded();
        assertThat(backoff.onProbation()).isFalse();
        assertThat(backoff.refusal()).isNull();
        backoff.succeeded();
        fail(2);
        assertThat(backoff.refusal()).isNull();
    }

    @Test
    void oneFailureAmongManyEventsThatEndWellRefusesNobody() {
        for (int i = 0; i < 1000; i++) {
            assertThat(backoff.failed(HOG, Duration.ofSeconds(30), 1)).isZero();
            assertThat(backoff.refusal()).isNull();
            backoff.succeeded();
        }
    }

    @Test
    void aVersionThatAlwaysFailsCostsAFewPercentOfTheTime() {
        Duration cost = Duration.ofMillis(200);
        long burnt = 0;
        long end = Duration.ofMinutes(10).toNanos();
        while (now < end) {
            if (backoff.refusal() == null) {
                pass(cost);
                burnt += cost.toNanos();
                backoff.failed(HOG, cost, 1);
            } else {
                pass(Duration.ofMillis(1));
            }
        }

        assertThat((double) burnt / end).isLessThan(0.03);
    }

    @Test
    void aServiceWhoseEveryEventBreaksItsLimitIsRefusedMostOfTheTime() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.cpu=100ms", "skerry.limits.isolates=4")) {
            Version version = workers.deploy("hog", List.of(), TestWorkers.module("index.js", """
                    export default {
                      fetch() { for (;;) {} },
                    };
                    """));
            Version fine = workers.deploy(
                    "fine",
                    HogsTest.PATIENT,
                    TestWorkers.module("index.js", "export default { fetch: () => new Response('fine') };"));
            int asked = 0;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
            // On a busy machine the first three take long.
            while (System.nanoTime() < end || workers.refused.get() == 0) {
                TestWorkers.Answer answer = workers.get(version);
                assertThat(answer.outcome())
                        .isEqualTo(new Outcome.Exceeded(
                                Outcome.Limit.CPU, "Worker exceeded CPU time limit of 100 ms (skerry.limits.cpu)."));
                asked++;
            }

            // 2 + those after 100, 200, 400, 800 and 1600 ms.
            assertThat(asked - workers.refused.get()).isBetween(3, 8);
            assertThat(workers.refused.get()).isPositive();
            assertThat(workers.get(fine).body()).isEqualTo("fine");
        }
    }

    @Test
    void theSecondBreachOfMemoryIsFollowedByARestOfTwoSecondsHoweverSoonItCame() {
        // On the interpreter, memory is looked at only when the heap is full to this, however large it is.
        try (TestWorkers workers = new TestWorkers(
                "skerry.limits.memory=16MB", "skerry.limits.isolates=4", "skerry.runtime.heap-pressure=1")) {
            Version version = workers.deploy("bomb", List.of(), TestWorkers.module("index.js", """
                    const kept = [];
                    export default {
                      fetch() { for (let i = 0; ; i++) kept.push(new Array(1000).fill(i)); },
                    };
                    """));
            for (int i = 0; i < 2; i++) {
                assertThat(workers.get(version).outcome()).isInstanceOf(Outcome.Exceeded.class);
            }

            TestWorkers.await(() -> !workers.rests.isEmpty());
            assertThat(workers.rests).containsExactly(Duration.ofSeconds(2));
        }
    }

    @Test
    void eventsThatEndWellAmongHogsAreNotRefused() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.cpu=1s")) {
            Version version = workers.deploy("mixed", List.of(), TestWorkers.module("index.js", """
                    export default {
                      fetch(request) {
                        if (request.url.endsWith('/hog')) for (;;) {}
                        return new Response('fine');
                      },
                    };
                    """));
            for (int i = 0; i < 5; i++) {
                for (int n = 0; n < 10; n++) {
                    assertThat(send(workers, version, "/fine").body()).isEqualTo("fine");
                }
                assertThat(send(workers, version, "/hog").outcome()).isInstanceOf(Outcome.Exceeded.class);
            }

            assertThat(workers.refused).hasValue(0);
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            backoff.failed(HOG, CHEAP, 1);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static TestWorkers.Answer send(TestWorkers workers, Version version, String path) {
        return workers.fetch(version, FetchEvent.of("GET", "http://example.com" + path, "", Body.EMPTY))
                .join();
    }
}
