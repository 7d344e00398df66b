package dev.skerry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A folder of workers and the YAML file that declares them, for a server of a test. */
record Workers(Path folder) {
    /** A worker that keeps all that it makes, and never answers. */
    static final String KEEPING = """
            export default {
              fetch() {
                const kept = [];
                for (;;) kept.push({ a: kept.length, b: [1] });
              },
            };
            """;

    /** A worker whose answer is the text. */
    static String answering(String text) {
        return "export default { fetch() { return new Response('" + text + "'); } };";
    }

    Path yaml() {
        return folder.resolve("skerry.yaml");
    }

    /** Writes a file as an editor does: it is there as a whole or not at all. */
    Workers write(String name, String content) {
        try {
            Path next = Files.writeString(folder.resolve(name + "~"), content);
            Files.move(
                    next,
                    folder.resolve(name),
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A server with these workers, whose data and log are in the same folder; ready. */
    ServerProcess start() {
        return start(Map.of());
    }

    /** A server whose JVM has an option more. */
    ServerProcess startWith(String javaOption) {
        return start(Map.of("SKERRY_JAVA_OPTS", javaOption));
    }

    /** A server with variables in its environment and options of {@code serve}. */
    ServerProcess start(Map<String, String> variables, String... options) {
        return ServerProcess.start(yaml(), folder, variables, options);
    }
}
