package dev.skerry.runtime;

import dev.skerry.binding.KindOfBinding;
import dev.skerry.binding.WebApi;
import dev.skerry.model.Binding;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.telemetry.WorkerEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Runs workers: delivers events to isolates of versions. Thread-safe; no method blocks. */
public final class WorkerRuntime implements AutoCloseable {
    private final JsEngine engine;
    private final Runners runners;
    private final Watchdog watchdog;
    private final LimitsConfig limits;
    private final List<WebApi> apis;
    private final List<KindOfBinding> kinds;
    private final Services services;
    private final WorkerEvents events;
    private final Map<VersionId, IsolatePool> pools = new ConcurrentHashMap<>();

    /**
     * Starts the runners and the watchdog.
     *
     * @param apis the Java halves of the Web APIs
     * @param kinds the kinds of bindings, but for values and services, which are here
     */
    public WorkerRuntime(
            RuntimeConfig config,
            LimitsConfig limits,
            List<WebApi> apis,
            List<KindOfBinding> kinds,
            Services services,
            WorkerEvents events) {
        this.limits = limits;
        this.apis = List.copyOf(apis);
        this.kinds = List.copyOf(kinds);
        this.services = services;
        this.events = events;
        this.engine = new JsEngine();
        int cores = Runtime.getRuntime().availableProcessors();
        this.runners = new Runners(config.threads().orElse(Math.max(4, 2 * cores)), config.maxThreads());
        this.watchdog = new Watchdog(runners, () -> closeIdle(config.idle()));
    }

    /** Delivers a request; the handler hears what comes of it. */
    public void fetch(Version version, FetchEvent event, EventHandler handler) {
        fetch(version, event, handler, 1);
    }

    void fetch(Version version, FetchEvent event, EventHandler handler, int depth) {
        pool(version).fetch(event, handler, depth);
    }

    /**
     * Delivers a scheduled event.
     *
     * @param scheduledTime milliseconds since the epoch
     */
    public void scheduled(Version version, String cron, long scheduledTime, EventHandler handler) {
        pool(version).scheduled(cron, scheduledTime, handler);
    }

    /** Starts a version in an isolate that is closed afterwards, and tells how that went. */
    public CompletionStage<StartReport> tryStart(Version version) {
        return open(version).tryStart();
    }

    private IsolatePool pool(Version version) {
        IsolatePool pool = pools.get(version.id());
        return pool != null ? pool : pools.computeIfAbsent(version.id(), id -> open(version));
    }

    private IsolatePool open(Version version) {
        List<IsolatePool.Bound> bound = new ArrayList<>();
        for (Binding binding : version.spec().bindings()) {
            bound.add(new IsolatePool.Bound(binding.name(), open(binding, version)));
        }
        return new IsolatePool(this, version, Limits.of(limits, version.spec().limits()), bound);
    }

    private KindOfBinding.Opened open(Binding binding, Version version) {
        return PlainBindings.open(binding, version)
                .or(() -> ServiceBinding.open(this, binding))
                .or(() -> kinds.stream()
                        .flatMap(kind -> kind.open(binding, version.environment()).stream())
                        .findFirst())
                .orElseThrow(
                        () -> new IllegalArgumentException("Binding " + binding.name() + " of " + version.environment()
                                + " is of a kind that this server does not have: "
                                + binding.getClass().getSimpleName()));
    }

    private void closeIdle(Duration idle) {
        long since = System.nanoTime() - idle.toNanos();
        pools.values().removeIf(pool -> pool.closeIdle(since));
    }

    /** Whether JavaScript is compiled, or only interpreted (many times slower). */
    public boolean optimizing() {
        return engine.optimizing();
    }

    /** The engine's name and version. */
    public String engine() {
        return engine.description();
    }

    Realm newRealm(WorkerModules modules, Isolate isolate) {
        Map<String, Object> hosts = new HashMap<>();
        hosts.put("worker", new WorkerHost());
        hosts.put("modules", new ModulesHost(isolate));
        for (WebApi api : apis) {
            hosts.put(api.name(), api.attach(isolate));
        }
        return new Realm(engine, modules, hosts);
    }

    GuestModules guestModules() {
        return engine.modules();
    }

    Runners runners() {
        return runners;
    }

    WorkerEvents events() {
        return events;
    }

    Services services() {
        return services;
    }

    @Override
    public void close() {
        watchdog.close();
        pools.values().forEach(IsolatePool::close);
        runners.close();
        engine.close();
    }
}
