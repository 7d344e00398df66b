package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.binding.Body;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers that take all the time they can get: each ends with the right outcome, its service goes on, and another one answers meanwhile. */
class HogsTest {
    private static final TestWorkers WORKERS = new TestWorkers("skerry.limits.cpu=500ms", "skerry.limits.isolates=1");
    private static final Version NEIGHBOUR = WORKERS.deploy(
            "neighbour",
            List.of(),
            TestWorkers.module("index.js", "export default { fetch() { return new Response('still here'); } };"));

    @AfterAll
    static void close() {
        WORKERS.close();
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
            catastrophic-regex  | /^(a+)\\1*(a+)*\\2$/.test('a'.repeat(200) + 'b');
            hostile-comparator  | [3, 2, 1].sort(() => { for (;;) {} });
            endless-comparator  | const a = Array.from({ length: 1e5 }, (_, i) => i); for (;;) a.sort(() => Math.random() - 0.5);
            proxy-loop          | const p = new Proxy({}, { get: (t, k, r) => { for (;;) {} } }); p.x;
            getter-loop         | return new Response('', { get status() { for (;;) {} } });
            toString-loop       | throw { toString() { for (;;) {} } };
            json-loop           | JSON.stringify({ toJSON() { for (;;) {} } });
            hash-collisions     | const m = {}; for (let i = 0; ; i++) m[i % 1000] = i;
            """)
    void aHogIsStopped(String name, String code) {
        Version hog = hog(name, code);
        CompletableFuture<TestWorkers.Answer> answer = send(hog, "/hog");

        int answers = 0;
        do {
            assertThat(WORKERS.get(NEIGHBOUR).body()).isEqualTo("still here");
            answers++;
        } while (!answer.isDone());

        assertThat(answers).isGreaterThan(1);
        assertThat(answer.join().outcome())
                .isEqualTo(new Outcome.Exceeded(
                        Outcome.Limit.CPU, "Worker exceeded CPU time limit of 500 ms (skerry.limits.cpu)."));
        assertThat(send(hog, "/fine").join().body()).isEqualTo("fine");
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
    void aLogFloodIsCut() {
        Version flood = hog("flood", "for (let i = 0; i < 1e4; i++) console.log('x'.repeat(1000)); return new Response('done');");

        assertThat(send(flood, "/hog").join().body()).isEqualTo("done");

        List<String> lines = WORKERS.console.stream()
                .filter(line -> line.startsWith("flood/"))
                .toList();
        assertThat(lines).hasSize(256 * 1024 / 1000 + 1);
        assertThat(lines.getLast())
                .isEqualTo("flood/production warn Log limit exceeded: the event has written more than 256KB"
                        + " (skerry.limits.log); the rest is dropped.");
    }

    private static Version hog(String name, String code) {
        return WORKERS.deploy(name.toLowerCase(java.util.Locale.ROOT), List.of(), TestWorkers.module("index.js", """
                export default {
                  async fetch(request) {
                    if (request.url.endsWith('/fine')) return new Response('fine');
                    if (request.url.endsWith('/wait')) await new Promise(() => {});
                    %s
                    return new Response('not stopped');
                  },
                };
                """.formatted(code)));
    }

    private static CompletableFuture<TestWorkers.Answer> send(Version version, String path) {
        return WORKERS.fetch(version, FetchEvent.of("GET", "http://example.com" + path, "", Body.EMPTY));
    }
}
