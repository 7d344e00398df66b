package dev.skerry.wrangler;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skerry.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server for all tests with wrangler, and a folder for each of their projects. Thread-safe. */
final class Projects implements AutoCloseable {
    static final String TOKEN = "a token for wrangler";
    static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

    private final Path folder;
    private final ServerProcess server;

    private Projects(Path folder, ServerProcess server) {
        this.folder = folder;
        this.server = server;
    }

    private static Projects start() {
        try {
            Path folder = Files.createTempDirectory("skerry-wrangler");
            Path config = Files.writeString(folder.resolve("skerry.yaml"), "skerry: {}\n");
            return new Projects(
                    folder,
                    ServerProcess.start(
                            config, folder, Map.of("SKERRY_ADMIN_TOKEN", TOKEN, "SKERRY_ACCOUNT_ID", ACCOUNT)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the one server to the constructors of test classes; it ends after the last of them. */
    static final class OneServer implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Projects.class;
        }

        @Override
        public Projects resolveParameter(ParameterContext parameter, ExtensionContext context) {
            assumeTrue(
                    Stream.of(EachWrangler.OLD, EachWrangler.NEW)
                            .map(Wrangler::installed)
                            .anyMatch(Optional::isPresent),
                    "wrangler is not installed: scripts/lib/wrangler does it where npm is");
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Projects.class, key -> start(), Projects.class);
        }
    }

    /**
     * A project of a name that no other has: {@code src/index.js} is yet to be written.
     *
     * @param more members of its {@code wrangler.jsonc}, each after a comma
     */
    Wrangler project(String version, String prefix, String more) throws IOException {
        Optional<Path> installed = Wrangler.installed(version);
        assumeTrue(installed.isPresent(), "wrangler " + version + " is not installed (scripts/lib/wrangler)");
        String name = name(prefix, version);
        Path project = Files.createDirectories(folder.resolve(name));
        return new Wrangler(installed.get(), project, name, server.adminAddress()).configure(more);
    }

    static String name(String prefix, String version) {
        return prefix + version.replace('.', '-');
    }

    /** What the worker at a host below {@code localhost} answers to GET. */
    HttpResponse<String> get(String host, String path, String... headers) {
        return server.get(host.indexOf('.') < 0 || !host.endsWith(".com") ? host + ".localhost" : host, path, headers);
    }

    String ask(String host) {
        return ask(host, "/");
    }

    String ask(String host, String path) {
        return get(host, path).body();
    }

    /** What the API answers to GET of a path below the account's. */
    String api(String path) {
        return server.admin("/client/v4/accounts/" + ACCOUNT + path, "Authorization", "Bearer " + TOKEN)
                .body();
    }

    ServerProcess server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
