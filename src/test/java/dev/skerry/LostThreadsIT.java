package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that the engine cannot stop: given up, replaced, counted, and no hindrance to the end of the process. */
class LostThreadsIT {
    /** The engine computes a power of some 20 MB in one go. */
    private static final String STUCK = "export default { fetch() { return new Response(3n ** 200000000n); } };";

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

            assertThat(server.get("one.localhost", "/").statusCode()).isEqualTo(503);
            server.await("a lost thread", () -> threads(server).contains("\"lost\": 1"));
            assertThat(threads(server)).contains("\"status\": \"UP\"");
            assertThat(server.admin("/q/health").statusCode()).isEqualTo(200);
            server.await(
                    "it in the metrics",
                    () -> server.admin("/q/metrics").body().contains("skerry_runners_lost_total 1.0"));
            assertThat(server.admin("/q/metrics").body()).contains("outcome=\"exceededCpu\",service=\"one\"");
            server.awaitLog("one/production v1: a thread could not be stopped");

            assertThat(server.get("two.localhost", "/").statusCode()).isEqualTo(503);
            server.await("too many lost threads", () -> threads(server).contains("\"lost\": 2"));
            HttpResponse<String> ready = server.admin("/q/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(threads(server)).contains("\"status\": \"DOWN\"");
            assertThat(server.get("fine.localhost", "/").body()).isEqualTo("fine");
            ended = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(END);
    }

    /** What the health of the server says of its threads. */
    private static String threads(ServerProcess server) {
        String health = server.admin("/q/health/ready").body();
        int check = health.indexOf("\"name\": \"threads\"");
        return check < 0 ? health : health.substring(check, health.indexOf("}\n", check));
    }
}
