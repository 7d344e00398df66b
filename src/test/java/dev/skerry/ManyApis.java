package dev.skerry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Workers that use something of each API: {@code neighbour.js} all of them or one, with the bindings {@code PEER}, which is {@code peer.js}, and {@code KV}. */
final class ManyApis {
    private ManyApis() {}

    /** What the functions of {@code apis.js} are called. */
    static List<String> names() {
        return read("apis.js")
                .lines()
                .filter(line -> line.startsWith("  ") && line.contains(": "))
                .map(line -> line.substring(0, line.indexOf(':')).strip())
                .toList();
    }

    static Workers write(Workers workers) {
        for (String name : List.of("apis.js", "neighbour.js", "peer.js")) {
            workers.write(name, read(name));
        }
        return workers;
    }

    private static String read(String name) {
        try (InputStream file = Objects.requireNonNull(ManyApis.class.getResourceAsStream("/apis/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
