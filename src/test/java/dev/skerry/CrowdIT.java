package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers of which each may keep what it wants to, and that all together want more than the heap. */
class CrowdIT {
    private static final int HOGS = 8;
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void workersThatFillTheHeapTogetherAreClosedBeforeItIsFull() {
        Workers workers =
                new Workers(folder).write("fine.js", Workers.answering("fine")).write("hog.js", Workers.KEEPING);
        StringBuilder yaml = new StringBuilder("""
                skerry: {limits: {memory: 256MB}, runtime: {backoff: 1ms}}
                services:
                  fine: {main: fine.js}
                """);
        for (int i = 0; i < HOGS; i++) {
            yaml.append("  hog-").append(i).append(": {main: hog.js}\n");
        }
        try (ServerProcess server =
                        workers.write("skerry.yaml", yaml.toString()).startWith("-Xmx400m");
                ExecutorService clients = Executors.newCachedThreadPool()) {
            long end = System.nanoTime() + LONG.toNanos();
            List<CompletableFuture<Void>> hogs = IntStream.range(0, HOGS)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> {
                                while (System.nanoTime() < end) {
                                    assertThat(server.get("hog-" + i + ".localhost", "/")
                                                    .statusCode())
                                            .isEqualTo(503);
                                }
                            },
                            clients))
                    .toList();
            while (System.nanoTime() < end) {
                HttpResponse<String> answer = server.get("fine.localhost", "/");
                assertThat(answer.body()).isEqualTo("fine");
            }
            hogs.forEach(CompletableFuture::join);

            if (server.isNative()) {
                // A JVM's collector may leave so much garbage that it is seen later, and the engine meets the end of
                // the heap before.
                assertThat(server.log())
                        .contains("% of the server's heap are in use")
                        .doesNotContain("OutOfMemoryError");
            }
            assertThat(server.admin("/q/health").statusCode()).isEqualTo(200);
        }
    }
}
