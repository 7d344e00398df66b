package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that the engine cannot stop: given up, replaced, counted, and no hindrance to the end of the process. */
class LostThreadsIT {
    /** What the engine does in one go: a number of so many digits becomes one digit by digit, each time as a whole. */
    private static final String STUCK = """
            export default {
              fetch: () => new Response(new Intl.NumberFormat().format('1'.repeat(3e6))),
            };
            """;

    /** What the executable is stopped at, or soon done with; each would take longer than a thread is waited for. */
    private static final List<String> STOPPABLE = List.of(
            "3n ** 200000000n",
            "BigInt('9'.repeat(1e7))",
            "(1n << 300000000n).toString()",
            "(1n << 30000000n).toLocaleString()",
            "'a'.repeat(4e7).indexOf('a'.repeat(2e7) + 'b')",
            "'a'.repeat(4e7).replaceAll('a'.repeat(2e7) + 'b', 'c')",
            "'\u00df'.repeat(2e7).toUpperCase()",
            "'\u03a3'.repeat(1e7).toLowerCase()",
            "('a' + '\u0315\u0300'.repeat(4e6)).normalize('NFD')",
            "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 3)",
            "Array.prototype.splice.call({ length: 2 ** 53 - 1 }, 0, 1)",
            "new Uint8Array({ length: 1e8 })",
            "Array.from({ length: 2e6 }, (_, i) => i * 7919 % 2000003).sort()",
            "JSON.stringify(Array(40).fill().reduce((nested) => [nested, nested], []))",
            "new RegExp(Array.from({ length: 5000 }, (_, i) => `(?<n${i}>a)?`).join('')).exec('a')");

    private static final Duration END = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void aLostThreadIsToldByHealthAndMetricsAndTheProcessStillEnds() {
        Workers workers = new Workers(folder)
                .write("stuck.js", STUCK)
                .write("fine.js", Workers.answering("fine"))
                .write("skerry.yaml", """
                        skerry: {limits: {cpu: 500ms}, runtime: {lost-threads: 1}}
                        services:
                          one: {main: stuck.js}
                          two: {main: stuck.js}
                          fine: {main: fine.js, limits: {cpu: 30s}}
                        """);
        long ended;
        try (ServerProcess server = workers.start()) {
            assertThat(threads(server)).contains("\"status\": \"UP\"", "\"lost\": 0,", "\"bearable\": 1");

            assertThat(server.get("one.localhost", "/").statusCode()).isEqualTo(503);
            server.await("a lost thread", () -> threads(server).contains("\"lost\": 1,"));
            assertThat(threads(server)).contains("\"status\": \"UP\"");
            assertThat(server.admin("/q/health").statusCode()).isEqualTo(200);
            server.await(
                    "it in the metrics",
                    () -> server.admin("/q/metrics").body().contains("skerry_runners_lost_total 1.0"));
            assertThat(server.admin("/q/metrics").body()).contains("outcome=\"exceededCpu\",service=\"one\"");
            server.awaitLog("one/production v1: a thread could not be stopped");

            assertThat(server.get("two.localhost", "/").statusCode()).isEqualTo(503);
            server.await("too many lost threads", () -> threads(server).contains("\"lost\": 2,"));
            HttpResponse<String> ready = server.admin("/q/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(threads(server)).contains("\"status\": \"DOWN\"");
            assertThat(server.get("fine.localhost", "/").body()).isEqualTo("fine");
            ended = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(END);
    }

    @Test
    void theExecutableLosesNoThreadToWhatAJvmDoesInOneGo() {
        Workers workers = new Workers(folder).write("stuck.js", STUCK);
        StringBuilder yaml = new StringBuilder("""
                skerry: {limits: {cpu: 500ms}}
                services:
                  stuck: {main: stuck.js}
                """);
        for (int i = 0; i < STOPPABLE.size(); i++) {
            workers.write(
                    "long" + i + ".js", "export default { fetch: () => new Response(" + STOPPABLE.get(i) + ") };");
            yaml.append("  long%d: {main: long%d.js}\n".formatted(i, i));
        }
        try (ServerProcess server =
                workers.write("skerry.yaml", yaml.toString()).start()) {
            assumeTrue(server.isNative(), "A JVM cannot stop most of them");
            for (int i = 0; i < STOPPABLE.size(); i++) {
                assertThat(server.get("long" + i + ".localhost", "/").statusCode())
                        .as(STOPPABLE.get(i))
                        .isIn(200, 503);
            }
            assertThat(server.get("stuck.localhost", "/").statusCode()).isEqualTo(503);
            server.await(
                    "a thread that was lost after them", () -> !threads(server).contains("\"lost\": 0,"));
            assertThat(threads(server)).contains("\"lost\": 1,");
        }
    }

    /** What the health of the server says of its threads. */
    private static String threads(ServerProcess server) {
        String health = server.admin("/q/health/ready").body();
        int check = health.indexOf("\"name\": \"threads\"");
        return check < 0 ? health : health.substring(check, health.indexOf("}\n", check));
    }
}
