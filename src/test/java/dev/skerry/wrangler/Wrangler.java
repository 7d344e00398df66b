package dev.skerry.wrangler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One version of wrangler, in a project folder of its own, talking to a server. */
final class Wrangler {
    private static final long PATIENCE_SECONDS = 300;

    private final Path installed;
    private final Path project;
    private final String name;
    private final String admin;

    Wrangler(Path installed, Path project, String name, String admin) {
        this.installed = installed;
        this.project = project;
        this.name = name;
        this.admin = admin;
    }

    /** The worker's. */
    String name() {
        return name;
    }

    /** Writes {@code wrangler.jsonc} anew; the members come each after a comma. */
    Wrangler configure(String more) throws IOException {
        return write("wrangler.jsonc", """
                { "name": "%s", "main": "src/index.js", "compatibility_date": "2025-06-01", "upload_source_maps": true %s }
                """.formatted(name, more));
    }

    /** Where {@code scripts/lib/wrangler} has put a version; empty when it has not. */
    static Optional<Path> installed(String version) {
        String folder = System.getenv("SKERRY_WRANGLER");
        String cache = System.getenv("XDG_CACHE_HOME");
        Path root = folder != null
                ? Path.of(folder)
                : (cache != null ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache"))
                        .resolve("skerry/wrangler");
        Path found = root.resolve(version).resolve("node_modules");
        return Files.isExecutable(found.resolve(".bin/wrangler")) ? Optional.of(found) : Optional.empty();
    }

    Wrangler write(String file, String content) throws IOException {
        Path path = project.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        return this;
    }

    /** Runs a command, which must exit 0, and returns what it printed. */
    String run(String... arguments) throws IOException, InterruptedException {
        return runWithInput("", arguments);
    }

    String runWithInput(String input, String... arguments) throws IOException, InterruptedException {
        Path out = output();
        Process process = start(out, arguments);
        try (var stdin = process.outputWriter()) {
            stdin.write(input);
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String printed = Files.readString(out);
        assertThat(process.waitFor())
                .as("wrangler %s printed%n%s", String.join(" ", arguments), printed)
                .isZero();
        return printed;
    }

    /** A file for what a command prints. */
    Path output() throws IOException {
        return Files.createTempFile(project, "out", ".txt");
    }

    /** Starts a command that goes on, such as {@code tail}. */
    Process start(Path out, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(installed.resolve(".bin/wrangler").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        Path node = installed.resolve("node/bin");
        Map<String, String> environment = builder.environment();
        if (Files.isDirectory(node)) {
            environment.merge("PATH", node.toString(), (path, own) -> own + ":" + path);
        }
        environment.putAll(Map.of(
                "CLOUDFLARE_API_BASE_URL",
                "http://" + admin + "/client/v4",
                "CLOUDFLARE_API_TOKEN",
                Projects.TOKEN,
                "CLOUDFLARE_ACCOUNT_ID",
                Projects.ACCOUNT,
                "WRANGLER_SEND_METRICS",
                "false",
                "NO_COLOR",
                "1",
                "CI",
                "1"));
        return builder.start();
    }
}
