package dev.skerry.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs the {@code *.any.js} of a checkout of the Web Platform Tests, each in an isolate of its own, and keeps a {@link WptBoard}. {@code scripts/wpt}
 * is how to start it.
 *
 * <p>The scripts that a file names and its own text are one CommonJS module, which is evaluated in an event: sloppy code, whose functions see one another,
 * as in a page. The checkout's files are served on loopback for {@code fetch}; what the suite's own server would do is not there. A file that hangs ends with
 * what it had by then.
 */
final class WebPlatformTests implements AutoCloseable {
    static final List<String> FOLDERS = List.of(
            "url",
            "encoding",
            "streams",
            "fetch/api",
            "WebCryptoAPI",
            "dom/abort",
            "dom/events",
            "compression",
            "urlpattern");

    private static final Path HARNESS = Path.of("src/test/resources/testharness.js");
    private static final int LONG = 5;
    private static final String MAIN = """
            const [LOCATION, LIMIT, TITLE] = %s;
            export default {
              async fetch() {
                globalThis.__timeout = LIMIT / 2;
                globalThis.__title = TITLE;
                const location = new URL(LOCATION), here = fetch;
                globalThis.location = { href: location.href, origin: location.origin, protocol: location.protocol, host: location.host,
                  hostname: location.hostname, port: location.port, pathname: location.pathname, search: location.search, hash: '', toString: () => location.href };
                globalThis.fetch = (input, init) => here(typeof input === 'string' ? new URL(input, location.href).href : input, init);
                await import('./testharness.js');
                let error, late = false;
                try {
                  await import('./test.cjs');
                  late = await Promise.race([__done().then(() => false), new Promise((resolve) => { setTimeout(resolve, LIMIT * 0.8, true); })]);
                } catch (e) {
                  error = `${e}`;
                }
                return Response.json({ late, error, results: JSON.parse(__results()) });
              },
            };
            """;

    private final Path root;
    private final Duration limit;
    private final HttpServer server;
    private final TestWorkers normal;
    private final TestWorkers patient;
    private final WptBoard board = new WptBoard();
    private final ObjectMapper json = new ObjectMapper();

    /** @param limit the time that a file has; one with {@code timeout=long} has five times that */
    WebPlatformTests(Path root, Duration limit) {
        this.root = root.toAbsolutePath().normalize();
        this.limit = limit;
        this.server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                this.root,
                SimpleFileServer.OutputLevel.NONE);
        server.start();
        this.normal = workers(limit);
        this.patient = workers(limit.multipliedBy(LONG));
    }

    private TestWorkers workers(Duration time) {
        return new TestWorkers(
                "skerry.egress.allow=127.0.0.1:" + server.getAddress().getPort(),
                "skerry.limits.cpu=" + time.toMillis() + "ms",
                "skerry.limits.startup=" + time.toMillis() + "ms",
                // A file that hangs tells so itself, on a busy machine some time later.
                "skerry.limits.wall=" + 6 * time.toMillis() + "ms");
    }

    WptBoard board() {
        return board;
    }

    /** Runs what stands below a folder of the checkout. */
    void run(String folder, Consumer<WptBoard.Line> progress) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".any.js"))
                    .sorted()
                    .toList()) {
                WptFile test = WptFile.read(root, file);
                for (String variant : test.variants()) {
                    progress.accept(run(folder, test, variant));
                }
            }
        }
    }

    private WptBoard.Line run(String folder, WptFile test, String variant) throws IOException {
        String name = test.name() + variant;
        if (test.missing().isPresent()) {
            return add(
                    new WptBoard.Line(
                            folder, name, 0, 0, "skipped: " + test.missing().get(), true),
                    List.of());
        }
        StringBuilder text = new StringBuilder("(function () {\n");
        for (Path script : test.scripts()) {
            text.append(Files.readString(script)).append("\n;\n");
        }
        text.append(test.script()).append("\n}).call(globalThis);");
        Duration time = test.longTimeout() ? limit.multipliedBy(LONG) : limit;
        String location = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + test.name() + variant;
        String given = json.writeValueAsString(List.of(location, time.toMillis(), test.name()));
        TestWorkers workers = test.longTimeout() ? patient : normal;
        Version version = workers.deploy(
                "wpt",
                new Code(
                        "main.js",
                        Code.Format.MODULES,
                        List.of(
                                TestWorkers.module("main.js", MAIN.formatted(given)),
                                TestWorkers.module("testharness.js", Files.readString(HARNESS)),
                                new Module("test.cjs", ModuleType.COMMON_JS, Bytes.utf8(text.toString())))),
                List.of());
        try {
            TestWorkers.Answer answer = workers.get(version);
            if (answer.status() != 200) {
                return add(new WptBoard.Line(folder, name, 0, 0, note(answer.outcome()), false), List.of());
            }
            return add(folder, name, json.readTree(answer.body()));
        } catch (CompletionException e) {
            return add(new WptBoard.Line(folder, name, 0, 0, "no answer: " + e.getCause(), false), List.of());
        }
    }

    private static String note(Outcome outcome) {
        return outcome instanceof Outcome.Threw threw ? threw.name() + ": " + threw.message() : outcome.wireName();
    }

    private WptBoard.Line add(String folder, String name, JsonNode answer) {
        int passed = 0;
        List<String> failed = new ArrayList<>();
        for (JsonNode result : answer.get("results")) {
            if (result.get("status").asText().equals("PASS")) {
                passed++;
            } else {
                failed.add(result.get("name").asText() + ": "
                        + result.path("message").asText());
            }
        }
        String note = answer.hasNonNull("error")
                ? answer.get("error").asText()
                : answer.get("late").asBoolean() ? "timed out" : "";
        if (note.isEmpty() && passed + failed.size() == 0) {
            note = "no test in it";
        }
        return add(new WptBoard.Line(folder, name, passed, failed.size(), note, false), failed);
    }

    private WptBoard.Line add(WptBoard.Line whole, List<String> failed) {
        WptBoard.Line line = new WptBoard.Line(
                whole.folder(),
                whole.name(),
                whole.passed(),
                whole.failed(),
                whole.note().lines().findFirst().orElse(""),
                whole.skipped());
        board.add(line, failed);
        return line;
    }

    @Override
    public void close() {
        server.stop(0);
        normal.close();
        patient.close();
    }

    /** {@code DIR BOARD [FOLDER...]}: a checkout, where the board is written, and what is run. */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        List<String> wanted = args.length > 2 ? List.of(args).subList(2, args.length) : FOLDERS;
        try (WebPlatformTests tests = new WebPlatformTests(root, Duration.ofSeconds(10))) {
            for (String folder : wanted) {
                if (Files.isDirectory(root.resolve(folder))) {
                    tests.run(
                            folder,
                            line -> System.out.printf(
                                    "%6d %6d  %s%s%n",
                                    line.passed(),
                                    line.failed(),
                                    line.name(),
                                    line.note().isEmpty() ? "" : "  (" + line.note() + ")"));
                } else {
                    System.out.println("There is no folder " + folder + " in " + root);
                }
            }
            tests.board().write(Path.of(args[1]));
            System.out.println("\n" + tests.board().totals());
            System.out.println("The board is " + Path.of(args[1], "board.txt")
                    + ", what failed is told in failures.txt beside it.");
        }
        System.exit(0);
    }
}
