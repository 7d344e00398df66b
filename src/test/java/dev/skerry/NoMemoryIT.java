package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose limits of memory were all taken away, with workers that fill its small heap: sooner or later that ends one of its event loops, and then it ends itself,
 * for whoever supervises it to start it again. The executable may also end at once, when its compiler gets no memory.
 */
@EnabledIfSystemProperty(
        named = "hogs.all",
        matches = "true",
        disabledReason = "It takes some minutes; -Dhogs.all=true runs it")
class NoMemoryIT {
    private static final int HOGS = 8;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(75);
    /** From the death of a loop to the end: a look, and what ending in order may take. */
    private static final Duration END = Duration.ofSeconds(20);

    private static final int LOOP_DIED = 70;
    /** GraalVM's own, where its compiler asks for memory of a full heap. */
    private static final int FATAL = 99;

    @TempDir
    private Path folder;

    @Test
    void aServerWhoseEventLoopDiedForLackOfMemoryEndsWithAnExitCode() throws Exception {
        Workers workers =
                new Workers(folder).write("fine.js", Workers.answering("fine")).write("hog.js", Workers.KEEPING);
        StringBuilder yaml = new StringBuilder("""
                skerry:
                  limits: {cpu: 20s, memory: 10GB, isolates: 1}
                  runtime: {heap-pressure: 100, backoff: 1ms, stock: 0}
                  ingress: {collect: 300MB}
                services:
                  fine: {main: fine.js}
                """);
        for (int i = 0; i < HOGS; i++) {
            yaml.append("  hog-").append(i).append(": {main: hog.js}\n");
        }
        workers.write("skerry.yaml", yaml.toString());
        ServerProcess server = workers.startWith("-Xmx110m");
        long deadline = System.nanoTime() + LONG_ENOUGH.toNanos();
        try (ExecutorService clients = Executors.newCachedThreadPool()) {
            for (int i = 0; i < HOGS; i++) {
                String host = "hog-" + i + ".localhost";
                clients.execute(() -> ask(server, host, 0, deadline));
            }
            clients.execute(() -> ask(server, "fine.localhost", 0, deadline));
            clients.execute(() -> ask(server, "fine.localhost", 60 << 20, deadline));
            while (server.isAlive() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        if (server.isAlive()) {
            // One that is about to end is given its time.
            TimeUnit.SECONDS.sleep(END.toSeconds());
        }
        boolean survived = server.isAlive();
        if (survived) {
            server.kill();
        }
        assumeThat(survived)
                .as("no event loop met the full heap within %s: nothing was to be seen", LONG_ENOUGH)
                .isFalse();
        assertThat(server.exitCode()).isIn(server.isNative() ? List.of(LOOP_DIED, FATAL) : List.of(LOOP_DIED));
    }

    /** Sends requests as long as the server lives. */
    private static void ask(ServerProcess server, String host, int body, long deadline) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .header("host", host)
                .timeout(Duration.ofSeconds(20))
                .method(body == 0 ? "GET" : "POST", BodyPublishers.ofByteArray(new byte[body]))
                .build();
        while (server.isAlive() && System.nanoTime() < deadline) {
            try {
                client.send(request, BodyHandlers.discarding());
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                return;
            } catch (java.io.IOException e) {
                // The server is not well.
            }
        }
    }
}
