package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Outcome;
import dev.skerry.model.OwnLimits;
import dev.skerry.model.Version;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Workers that take all the time they can get: each ends with the right outcome, its service goes on, and another one answers meanwhile. Those that take
 * memory are in HogsIT: the heap of a test is too large for them.
 */
class HogsTest {
    static final LimitOverrides PATIENT = OwnLimits.of("cpu=60s");

    private final TestWorkers workers =
            new TestWorkers("skerry.limits.cpu=300ms", "skerry.limits.isolates=1", "skerry.limits.wait-until=2s");
    private final Version neighbour = workers.deploy(
            "neighbour",
            PATIENT,
            TestWorkers.module("index.js", "export default { fetch() { return new Response('still here'); } };"));

    /**
     * Has an error reported. On the JVM a class that is first needed at the end of the stack is broken for the whole process, and some of those below go there; so what
     * they need is needed here.
     */
    @BeforeAll
    static void report() {
        try (TestWorkers first = new TestWorkers()) {
            Version version = first.deploy("first", PATIENT, TestWorkers.module("index.js", """
                    export default {
                      fetch() {
                        const target = new EventTarget();
                        target.addEventListener('x', () => { throw new RangeError('reported'); });
                        target.dispatchEvent(new Event('x'));
                        return new Response('');
                      },
                    };
                    """));
            first.get(version);
            assertThat(first.console).anyMatch(line -> line.contains("reported"));
        }
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @ParameterizedTest(name = "{0} is stopped: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            endless-loop        | for (;;) {}
            catch-all           | for (;;) { try { for (;;) {} } catch { continue; } }
            finally-loop        | (function f() { try { for (;;) {} } finally { f(); } })();
            recursive-catch     | (function f() { for (;;) try { f(); } catch {} })();
            await-loop          | for (;;) await null;
            microtask-flood     | const again = () => { Promise.resolve().then(again); queueMicrotask(again); }; again(); await new Promise(() => {});
            thenable-loop       | const t = { then(resolve) { resolve(t); } }; await t;
            generator-loop      | for (const x of (function* () { for (;;) yield 1; })()) {}
            async-generator     | for await (const x of (async function* () { for (;;) yield 1; })()) {}
            hostile-comparator  | [3, 2, 1].sort(() => { for (;;) {} });
            endless-comparator  | const a = Array.from({ length: 1e5 }, (_, i) => i); for (;;) a.sort(() => Math.random() - 0.5);
            proxy-loop          | const p = new Proxy({}, { get: (t, k, r) => { for (;;) {} } }); p.x;
            getter-loop         | return new Response('', { get status() { for (;;) {} } });
            to-string-loop      | throw { toString() { for (;;) {} } };
            regex-lookbehind    | /(?<=x(?:(a+)a?\\1?)+)b/.test('a'.repeat(80) + 'b');
            regex-not-behind    | /(?<!^(?:(a+)\\1?)+)b/.test('c' + 'a'.repeat(60) + 'b');
            regex-behind-ahead  | /(?<=x(?:(?:a+)+)+(?=(b))\\1)b/.test('a'.repeat(80) + 'b');
            json-loop           | JSON.stringify({ toJSON() { for (;;) {} } });
            property-loop       | const m = {}; for (let i = 0; ; i++) m[i % 1000] = i;
            stream-loop         | for await (const chunk of new ReadableStream({ pull(to) { to.enqueue(new Uint8Array(1)); } })) {}
            event-loop          | const t = new EventTarget(); t.addEventListener('x', () => t.dispatchEvent(new Event('x'))); for (;;) try { t.dispatchEvent(new Event('x')); } catch {}
            inspection-loop     | const a = []; for (let i = 0; i < 100; i++) a.push(Array.from({ length: 100 }, () => a)); for (;;) console.log('%o', a);
            """)
    void aHogIsStopped(String name, String code) {
        Version hog = hog(name, code);
        assertThat(workers.get(neighbour).body()).isEqualTo("still here");
        CompletableFuture<TestWorkers.Answer> answer = send(hog, "/hog");

        int answers = 0;
        do {
            assertThat(workers.get(neighbour).body()).isEqualTo("still here");
            answers++;
        } while (!answer.isDone());

        assertThat(answers).isGreaterThan(1);
        assertThat(answer.join().outcome())
                .isEqualTo(new Outcome.Exceeded(
                        Outcome.Limit.CPU, "Worker exceeded CPU time limit of 300 ms (skerry.limits.cpu)."));
        assertThat(send(hog, "/fine").join().body()).isEqualTo("fine");
        assertThat(workers.lost).hasValue(0);
    }

    @Test
    void threadsThatCannotBeStoppedAreReplacedUpToABound() {
        try (TestWorkers few = new TestWorkers(
                "skerry.limits.cpu=100ms", "skerry.runtime.threads=2", "skerry.runtime.lost-threads=1")) {
            Version fine = few.deploy(
                    "fine",
                    PATIENT,
                    TestWorkers.module("index.js", "export default { fetch: () => new Response('fine') };"));
            for (int i = 1; i <= 2; i++) {
                Version stuck = few.deploy(
                        "stuck-" + i,
                        List.of(),
                        TestWorkers.module(
                                "index.js", "export default { fetch: () => new Response(3n ** 60000000n) };"));
                assertThat(few.get(stuck).outcome()).isInstanceOf(Outcome.Exceeded.class);
                int lost = i;
                TestWorkers.await(() -> few.lost.get() == lost);
            }

            assertThat(few.get(fine).body()).isEqualTo("fine");
        }
    }

    @Test
    void theOtherEventsOfAHogsIsolateAreCanceled() {
        Version hog = hog("crowded", "for (;;) {}");
        assertThat(send(hog, "/fine").join().status()).isEqualTo(200);

        CompletableFuture<TestWorkers.Answer> other = send(hog, "/wait");
        CompletableFuture<TestWorkers.Answer> answer = send(hog, "/hog");

        assertThat(answer.join().outcome()).isInstanceOf(Outcome.Exceeded.class);
        assertThat(other.join().outcome())
                .isEqualTo(new Outcome.Canceled("The isolate was closed: another event ended with exceededCpu"));
    }

    @Test
    void endlessRecursionIsAnErrorOfTheWorker() {
        Version hog = hog("deep", "(function f() { f(); })();", PATIENT);

        assertThat(send(hog, "/hog").join().outcome())
                .isInstanceOfSatisfying(
                        Outcome.Threw.class, threw -> assertThat(threw.name()).isEqualTo("RangeError"));
        assertThat(send(hog, "/fine").join().body()).isEqualTo("fine");
    }

    @Test
    void aLogFloodIsCut() {
        Version flood = hog(
                "flood",
                "for (let i = 0; i < 2000; i++) console.log('x'.repeat(1000)); return new Response('done');",
                PATIENT);

        assertThat(send(flood, "/hog").join().body()).isEqualTo("done");

        List<String> lines = workers.console.stream()
                .filter(line -> line.startsWith("flood/"))
                .toList();
        assertThat(lines).hasSize(256 * 1024 / 1000 + 1);
        assertThat(lines.getLast())
                .isEqualTo("flood/production warn Log limit exceeded: the event has written more than 256KB"
                        + " (skerry.limits.log); the rest is dropped.");
    }

    @Test
    void timersByTheMillionAreRefusedAndEndWithTheirEvent() {
        Version hog = hog("timers", """
                let set = 0;
                try {
                  for (; set < 1e6; set++) setTimeout(() => {}, 1e6);
                } catch (error) {
                  return new Response(`${set} ${error.name}`);
                }
                """, PATIENT);

        assertThat(send(hog, "/hog").join().body()).isEqualTo("10000 QuotaExceededError");
        TestWorkers.await(() -> send(hog, "/hog").join().body().equals("10000 QuotaExceededError"));
    }

    @Test
    void intervalsThatNeverEndAreCutAfterTheResponse() {
        Version hog = hog("intervals", """
                ctx.waitUntil(new Promise(() => {}));
                for (let i = 0; i < 100; i++) setInterval(() => {}, 1);
                return new Response('begun');
                """);
        long begun = System.nanoTime();

        TestWorkers.Answer answer = send(hog, "/hog").join();

        assertThat(answer.body()).isEqualTo("begun");
        assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.MINUTES.toNanos(2));
        assertThat(workers.get(neighbour).body()).isEqualTo("still here");
    }

    private Version hog(String name, String code) {
        return hog(name, code, LimitOverrides.NONE);
    }

    private Version hog(String name, String code, LimitOverrides limits) {
        return workers.deploy(
                name.toLowerCase(Locale.ROOT), limits, TestWorkers.module("index.js", """
                export default {
                  async fetch(request, env, ctx) {
                    if (request.url.endsWith('/fine')) return new Response('fine');
                    if (request.url.endsWith('/wait')) await scheduler.wait(1e9);
                    %s
                    return new Response('not stopped');
                  },
                };
                """.formatted(code)));
    }

    private CompletableFuture<TestWorkers.Answer> send(Version version, String path) {
        return workers.fetch(version, FetchEvent.of("GET", "http://example.com" + path, "", Body.EMPTY));
    }
}
