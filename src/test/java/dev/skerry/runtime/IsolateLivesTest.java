package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When isolates and threads end before the server does, and when a version has to wait for new ones. */
class IsolateLivesTest {
    @Test
    void aVersionThatFailsAgainAndAgainBacksOff() {
        try (TestWorkers workers = new TestWorkers("skerry.runtime.backoff=2s")) {
            Version version = workers.deploy(
                    "broken", List.of(), TestWorkers.module("index.js", "throw new RangeError('not today');"));
            Outcome failure = workers.get(version).outcome();
            assertThat(failure).isInstanceOf(Outcome.Threw.class);
            assertThat(((Outcome.Threw) failure).message()).isEqualTo("not today");

            TestWorkers.await(() -> {
                assertThat(workers.get(version).outcome()).isEqualTo(failure);
                return workers.refused.get() >= 10;
            });
        }
    }

    @Test
    void aVersionThatAnswersAgainIsForgiven() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.cpu=1s", "skerry.runtime.backoff=100ms")) {
            Version version = workers.deploy("moody", List.of(), TestWorkers.module("index.js", """
                    export default {
                      fetch(request) {
                        if (request.url.endsWith('/hog')) for (;;) {}
                        return new Response('fine');
                      },
                    };
                    """));
            for (int i = 0; i < 2; i++) {
                assertThat(send(workers, version, "/hog").join().outcome()).isInstanceOf(Outcome.Exceeded.class);
                assertThat(send(workers, version, "/hog").join().outcome()).isInstanceOf(Outcome.Exceeded.class);
                assertThat(send(workers, version, "/fine").join().body()).isEqualTo("fine");
            }
            assertThat(workers.refused).hasValue(0);
        }
    }

    @Test
    void aThreadThatCannotBeStoppedIsGivenUpAndReplaced() {
        try (TestWorkers workers = new TestWorkers(
                "skerry.limits.cpu=200ms", "skerry.runtime.threads=1", "skerry.runtime.max-threads=1")) {
            Version stuck = workers.deploy(
                    "stuck",
                    List.of(),
                    TestWorkers.module("index.js", "export default { fetch: () => new Response(3n ** 100000000n) };"));
            Version fine = workers.deploy(
                    "fine",
                    HogsTest.PATIENT,
                    TestWorkers.module("index.js", "export default { fetch: () => new Response('fine') };"));

            assertThat(workers.get(stuck).outcome()).isInstanceOf(Outcome.Exceeded.class);

            assertThat(workers.get(fine).body()).isEqualTo("fine");
            TestWorkers.await(() -> workers.lost.get() == 1);
            assertThat(workers.runtime.lostThreads()).isEqualTo(1);

            assertThat(workers.get(stuck).outcome())
                    .as("a worker does not get a second thread to burn")
                    .isEqualTo(
                            new Outcome.Exceeded(
                                    Outcome.Limit.CPU,
                                    "A thread that runs this worker could not be stopped at its CPU time limit; until it ends, the worker gets no events."));
            assertThat(workers.refused).hasValue(1);
        }
    }

    @Test
    void isolatesThatHaveNothingToDoAreClosed() {
        try (TestWorkers workers = new TestWorkers("skerry.runtime.idle=1s")) {
            Version version = workers.deploy("sleepy", List.of(), TestWorkers.module("index.js", """
                    let events = 0;
                    export default { fetch: () => new Response(String(++events)) };
                    """));
            assertThat(workers.get(version).body()).isEqualTo("1");

            TestWorkers.await(() -> workers.runtime.isolates().isEmpty());

            assertThat(workers.get(version).body()).isEqualTo("1");
        }
    }

    @Test
    void anIsolateRetiresOnlyWhereNoEventIsOnItsWayToIt() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.isolates=1")) {
            Version version = workers.deploy("sleepless", List.of(), TestWorkers.module("index.js", """
                    let events = 0;
                    export default { fetch: () => new Response(String(++events)) };
                    """));
            assertThat(workers.get(version).body()).isEqualTo("1");
            Isolate isolate = workers.runtime.isolates().getFirst();
            TestWorkers.await(isolate::idle);

            assertThat(isolate.admission().admit()).isTrue();
            isolate.retire("It was idle while an event was on its way");
            TestWorkers.Collector answer = new TestWorkers.Collector();
            FetchEvent event = FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY);
            isolate.accept(Delivery.fetch(isolate, event, answer, 1));
            assertThat(answer.answer().join().body()).isEqualTo("2");

            TestWorkers.await(isolate::idle);
            isolate.retire("It was idle");
            assertThat(isolate.admission().admit()).isFalse();
            assertThat(workers.get(version).body()).isEqualTo("1");
        }
    }

    private static CompletableFuture<TestWorkers.Answer> send(TestWorkers workers, Version version, String path) {
        return workers.fetch(version, FetchEvent.of("GET", "http://example.com" + path, "", Body.EMPTY));
    }

    @Test
    void underMemoryPressureIdleIsolatesAreClosedAndBusyOnesAreNot() {
        // However little of the heap is in use, it is too much.
        try (TestWorkers workers = new TestWorkers(
                "skerry.runtime.heap-pressure=0", "skerry.runtime.idle=1h", "skerry.limits.isolates=1")) {
            Version idle = workers.deploy("idle", List.of(), TestWorkers.module("index.js", """
                    let count = 0;
                    export default { fetch: () => new Response(++count) };
                    """));
            Version busy = workers.deploy("busy", List.of(), TestWorkers.module("index.js", """
                    let open = false;
                    export default {
                      async fetch(request, env, ctx) {
                        if (request.method === 'POST') open = true;
                        while (!open) await scheduler.wait(50);
                        return new Response('went on');
                      },
                    };
                    """));
            TestWorkers.Sent waiting = workers.send(busy, FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY));
            // Which may be closed from now on.
            assertThat(workers.get(idle).body()).isEqualTo("1");

            TestWorkers.await(() -> {
                // The heap is looked at after each collection.
                System.gc();
                return workers.runtime.isolates().size() == 1;
            });

            assertThat(workers.get(idle).body()).isEqualTo("1");
            workers.fetch(busy, FetchEvent.of("POST", "http://example.com/", "", Body.EMPTY))
                    .join();
            assertThat(waiting.answer().join().body()).isEqualTo("went on");
        }
    }
}
