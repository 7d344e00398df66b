package dev.skerry.ingress;

import dev.skerry.model.Binding;
import dev.skerry.model.ByteSize;
import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.Deployment;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitKey;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.Origin;
import dev.skerry.model.Outcome;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import dev.skerry.model.VersionSpec;
import dev.skerry.registry.Registry;
import dev.skerry.runtime.LimitsConfig;
import dev.skerry.runtime.RuntimeConfig;
import dev.skerry.runtime.WebApis;
import dev.skerry.runtime.WorkerRuntime;
import dev.skerry.store.TestStore;
import dev.skerry.telemetry.TailConfig;
import dev.skerry.telemetry.TailHub;
import dev.skerry.telemetry.VersionMeters;
import dev.skerry.telemetry.WorkerEvents;
import dev.skerry.telemetry.WorkerTelemetry;
import dev.skerry.webapi.websocket.WebSocketConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The server of workers as it is, on a port of its own, without the admin API: real connections, store, registry, runtime. */
public final class TestIngress implements AutoCloseable {
    private static final Origin TESTER = new Origin("api", "tester");

    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,connection,content-length");
    }

    private final Vertx vertx = Vertx.vertx();
    private final TestStore store;
    private final Registry registry;
    private final Ingress ingress;
    private final WebApis apis = new WebApis();
    public final WorkerRuntime runtime;
    /** What is counted of workers. */
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final WorkerTelemetry telemetry;
    /** {@code service/environment level text} of each line that a worker wrote. */
    public final List<String> console = new CopyOnWriteArrayList<>();
    /** {@code service/environment outcome} of each event that ended. */
    public final List<String> outcomes = new CopyOnWriteArrayList<>();

    public TestIngress(Path folder, String... settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withConverter(ByteSize.class, 100, ByteSize::parse)
                .withConverter(Duration.class, 100, DurationConverter::parseDuration)
                .withMapping(RuntimeConfig.class)
                .withMapping(LimitsConfig.class)
                .withMapping(ListenConfig.class)
                .withMapping(IngressConfig.class)
                .withMapping(DevConfig.class)
                .withMapping(TailConfig.class)
                .withDefaultValue("skerry.listen.workers", "127.0.0.1:0")
                // A worker's state is then the same for every request.
                .withDefaultValue("skerry.limits.isolates", "1");
        apis.mappings().forEach(builder::withMapping);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            builder.withDefaultValue(setting.substring(0, equals), setting.substring(equals + 1));
        }
        SmallRyeConfig config = builder.build();
        store = new TestStore(folder);
        registry = new Registry(store.database, store.sealer, store.registryConfig);
        telemetry = new WorkerTelemetry(
                meters, new TailHub(config.getConfigMapping(TailConfig.class)), new VersionMeters());
        runtime = new WorkerRuntime(
                config.getConfigMapping(RuntimeConfig.class),
                config.getConfigMapping(LimitsConfig.class),
                apis.attach(config),
                List.of(),
                environment ->
                        registry.routes().target(environment).flatMap(live -> live.choose(ThreadLocalRandom.current())),
                new Events());
        ingress = new Ingress(
                vertx,
                config.getConfigMapping(ListenConfig.class),
                config.getConfigMapping(IngressConfig.class),
                config.getConfigMapping(DevConfig.class),
                config.getConfigMapping(WebSocketConfig.class),
                registry,
                runtime);
        ingress.start();
    }

    /** Deploys a worker of one module as production of a service. */
    public Version deploy(String service, String source, Binding... bindings) {
        return deploy(service, source, LimitOverrides.NONE, bindings);
    }

    /** The same, with limits of its own. */
    public Version deploy(String service, String source, LimitOverrides limits, Binding... bindings) {
        EnvironmentRef environment = EnvironmentRef.of(service, "production");
        if (registry.routes().environment(environment).isEmpty()) {
            registry.createService(new ServiceName(service), TESTER);
        }
        Code code = new Code(
                "main.js",
                Code.Format.MODULES,
                List.of(new Module("main.js", ModuleType.ES_MODULE, Bytes.utf8(source))));
        Version version = registry.publish(
                environment,
                new VersionSpec(code, List.of(bindings), "2026-01-01", List.of(), limits, Optional.empty()),
                TESTER,
                Map.of());
        registry.deploy(environment, List.of(new Deployment.Share(version.id(), 100)), TESTER, Map.of());
        return version;
    }

    public static Binding service(String name, String service) {
        return new Binding.Service(
                name, new ServiceName(service), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public int port() {
        return ingress.address().port();
    }

    /** Where a path is; the service is named by the Host header ({@link #host}), for no resolver knows names below localhost. */
    public URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + port() + path);
    }

    public static String host(String service) {
        return service + ".localhost";
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
        vertx.close().toCompletionStage().toCompletableFuture().join();
        store.close();
    }

    private final class Events implements WorkerEvents {
        @Override
        public void console(Version version, String level, String text) {
            console.add(version.environment() + " " + level + " " + text);
        }

        @Override
        public void ended(Version version, String kind, Outcome outcome, Duration wall, Duration cpu) {
            outcomes.add(version.environment() + " " + outcome.wireName());
        }

        @Override
        public void refused(Version version, Outcome outcome) {
            outcomes.add(version.environment() + " refused " + outcome.wireName());
        }

        @Override
        public void reached(Version version, LimitKey limit, String detail) {
            telemetry.reached(version, limit, detail);
        }

        @Override
        public void backsOff(Version version, Outcome outcome, Duration wait) {}

        @Override
        public void runnerLost(Version version) {}
    }
}
