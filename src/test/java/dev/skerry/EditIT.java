package dev.skerry;

import static dev.skerry.Workers.answering;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are edited while the server runs. */
class EditIT {
    /** What is promised is one second; a busy machine may need more. */
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void anEditIsLiveSoonAndABrokenOneLeavesTheOldVersionServing() {
        Workers workers = new Workers(folder)
                .write("a.js", answering("first"))
                .write("skerry.yaml", "services:\n  a: {main: a.js}\n");
        try (ServerProcess server = workers.start()) {
            assertThat(server.get("a.localhost", "/").body()).isEqualTo("first");

            workers.write("a.js", answering("second"));
            long edited = System.nanoTime();
            server.await(
                    "the second edition",
                    () -> server.get("a.localhost", "/").body().equals("second"));
            assertThat(Duration.ofNanos(System.nanoTime() - edited)).isLessThan(SOON);

            workers.write("a.js", "export default { fetch() { return new Response('third';");
            server.awaitLog("cannot be applied");
            server.awaitLog("SyntaxError");
            assertThat(server.log()).contains("a.js");
            assertThat(server.get("a.localhost", "/").body()).isEqualTo("second");

            workers.write("a.js", answering("third"))
                    .write("b.js", answering("another"))
                    .write("skerry.yaml", "services:\n  a: {main: a.js}\n  b: {main: b.js}\n");
            server.await("the new service", () -> server.get("b.localhost", "/").statusCode() == 200);
            assertThat(server.get("a.localhost", "/").body()).isEqualTo("third");
        }
    }
}
