package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.binding.Body;
import dev.skerry.model.Binding;
import dev.skerry.model.ByteSize;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Outcome;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Limits of time, of number and of failing, at their edge and beyond. */
class LimitsTest {
    @Test
    void anEventWithoutResponseEndsAtItsWallTimeAndTheIsolateLivesOn() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.wall=5s", "skerry.limits.isolates=1")) {
            Version version = workers.deploy("slow", List.of(), TestWorkers.module("index.js", """
                    let events = 0;
                    export default {
                      async fetch(request) {
                        events++;
                        if (request.url.endsWith('/slow')) await scheduler.wait(1e9);
                        if (request.url.endsWith('/late')) await new Promise((resolve) => setTimeout(resolve, 50));
                        return new Response(String(events));
                      },
                    };
                    """));

            assertThat(send(workers, version, "/late").join().body()).isEqualTo("1");
            TestWorkers.Answer answer = send(workers, version, "/slow").join();

            assertThat(answer.status()).isZero();
            assertThat(answer.outcome())
                    .isEqualTo(new Outcome.Exceeded(
                            Outcome.Limit.WALL_TIME,
                            "Worker exceeded its wall time limit of 5000 ms (skerry.limits.wall)."));
            assertThat(send(workers, version, "/next").join().body()).isEqualTo("3");
        }
    }

    @Test
    void whatIsLeftOfWaitUntilIsDroppedAfterItsTime() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.wait-until=2s")) {
            Version version = workers.deploy("lingering", List.of(), TestWorkers.module("index.js", """
                    export default {
                      fetch(request, env, ctx) {
                        const ms = request.url.endsWith('/short') ? 10 : 1e9;
                        ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, ms)));
                        return new Response('early');
                      },
                    };
                    """));

            TestWorkers.Answer inTime = send(workers, version, "/short").join();
            assertThat(inTime.outcome()).isEqualTo(new Outcome.Ok());
            assertThat(workers.console).isEmpty();

            TestWorkers.Answer answer = send(workers, version, "/long").join();

            assertThat(answer.body()).isEqualTo("early");
            assertThat(answer.outcome()).isEqualTo(new Outcome.Ok());
            assertThat(workers.console)
                    .containsExactly(
                            "lingering/production warn waitUntil() tasks did not complete within the allowed time"
                                    + " after the response (2000 ms, skerry.limits.wait-until) and have been cancelled.");
        }
    }

    @Test
    void whatACalledWorkerLeavesToWaitUntilIsDroppedAfterItsTimeToo() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.wait-until=300ms")) {
            workers.deploy("callee", List.of(), TestWorkers.module("index.js", """
                    import { WorkerEntrypoint } from 'cloudflare:workers';
                    export default class extends WorkerEntrypoint {
                      linger() {
                        this.ctx.waitUntil(new Promise(() => {}));
                        return 'answered';
                      }
                    }
                    """));
            Version version = workers.deploy("caller", List.of(service("callee")), TestWorkers.module("index.js", """
                    export default {
                      fetch: async (request, env) => new Response(await env.CALLEE.linger()),
                    };
                    """));

            assertThat(workers.get(version).body()).isEqualTo("answered");

            TestWorkers.await(() -> !workers.reached.isEmpty());
            assertThat(workers.reached)
                    .singleElement()
                    .asString()
                    .startsWith("callee/production skerry.limits.wait-until: ");
        }
    }

    @Test
    void aStreamedResponseIsWholeBeforeTheTimeOfWaitUntilBegins() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.wait-until=2s")) {
            Version version = workers.deploy("streaming", List.of(), TestWorkers.module("index.js", """
                    export default {
                      fetch(request, env, ctx) {
                        let left = 4;
                        ctx.waitUntil(new Promise((resolve) => setTimeout(() => { console.log('waited'); resolve(); }, 3200)));
                        return new Response(new ReadableStream({
                          async pull(to) {
                            await new Promise((resolve) => setTimeout(resolve, 800));
                            to.enqueue(new TextEncoder().encode('x'));
                            if (--left === 0) to.close();
                          },
                        }));
                      },
                    };
                    """));

            assertThat(workers.get(version).body()).isEqualTo("xxxx");
            assertThat(workers.reached).isEmpty();
            assertThat(workers.console).containsExactly("streaming/production log waited");
        }
    }

    @Test
    void aScheduledEventEndsAtItsWallTime() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.wall=300ms")) {
            Version version = workers.deploy("nightly", List.of(), TestWorkers.module("index.js", """
                    export default {
                      scheduled(controller, env, ctx) {
                        ctx.waitUntil(scheduler.wait(1e9));
                      },
                    };
                    """));
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            workers.runtime.scheduled(version, "* * * * *", 0, new EventHandler() {
                @Override
                public void respond(int status, String statusText, String headers, Body content) {}

                @Override
                public void end(Outcome ended) {
                    outcome.complete(ended);
                }
            });

            assertThat(outcome.orTimeout(2, TimeUnit.MINUTES).join().wireName()).isEqualTo("exceededWallTime");
        }
    }

    @Test
    void oneSubrequestTooManyThrows() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.subrequests=3")) {
            workers.deploy(
                    "callee",
                    List.of(),
                    TestWorkers.module("index.js", "export default { fetch: () => new Response('') };"));
            Version version = workers.deploy("caller", List.of(service("callee")), TestWorkers.module("index.js", """
                    export default {
                      async fetch(request, env) {
                        for (let i = 0; i < 3; i++) await env.CALLEE.fetch(request.url);
                        try {
                          await env.CALLEE.fetch(request.url);
                        } catch (error) {
                          return new Response(error.message);
                        }
                      },
                    };
                    """));

            assertThat(workers.get(version).body())
                    .isEqualTo(
                            "Too many subrequests by single Worker invocation. The limit is 3 (skerry.limits.subrequests).");
        }
    }

    @Test
    void aFullIsolateTakesNoFurtherEvent() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.concurrency=2", "skerry.limits.isolates=1")) {
            Version version = workers.deploy(
                    "full",
                    List.of(),
                    TestWorkers.module("index.js", "export default { fetch: () => scheduler.wait(1e9) };"));
            send(workers, version, "/");
            send(workers, version, "/");

            assertThat(send(workers, version, "/").join().outcome())
                    .isEqualTo(
                            new Outcome.Canceled(
                                    "The worker has as many events as it may: 2 (skerry.limits.concurrency) in each of its 1 isolates"));
            assertThat(workers.refused).hasValue(1);
        }
    }

    @Test
    void startingTakesNoMoreCpuThanItMay() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.startup=500ms")) {
            Version version = workers.deploy("sluggish", List.of(), TestWorkers.module("index.js", "for (;;) {}"));

            assertThat(workers.get(version).outcome())
                    .isEqualTo(new Outcome.Exceeded(
                            Outcome.Limit.STARTUP,
                            "Worker exceeded its startup CPU time limit of 500 ms (skerry.limits.startup)."));
        }
    }

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
        try (TestWorkers workers = new TestWorkers("skerry.limits.cpu=200ms", "skerry.runtime.backoff=100ms")) {
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
    void anEventWhoseClientGoesAwayIsAbortedAndCanceled() {
        try (TestWorkers workers = new TestWorkers()) {
            Version version = workers.deploy("patient", List.of(), TestWorkers.module("index.js", """
                    export default {
                      async fetch(request) {
                        console.log('begun');
                        request.signal.addEventListener('abort', () => console.log(request.signal.reason.name));
                        await new Promise(() => {});
                      },
                    };
                    """));
            TestWorkers.Sent sent = workers.send(version, FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY));
            TestWorkers.await(() -> workers.console.contains("patient/production log begun"));

            sent.event().disconnect("The client closed the connection");

            assertThat(sent.answer().join().outcome())
                    .isEqualTo(new Outcome.Canceled("The client closed the connection"));
            assertThat(workers.console)
                    .containsExactly("patient/production log begun", "patient/production log AbortError");
        }
    }

    @Test
    void anEventThatWaitsUntilOutlivesItsClient() {
        try (TestWorkers workers = new TestWorkers()) {
            Version version = workers.deploy("steadfast", List.of(), TestWorkers.module("index.js", """
                    export default {
                      async fetch(request, env, ctx) {
                        const aborted = new Promise((resolve) => request.signal.addEventListener('abort', resolve));
                        ctx.waitUntil(aborted.then(() => console.log('cleaned up')));
                        console.log('begun');
                        await aborted;
                        return new Response('too late');
                      },
                    };
                    """));
            TestWorkers.Sent sent = workers.send(version, FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY));
            TestWorkers.await(() -> !workers.console.isEmpty());

            sent.event().disconnect("The client closed the connection");

            assertThat(sent.answer().join().outcome()).isEqualTo(new Outcome.Ok());
            assertThat(workers.console).contains("steadfast/production log cleaned up");
        }
    }

    @Test
    void aReaderThatLeavesAStreamedResponseEndsTheEvent() {
        try (TestWorkers workers = new TestWorkers()) {
            Version version = workers.deploy("fountain", List.of(), TestWorkers.module("index.js", """
                    export default {
                      fetch: () => new Response(new ReadableStream({
                        pull(controller) { controller.enqueue(new Uint8Array(1000)); },
                      })),
                    };
                    """));
            CompletableFuture<Body> body = new CompletableFuture<>();
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            workers.runtime.fetch(
                    version, FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY), new EventHandler() {
                        @Override
                        public void respond(int status, String statusText, String headers, Body content) {
                            body.complete(content);
                        }

                        @Override
                        public void end(Outcome ended) {
                            outcome.complete(ended);
                        }
                    });
            Body.Streamed streamed = (Body.Streamed) body.join();
            assertThat(streamed.source().read().toCompletableFuture().join()).isPresent();

            streamed.source().cancel("The client closed the connection");

            assertThat(outcome.join()).isEqualTo(new Outcome.ResponseStreamDisconnected());
        }
    }

    @Test
    void aCalleeThatIsNotAwaitedEndsWithItsCaller() {
        try (TestWorkers workers = new TestWorkers()) {
            workers.deploy("callee", List.of(), TestWorkers.module("index.js", """
                    export default {
                      async fetch(request) {
                        request.signal.addEventListener('abort', () => console.log('aborted'));
                        await new Promise(() => {});
                      },
                    };
                    """));
            Version version =
                    workers.deploy("careless", List.of(service("callee")), TestWorkers.module("index.js", """
                    export default {
                      async fetch(request, env) {
                        env.CALLEE.fetch(request.url);
                        await new Promise((resolve) => setTimeout(resolve, 200));
                        return new Response('done');
                      },
                    };
                    """));

            assertThat(workers.get(version).body()).isEqualTo("done");
            TestWorkers.await(() -> workers.console.contains("callee/production log aborted"));
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
                    List.of(),
                    TestWorkers.module("index.js", "export default { fetch: () => new Response('fine') };"));

            assertThat(workers.get(stuck).outcome()).isInstanceOf(Outcome.Exceeded.class);

            assertThat(workers.get(fine).body()).isEqualTo("fine");
            assertThat(workers.lost).hasValue(1);
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
    void aVersionsOwnLimitsGoBeforeTheServers() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.isolates=1")) {
            LimitOverrides own = new LimitOverrides(
                    Optional.of(Duration.ofSeconds(1)),
                    Optional.of(Duration.ofSeconds(10)),
                    Optional.of(Duration.ofMillis(1500)),
                    Optional.empty(),
                    Optional.of(ByteSize.parse("1KB")),
                    Optional.of(ByteSize.parse("100B")),
                    OptionalInt.empty(),
                    OptionalInt.of(1),
                    Optional.empty(),
                    Optional.empty());
            Version version = workers.deploy("own", own, TestWorkers.module("index.js", """
                    export default {
                      async fetch(request) {
                        if (request.url.endsWith('/hog')) for (;;) {}
                        if (request.url.endsWith('/slow')) await scheduler.wait(1e9);
                        for (let i = 0; i < 5; i++) console.log('x'.repeat(40));
                      },
                    };
                    """));

            send(workers, version, "/log").join();
            CompletableFuture<TestWorkers.Answer> slow = send(workers, version, "/slow");

            assertThat(send(workers, version, "/log").join().outcome())
                    .isEqualTo(
                            new Outcome.Canceled(
                                    "The worker has as many events as it may: 1 (skerry.limits.concurrency) in each of its 1 isolates"));
            assertThat(slow.join().outcome())
                    .isEqualTo(new Outcome.Exceeded(
                            Outcome.Limit.WALL_TIME,
                            "Worker exceeded its wall time limit of 10000 ms (skerry.limits.wall)."));
            assertThat(send(workers, version, "/hog").join().outcome())
                    .isEqualTo(new Outcome.Exceeded(
                            Outcome.Limit.CPU, "Worker exceeded CPU time limit of 1000 ms (skerry.limits.cpu)."));
            assertThat(workers.console).hasSize(3);
            assertThat(workers.console.getLast()).contains("more than 100B (skerry.limits.log)");
            Version large =
                    workers.deploy("large", own, TestWorkers.module("index.js", "/*" + "x".repeat(1024) + "*/"));
            assertThatThrownBy(() -> workers.runtime.tryStart(large))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The modules of large/production have 1028 bytes together;"
                            + " at most 1KB are allowed (skerry.limits.script)");
            Version sluggish = workers.deploy("sluggish", own, TestWorkers.module("index.js", "for (;;) {}"));
            assertThat(workers.get(sluggish).outcome())
                    .isEqualTo(new Outcome.Exceeded(
                            Outcome.Limit.STARTUP,
                            "Worker exceeded its startup CPU time limit of 1500 ms (skerry.limits.startup)."));
        }
    }

    @Test
    void anEventIsNotChargedForTheTimeInWhichOthersHadTheProcessors() {
        AtomicBoolean busy = new AtomicBoolean(true);
        try (TestWorkers workers = new TestWorkers("skerry.limits.cpu=2s", "skerry.limits.isolates=1")) {
            // Each of its turns lasts by the clock, and gets a part of a processor.
            Version version = workers.deploy("patient", List.of(), TestWorkers.module("index.js", """
                    export default {
                      async fetch(request) {
                        for (let turn = 0; turn < (request.url.endsWith('/long') ? 8 : 1); turn++) {
                          const end = Date.now() + 400;
                          while (Date.now() < end) for (let i = 0; i < 100; i++);
                          await scheduler.wait(1);
                        }
                        return new Response('done');
                      },
                    };
                    """));
            assertThat(send(workers, version, "/short").join().body()).isEqualTo("done");
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                Thread.ofPlatform().daemon().start(() -> {
                    while (busy.get()) {
                        Thread.onSpinWait();
                    }
                });
            }

            assertThat(send(workers, version, "/long").join().body()).isEqualTo("done");
        } finally {
            busy.set(false);
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
            assertThat(workers.runtime.isolates()).hasSize(1);

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
            isolate.fetch(FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY), answer, 1);
            assertThat(answer.answer().join().body()).isEqualTo("2");

            TestWorkers.await(isolate::idle);
            isolate.retire("It was idle");
            assertThat(isolate.admission().admit()).isFalse();
            assertThat(workers.get(version).body()).isEqualTo("1");
        }
    }

    private static Binding service(String name) {
        return new Binding.Service(
                name.toUpperCase(java.util.Locale.ROOT),
                new ServiceName(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
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
