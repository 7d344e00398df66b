package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Version;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Timers of several events in one isolate; what one event sees of them is in {@code timers.any.js}. */
class TimersTest {
    private final TestWorkers workers = new TestWorkers("skerry.limits.isolates=1");

    @AfterEach
    void close() {
        workers.close();
    }

    private Version deploy(String code) {
        return workers.deploy("timers", List.of(), TestWorkers.module("index.js", """
                let rang = 0;
                export default { async fetch(request, env, ctx) { %s } };
                """.formatted(code)));
    }

    @Test
    void theTimersOfAnEventEndWithIt() {
        Version version = deploy("""
                const before = rang;
                for (let i = 0; i < 6000; i++) setTimeout(() => rang++, 10);
                if (before === 0) return new Response(rang);
                """);
        for (int event = 0; event < 3; event++) {
            assertThat(workers.get(version).body()).isEqualTo("0");
        }
    }

    @Test
    void anEventEndsWithTheLastOfItsTimersThatIsWaitedFor() {
        Version version = deploy("""
                const seen = [];
                const at = (ms) => new Promise((resolve) => setTimeout(() => { seen.push(ms); resolve(); }, ms));
                const left = setTimeout(() => rang++, 100);
                clearTimeout(left);
                ctx.waitUntil(at(900));
                await Promise.all([at(400), at(1)]);
                return new Response(`${seen} ${rang}`);
                """);
        assertThat(workers.get(version).body()).isEqualTo("1,400 0");
        assertThat(workers.get(version).body()).isEqualTo("1,400 0");
    }

    @Test
    void aTimerCannotBeSetInGlobalScope() {
        Version version = workers.deploy(
                "early",
                List.of(),
                TestWorkers.module(
                        "index.js",
                        "let said; try { setTimeout(() => {}, 1) } catch (e) { said = e.message }"
                                + " export default { fetch: () => new Response(said) };"));
        assertThat(workers.get(version).body()).startsWith("Disallowed operation called within global scope.");
    }
}
