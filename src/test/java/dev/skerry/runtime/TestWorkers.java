package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.binding.KindOfBinding;
import dev.skerry.model.Binding;
import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitKey;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import dev.skerry.telemetry.WorkerEvents;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A runtime with workers given as text: the real engine, threads and Web APIs, without server and store. */
public final class TestWorkers implements AutoCloseable {
    /** What came of a request. */
    record Answer(int status, String headers, String body, Outcome outcome) {}

    private final Map<EnvironmentRef, Version> deployed = new ConcurrentHashMap<>();
    public final WorkerRuntime runtime;
    final RuntimeConfig config;
    private final WebApis apis = new WebApis();
    final LimitsConfig limits;
    public final List<String> console = new CopyOnWriteArrayList<>();
    /** {@code service/environment key: sentence} of each limit that was reached. */
    final List<String> reached = new CopyOnWriteArrayList<>();

    /** Hears of each line on the console, in the worker's thread. */
    volatile Runnable atConsole = () -> {};

    final AtomicInteger lost = new AtomicInteger();
    final AtomicInteger refused = new AtomicInteger();
    /** How long versions were refused, each time that one was. */
    final List<Duration> rests = new CopyOnWriteArrayList<>();

    public TestWorkers(String... settings) {
        this(List.of(), settings);
    }

    /** With kinds of bindings other than values and services. */
    TestWorkers(List<KindOfBinding> kinds, String... settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(dev.skerry.model.ByteSize.class, 100, dev.skerry.model.ByteSize::parse)
                .withConverter(Duration.class, 100, DurationConverter::parseDuration)
                .withMapping(RuntimeConfig.class)
                .withMapping(LimitsConfig.class);
        apis.mappings().forEach(builder::withMapping);
        for (String setting : settings) {
            builder.withDefaultValue(
                    setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        var built = builder.build();
        config = built.getConfigMapping(RuntimeConfig.class);
        limits = built.getConfigMapping(LimitsConfig.class);
        runtime = new WorkerRuntime(
                config,
                limits,
                apis.attach(built),
                kinds,
                environment -> Optional.ofNullable(deployed.get(environment)),
                new Events());
    }

    static Module module(String name, String text) {
        return new Module(name, ModuleType.ES_MODULE, Bytes.utf8(text));
    }

    /** Deploys a worker of one or more modules, the first being the main one. */
    Version deploy(String service, List<Binding> bindings, Module... modules) {
        return deploy(service, new Code(modules[0].name(), Code.Format.MODULES, List.of(modules)), bindings);
    }

    Version deploy(String service, Code code, List<Binding> bindings) {
        return deploy(EnvironmentRef.of(service, "production"), code, bindings, List.of());
    }

    Version deploy(EnvironmentRef environment, Code code, List<Binding> bindings) {
        return deploy(environment, code, bindings, List.of());
    }

    /** With compatibility flags. */
    Version deploy(EnvironmentRef environment, Code code, List<Binding> bindings, List<String> flags) {
        return deploy(
                environment,
                new VersionSpec(code, bindings, "2026-01-01", flags, LimitOverrides.NONE, Optional.empty()));
    }

    /** With limits of its own. */
    Version deploy(String service, LimitOverrides limits, Module... modules) {
        Code code = new Code(modules[0].name(), Code.Format.MODULES, List.of(modules));
        return deploy(
                EnvironmentRef.of(service, "production"),
                new VersionSpec(code, List.of(), "2026-01-01", List.of(), limits, Optional.empty()));
    }

    private Version deploy(EnvironmentRef environment, VersionSpec spec) {
        Version version =
                new Version(VersionId.random(), 1, environment, spec, "test", "test", Instant.now(), Map.of());
        deployed.put(environment, version);
        return version;
    }

    Answer get(Version version) {
        return fetch(version, FetchEvent.of("GET", "http://example.com/", "", Body.EMPTY))
                .join();
    }

    CompletableFuture<Answer> fetch(Version version, FetchEvent event) {
        return send(version, event).answer();
    }

    /** An event under way, and what will come of it. */
    record Sent(PostedEvent event, CompletableFuture<Answer> answer) {}

    Sent send(Version version, FetchEvent event) {
        Collector collector = new Collector();
        PostedEvent posted = runtime.fetch(version, event, collector);
        return new Sent(posted, collector.answer());
    }

    /** Waits until a condition holds, some minutes at most: the machine may be busy. */
    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("What was waited for did not come");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        runtime.close();
        apis.close();
    }

    /** Keeps the console's lines, by environment. */
    private final class Events implements WorkerEvents {
        @Override
        public void console(Version version, String level, String text) {
            console.add(version.environment() + " " + level + " " + text);
            atConsole.run();
        }

        @Override
        public void ended(Version version, String kind, Outcome outcome, Duration wall, Duration cpu) {}

        @Override
        public void refused(Version version, Outcome outcome) {
            refused.incrementAndGet();
        }

        @Override
        public void reached(Version version, LimitKey limit, String detail) {
            reached.add(version.environment() + " " + limit + ": " + detail);
        }

        @Override
        public void backsOff(Version version, Outcome outcome, Duration wait) {
            rests.add(wait);
        }

        @Override
        public void runnerLost(Version version) {
            lost.incrementAndGet();
        }
    }

    /** Gathers what comes of a request. */
    static final class Collector implements EventHandler {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private int status;
        private String headers = "";
        private CompletableFuture<String> body = CompletableFuture.completedFuture("");

        CompletableFuture<Answer> answer() {
            return answer.orTimeout(10, TimeUnit.MINUTES);
        }

        @Override
        public void respond(int status, String statusText, String headers, Body content) {
            this.status = status;
            this.headers = headers;
            this.body = switch (content) {
                case Body.Empty empty -> CompletableFuture.completedFuture("");
                case Body.Text text -> CompletableFuture.completedFuture(text.text());
                case Body.Bytes bytes ->
                    CompletableFuture.completedFuture(StandardCharsets.UTF_8
                            .decode(bytes.bytes().duplicate())
                            .toString());
                case Body.Streamed streamed -> readAll(streamed.source(), new ByteArrayOutputStream());
            };
        }

        private static CompletableFuture<String> readAll(ByteSource source, ByteArrayOutputStream all) {
            return source.read().toCompletableFuture().thenCompose((Optional<ByteBuffer> chunk) -> {
                if (chunk.isEmpty()) {
                    return CompletableFuture.completedFuture(all.toString(StandardCharsets.UTF_8));
                }
                byte[] bytes = new byte[chunk.get().remaining()];
                chunk.get().get(bytes);
                all.writeBytes(bytes);
                return readAll(source, all);
            });
        }

        @Override
        public void end(Outcome outcome) {
            body.whenComplete((text, error) -> {
                if (error == null) {
                    answer.complete(new Answer(status, headers, text, outcome));
                } else {
                    answer.completeExceptionally(error);
                }
            });
        }
    }
}
