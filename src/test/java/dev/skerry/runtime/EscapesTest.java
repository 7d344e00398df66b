package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.KindOfBinding;
import dev.skerry.kv.TestKv;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Module;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers that try to get out: {@code attempts.js} and {@code patches.js} in {@code src/test/resources/escapes}, each attempt in an isolate of its own with all Web APIs. A detector says of
 * any value whether it is of Java, so an attempt that laid its hands on one would be seen. {@code -Descape=TEXT} runs those whose name contains it.
 */
class EscapesTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/escapes");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static TestKv kv;
    private static TestWorkers workers;

    @BeforeAll
    static void open(@TempDir Path data) {
        kv = new TestKv(data);
        kv.namespace("escapes");
        workers = new TestWorkers(List.of(kv.binding(), new Detectors()), "skerry.limits.cpu=60s");
        workers.deploy("callee", List.of(), TestWorkers.module("index.js", """
                export default {
                  async fetch(request) {
                    const text = await request.text();
                    /(.*)/.exec(text);
                    return Response.json({ text, leak: globalThis.leak ?? {}.leak ?? [].leak ?? Response.prototype.leak ?? Symbol.leak });
                  },
                };
                """));
    }

    @AfterAll
    static void close() {
        workers.close();
        kv.close();
    }

    @TestFactory
    Stream<DynamicTest> attempts() throws IOException {
        String wanted = System.getProperty("escape", "");
        TestWorkers.Answer known = send("names");
        assertThat(known.status()).as("%s", known).isEqualTo(200);
        JsonNode names = JSON.readTree(known.body());
        assertThat(names.size()).isGreaterThan(30);
        return StreamSupport.stream(names.spliterator(), false)
                .map(JsonNode::asText)
                .filter(name -> name.contains(wanted))
                .map(name -> DynamicTest.dynamicTest(name, () -> reachesNothing(name)));
    }

    private static void reachesNothing(String name) throws IOException {
        TestWorkers.Answer answer = send(name);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        JsonNode outcome = JSON.readTree(answer.body());
        assertThat(outcome.get("reached")).as("of Java: %s", outcome).isEmpty();
        assertThat(outcome.get("result").isNull()).as("reached: %s", outcome).isTrue();
        if (name.startsWith("all:")) {
            assertThat(outcome.get("threw").isNull()).as("threw: %s", outcome).isTrue();
        }
    }

    private static TestWorkers.Answer send(String attempt) throws IOException {
        Version version = workers.deploy(
                "attempt-" + NUMBERS.incrementAndGet(),
                List.of(
                        new Binding.KvNamespace("KV", "escapes"),
                        new Binding.Service(
                                "CALLEE",
                                new ServiceName("callee"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        new Binding.DurableObjectNamespace("DETECTOR", "Detector", Optional.empty(), Optional.empty())),
                script("main.js"),
                script("attempts.js"),
                script("patches.js"),
                script("tools.js"));
        String url = "http://example.com/"
                + URLEncoder.encode(attempt, StandardCharsets.UTF_8).replace("+", "%20");
        return workers.fetch(version, FetchEvent.of("POST", url, "", new Body.Text("body")))
                .join();
    }

    private static Module script(String name) throws IOException {
        return TestWorkers.module(name, Files.readString(SCRIPTS.resolve(name)));
    }

    /** Opens the binding of the detector, whose guest half is {@code js/bindings/detector.js}. */
    private static final class Detectors implements KindOfBinding {
        @Override
        public Optional<Opened> open(Binding binding, EnvironmentRef owner) {
            return binding instanceof Binding.DurableObjectNamespace
                    ? Optional.of(new Opened() {
                        @Override
                        public String module() {
                            return "bindings/detector";
                        }

                        @Override
                        public Object attach(IsolateServices isolate) {
                            return new Detector();
                        }
                    })
                    : Optional.empty();
        }
    }

    /** Says what is of Java. */
    public static final class Detector {
        @GuestCallable
        public boolean isHost(Value value) {
            return value.isHostObject() || value.isProxyObject();
        }

        /** Fails as host code may that has a defect, or was given what nobody thought of. */
        @GuestCallable
        public int fail(String how) throws IOException {
            return switch (how) {
                case "cast" -> ((String) (Object) List.of()).length();
                case "null" -> Objects.requireNonNull(Map.<String, Integer>of().get(how));
                case "index" -> "".getBytes(StandardCharsets.UTF_8)[how.length()];
                case "argument" -> Integer.parseInt(how);
                case "state" -> throw new IllegalStateException("dev.skerry.Secret");
                case "optional" -> Optional.<Integer>empty().orElseThrow();
                case "negative" -> new byte[-how.length()].length;
                case "checked" -> throw new IOException("/etc/secret");
                case "assertion" -> throw new AssertionError("java.lang.Secret");
                case "silent" -> throw new NullPointerException();
                case "engine" -> Value.asValue(how).invokeMember("x").asInt();
                case "guest" -> throw new GuestError("DataError", "It is the worker's");
                case "type" -> throw GuestError.type("It is the worker's");
                case "stack" -> 1 + fail(how);
                default -> 0;
            };
        }

        @GuestCallable
        public int number(int number) {
            return number;
        }
    }
}
