package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.kv.TestKv;
import dev.skerry.model.Binding;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Module;
import dev.skerry.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the scripts under {@code src/test/resources/conformance}, one file an API, in the form of the Web Platform Tests' {@code *.any.js}, each in
 * an isolate of its own, with {@code env.KV} bound to a namespace that was made for the run. {@code -Dconformance=NAME} runs those whose file name
 * begins so. A script whose first line is {@code // flags: NAME ...} has these compatibility flags. The other files there are modules that scripts import.
 */
class ConformanceTest {
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Pattern FLAGS = Pattern.compile("// flags: (.+)\\R");
    private static final String MAIN = """
            export default {
              async fetch(request, env) {
                globalThis.env = env;
                await import('./testharness.js');
                await import('./script.js');
                return new Response(await __done());
              },
            };
            """;
    private static TestKv kv;
    private static TestWorkers workers;

    @BeforeAll
    static void open(@TempDir Path data) {
        kv = new TestKv(data);
        kv.namespace("conformance");
        workers = new TestWorkers(List.of(kv.binding()), "skerry.limits.cpu=5m", "skerry.limits.wall=10m");
    }

    @AfterAll
    static void close() {
        workers.close();
        kv.close();
    }

    @TestFactory
    Stream<DynamicContainer> scripts() throws IOException {
        String wanted = System.getProperty("conformance", "");
        try (Stream<Path> files = Files.list(RESOURCES.resolve("conformance"))) {
            List<Path> scripts = files.filter(ConformanceTest::isScript)
                    .filter(file -> file.getFileName().toString().startsWith(wanted))
                    .sorted()
                    .toList();
            assertThat(scripts).isNotEmpty();
            return scripts.stream().map(ConformanceTest::container);
        }
    }

    private static DynamicContainer container(Path script) {
        String name = script.getFileName().toString();
        // The script runs when its container is opened, so one that hangs hides no other.
        return DynamicContainer.dynamicContainer(
                name, script.toUri(), Stream.of(script).flatMap(ConformanceTest::run));
    }

    private static boolean isScript(Path file) {
        return file.getFileName().toString().endsWith(".any.js");
    }

    private static List<Module> shared() throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve("conformance"))) {
            List<Module> modules = new ArrayList<>();
            for (Path file : files.filter(file -> !isScript(file)).sorted().toList()) {
                modules.add(TestWorkers.module(file.getFileName().toString(), Files.readString(file)));
            }
            return modules;
        }
    }

    private static List<String> flags(String script) {
        Matcher asked = FLAGS.matcher(script);
        return asked.lookingAt() ? List.of(asked.group(1).split(" ")) : List.of();
    }

    private static Stream<DynamicTest> run(Path script) {
        try {
            String name = script.getFileName().toString();
            String text = Files.readString(script);
            List<Module> modules = shared();
            modules.add(TestWorkers.module("main.js", MAIN));
            modules.add(TestWorkers.module("testharness.js", Files.readString(RESOURCES.resolve("testharness.js"))));
            modules.add(TestWorkers.module("script.js", text));
            Version version = workers.deploy(
                    EnvironmentRef.of(
                            name.substring(0, name.indexOf('.'))
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-'),
                            "production"),
                    new Code("main.js", Code.Format.MODULES, modules),
                    List.of(
                            new Binding.KvNamespace("KV", "conformance"),
                            new Binding.PlainText("TEXT", "a text"),
                            new Binding.Json("JSON_VALUE", "{\"a\":[1]}")),
                    flags(text));
            TestWorkers.Answer answer = workers.get(version);
            if (answer.status() != 200) {
                return Stream.of(
                        DynamicTest.dynamicTest("the script runs", () -> fail("It ended with " + answer.outcome())));
            }
            JsonNode results = new ObjectMapper().readTree(answer.body());
            assertThat(results).as("tests in %s", name).isNotEmpty();
            return StreamSupport.stream(results.spliterator(), false)
                    .map(result -> DynamicTest.dynamicTest(result.get("name").asText(), () -> {
                        if (!result.get("status").asText().equals("PASS")) {
                            fail(result.get("message").asText() + "\n"
                                    + result.path("stack").asText());
                        }
                    }));
        } catch (IOException | RuntimeException e) {
            return Stream.of(DynamicTest.dynamicTest("the script runs", () -> fail("It does not", e)));
        }
    }
}
