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
    /** What the engine does in one go: on a JVM a power, on the executable, which stops at that, to look for one text at each place of another, for hours. */
    private static final String STUCK = """
            export default {
              fetch: (request) => new Response(new URL(request.url).pathname === '/power' ? 3n ** 200000000n : 'a'.repeat(4e7).indexOf('a'.repeat(2e7) + 'b')),
            };
            """;

    /** Each takes longer than a thread is waited for. */
    private static final List<String> BIGINTS =
            List.of("3n ** 200000000n", "BigInt('9'.repeat(1e7))", "(1n << 300000000n).toString()");

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
            assertThat(threads(server)).contains("\"status\": \"UP\"", "\"lost\": 0", "\"bearable\": 1");

            assertThat(server.get("one.localhost", path(server)).statusCode()).isEqualTo(503);
            server.await("a lost thread", () -> threads(server).contains("\"lost\": 1"));
            assertThat(threads(server)).contains("\"status\": \"UP\"");
            assertThat(server.admin("/q/health").statusCode()).isEqualTo(200);
            server.await(
                    "it in the metrics",
                    () -> server.admin("/q/metrics").body().contains("skerry_runners_lost_total 1.0"));
            assertThat(server.admin("/q/metrics").body()).contains("outcome=\"exceededCpu\",service=\"one\"");
            server.awaitLog("one/production v1: a thread could not be stopped");

            assertThat(server.get("two.localhost", path(server)).statusCode()).isEqualTo(503);
            server.await("too many lost threads", () -> threads(server).contains("\"lost\": 2"));
            HttpResponse<String> ready = server.admin("/q/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(threads(server)).contains("\"status\": \"DOWN\"");
            assertThat(server.get("fine.localhost", "/").body()).isEqualTo("fine");
            ended = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(END);
    }

    @Test
    void aBigIntLosesNoThreadOfTheExecutable() {
        Workers workers = new Workers(folder).write("stuck.js", STUCK);
        StringBuilder yaml = new StringBuilder("""
                skerry: {limits: {cpu: 500ms}}
                services:
                  stuck: {main: stuck.js}
                """);
        for (int i = 0; i < BIGINTS.size(); i++) {
            workers.write(
                    "bigint" + i + ".js", "export default { fetch: () => new Response(" + BIGINTS.get(i) + ") };");
            yaml.append("  bigint%d: {main: bigint%d.js}\n".formatted(i, i));
        }
        try (ServerProcess server =
                workers.write("skerry.yaml", yaml.toString()).start()) {
            assumeTrue(server.isNative(), "On a JVM the JDK computes with BigInts in one go");
            for (int i = 0; i < BIGINTS.size(); i++) {
                assertThat(server.get("bigint" + i + ".localhost", "/").statusCode())
                        .as(BIGINTS.get(i))
                        .isEqualTo(503);
            }
            assertThat(server.get("stuck.localhost", path(server)).statusCode()).isEqualTo(503);
            server.await(
                    "a thread that was lost after them", () -> !threads(server).contains("\"lost\": 0"));
            assertThat(threads(server)).contains("\"lost\": 1");
        }
    }

    private static String path(ServerProcess server) {
        return server.isNative() ? "/search" : "/power";
    }

    /** What the health of the server says of its threads. */
    private static String threads(ServerProcess server) {
        String health = server.admin("/q/health/ready").body();
        int check = health.indexOf("\"name\": \"threads\"");
        return check < 0 ? health : health.substring(check, health.indexOf("}\n", check));
    }
}
