package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that take more than they may. */
class LimitsIT {
    @TempDir
    private Path folder;

    @Test
    void anEndlessLoopIsEndedAtItsCpuLimitWhileAnotherServiceKeepsAnswering() throws Exception {
        Workers workers = new Workers(folder)
                .write("loop.js", "export default { fetch() { while (true) {} } };")
                .write("quick.js", Workers.answering("quick"))
                .write("skerry.yaml", """
                        skerry: {limits: {cpu: 1s}}
                        services:
                          loop: {main: loop.js}
                          quick: {main: quick.js, limits: {cpu: 30s}}
                        """);
        try (ServerProcess server = workers.start();
                ExecutorService client = Executors.newSingleThreadExecutor()) {
            assertThat(server.get("quick.localhost", "/").body()).isEqualTo("quick");

            Future<HttpResponse<String>> loop = client.submit(() -> server.get("loop.localhost", "/"));
            int answers = 0;
            do {
                assertThat(server.get("quick.localhost", "/").body()).isEqualTo("quick");
                answers++;
            } while (!loop.isDone());

            assertThat(answers).isGreaterThan(1);
            assertThat(loop.get().statusCode()).isEqualTo(503);
            server.awaitLog("loop/production v1 reached its limit cpu: ");
        }
    }
}
