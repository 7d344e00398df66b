package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.binding.Body;
import dev.skerry.model.Binding;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Outcome;
import dev.skerry.model.OwnLimits;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Limits of time and of number, at their edge and beyond. */
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

            // Whatever is slow but once in a process was so in another version.
            workers.get(workers.deploy(
                    "first",
                    HogsTest.PATIENT,
                    TestWorkers.module("index.js", "export default { fetch: () => new Response('') };")));
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
    void aVersionsOwnLimitsGoBeforeTheServers() {
        try (TestWorkers workers = new TestWorkers("skerry.limits.isolates=1")) {
            LimitOverrides own = OwnLimits.of("cpu=1s", "startup=3s", "script=1KB", "log=100B", "concurrency=1");
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
            TestWorkers.Sent slow =
                    workers.send(version, FetchEvent.of("GET", "http://example.com/slow", "", Body.EMPTY));

            assertThat(send(workers, version, "/log").join().outcome())
                    .isEqualTo(
                            new Outcome.Canceled(
                                    "The worker has as many events as it may: 1 (skerry.limits.concurrency) in each of its 1 isolates"));
            slow.event().disconnect("It has waited long enough");
            assertThat(slow.answer().join().outcome()).isEqualTo(new Outcome.Canceled("It has waited long enough"));
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
                            "Worker exceeded its startup CPU time limit of 3000 ms (skerry.limits.startup)."));
            Version patient = workers.deploy(
                    "patient",
                    OwnLimits.of("wall=1s"),
                    TestWorkers.module("index.js", "export default { fetch: () => scheduler.wait(1e9) };"));
            assertThat(workers.get(patient).outcome())
                    .isEqualTo(new Outcome.Exceeded(
                            Outcome.Limit.WALL_TIME,
                            "Worker exceeded its wall time limit of 1000 ms (skerry.limits.wall)."));
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
            for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
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
}
