package dev.skerry.runtime;

import dev.skerry.binding.Front;
import dev.skerry.binding.KindOfBinding;
import dev.skerry.binding.WebApi;
import dev.skerry.model.Binding;
import dev.skerry.model.ByteSize;
import dev.skerry.model.LimitKey;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.runtime.engine.GuestModules;
import dev.skerry.runtime.engine.JsEngine;
import dev.skerry.telemetry.WorkerEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/** Runs workers: delivers events to isolates of versions. Thread-safe; no method blocks. */
public final class WorkerRuntime implements AutoCloseable {
    /** How long the end of threads is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final JsEngine engine;
    private final Stock stock;
    private final Runners runners;
    private final Watchdog watchdog;
    private final RuntimeConfig config;
    private final LimitsConfig limits;
    private final Map<String, WebApi> apis;
    private final List<KindOfBinding> kinds;
    private final Services services;
    private final WorkerEvents events;
    private final ExecutorService closers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "skerry-closer");
        thread.setDaemon(true);
        return thread;
    });
    private final FullCollections full = new FullCollections();
    private final Collections collections = new Collections(full);
    private final Map<VersionId, IsolatePool> pools = new ConcurrentHashMap<>();
    private final Set<Isolate> closing = ConcurrentHashMap.newKeySet();

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
        this.apis = apis.stream().collect(Collectors.toUnmodifiableMap(WebApi::name, api -> api));
        this.kinds = List.copyOf(kinds);
        this.services = services;
        this.events = events;
        this.config = config;
        this.engine = new JsEngine(limits.memory());
        this.stock = new Stock(config.stock(), this::prepared);
        int cores = Runtime.getRuntime().availableProcessors();
        this.runners = new Runners(
                config.threads().orElse(Math.max(4, 2 * cores)),
                config.maxThreads(),
                config.lostThreads(),
                stock::refill);
        MemoryGuard memory = new MemoryGuard(
                this, runners, engine.optimizing() ? engine.scales() : null, config.heapPressure(), full);
        this.watchdog = new Watchdog(this, runners, memory);
    }

    /** Delivers a request; the handler hears what comes of it, even where the version cannot have an isolate. */
    public PostedEvent fetch(Version version, FetchEvent event, EventHandler handler) {
        return fetch(version, event, handler, 1);
    }

    PostedEvent fetch(Version version, FetchEvent event, EventHandler handler, int depth) {
        IsolatePool pool = pool(version, handler);
        return pool == null ? PostedEvent.ENDED : pool.fetch(event, handler, depth);
    }

    /** The largest body that a request to a version may have. */
    public ByteSize mostBody(Version version) {
        return version.spec().limits().body().orElse(limits.body());
    }

    /**
     * Tells that a version came to a limit which somebody else watches.
     *
     * @param detail a sentence with the limit's value and its key
     */
    public void reached(Version version, LimitKey limit, String detail) {
        events.reached(version, limit, detail);
    }

    /** Delivers a method call that comes through a binding; the call hears what comes of it. */
    void call(Version version, RpcCall call, Binding.Service binding, int depth) {
        IsolatePool pool = pool(version, call);
        if (pool != null) {
            pool.call(call, binding, depth);
        }
    }

    /**
     * Delivers a scheduled event; the handler hears what comes of it, as of a request.
     *
     * @param scheduledTime milliseconds since the epoch
     */
    public PostedEvent scheduled(Version version, String cron, long scheduledTime, EventHandler handler) {
        IsolatePool pool = pool(version, handler);
        return pool == null ? PostedEvent.ENDED : pool.scheduled(cron, scheduledTime, handler);
    }

    /**
     * Starts a version in an isolate that is closed afterwards, and tells how that went.
     *
     * @throws IllegalArgumentException when it is not begun: the version is too large, or has a binding that cannot be
     */
    public CompletionStage<StartReport> tryStart(Version version) {
        long size = version.spec().code().size();
        ByteSize most = version.spec().limits().script().orElse(limits.script());
        if (size > most.bytes()) {
            String detail = "The modules of " + version.environment() + " have " + size + " bytes together; at most "
                    + most + " are allowed (skerry.limits.script)";
            events.reached(version, LimitKey.SCRIPT, detail + ".");
            throw new IllegalArgumentException(detail);
        }
        return open(version).tryStart();
    }

    /** The version's pool; null when there can be none, since it has a binding that cannot be, say: then the handler has heard so. */
    private @Nullable IsolatePool pool(Version version, EventHandler handler) {
        IsolatePool pool = pools.get(version.id());
        if (pool != null) {
            return pool;
        }
        try {
            return pools.computeIfAbsent(version.id(), id -> open(version));
        } catch (IllegalArgumentException e) {
            Outcome outcome = new Outcome.Threw("Error", String.valueOf(e.getMessage()), "");
            events.refused(version, outcome);
            handler.end(outcome);
            return null;
        }
    }

    private IsolatePool open(Version version) {
        List<IsolatePool.Bound> bound = new ArrayList<>();
        for (Binding binding : version.spec().bindings()) {
            bound.add(new IsolatePool.Bound(binding.name(), open(binding, version)));
        }
        Optional<Front> front =
                kinds.stream().flatMap(kind -> kind.front(version).stream()).findFirst();
        return new IsolatePool(
                this, version, Limits.of(limits, version.spec().limits()), bound, front.map(FrontDoor::new));
    }

    private KindOfBinding.Opened open(Binding binding, Version version) {
        return PlainBindings.open(binding, version)
                .or(() -> ServiceBinding.open(this, binding))
                .or(() -> kinds.stream()
                        .flatMap(kind -> kind.open(binding, version).stream())
                        .findFirst())
                .orElseThrow(
                        () -> new IllegalArgumentException("Binding " + binding.name() + " of " + version.environment()
                                + " is of a kind that this server does not have: "
                                + binding.getClass().getSimpleName()));
    }

    void closeIdle() {
        long since = System.nanoTime() - config.idle().toNanos();
        pools.values().removeIf(pool -> pool.closeIdle(since));
    }

    /** Closes an isolate on a thread of its own: it waits until the turn that runs has been stopped. */
    void closeLater(Isolate isolate, Outcome outcome, @Nullable WorkerInvocation culprit) {
        closers.execute(() -> isolate.close(outcome, culprit));
    }

    /**
     * An isolate has come to its end.
     *
     * @param heavy whether for what it kept, all of which is garbage now
     */
    void closed(Isolate isolate, boolean heavy) {
        if (heavy) {
            full.next();
        }
        closing.remove(isolate);
    }

    /** Has an isolate closed if it holds too much of what it was given: on a thread of its own, which waits for a collection. */
    void judgeGiftsLater(Isolate isolate) {
        if (isolate.footprint().beginJudging()) {
            closers.execute(() -> collections.judge(isolate));
        }
    }

    /** Closes an isolate that has nothing to do, as {@link #closeLater}, unless it gets something until then. */
    void retireLater(Isolate isolate, String reason) {
        closers.execute(() -> isolate.retire(reason));
    }

    List<Isolate> isolates() {
        return pools.values().stream().flatMap(pool -> pool.isolates().stream()).toList();
    }

    /** Those that are being closed; of a thread that cannot be stopped, as long as that runs. */
    Set<Isolate> closing() {
        return closing;
    }

    /** How many threads were given up since the engine could not stop them, and still burn a core each. */
    public int lostThreads() {
        return runners.lost();
    }

    /** How many of those the server bears. */
    public int mostLostThreads() {
        return config.lostThreads();
    }

    /** Whether somebody watches over the limits: that thread lives. */
    public boolean watched() {
        return watchdog.lives();
    }

    /** Whether JavaScript is compiled, or only interpreted (many times slower). */
    public boolean optimizing() {
        return engine.optimizing();
    }

    /** The engine's name and version. */
    public String engine() {
        return engine.description();
    }

    /** A realm for an isolate: out of the stock, or a new one. */
    Realm realm(Isolate isolate) {
        Realm stocked = stock.take();
        Realm realm = stocked == null ? new Realm(engine, this::host) : stocked;
        realm.moveIn(isolate);
        return realm;
    }

    private Realm prepared() {
        Realm realm = new Realm(engine, this::host);
        realm.prepare();
        return realm;
    }

    private @Nullable Object host(String module, Tenant tenant) {
        return switch (module) {
            case "bootstrap" -> engine.globals();
            case "worker" -> new WorkerHost();
            case "context" -> new ContextHost();
            case "modules" -> new ModulesHost(tenant);
            case "rejections" -> new RejectionsHost(tenant);
            case "rpc/host" -> new RpcHost(this, tenant);
            default -> {
                WebApi api = apis.get(module);
                yield api == null ? null : api.attach(tenant);
            }
        };
    }

    Context newContext(WorkerModules modules) {
        return engine.newContext(modules);
    }

    Stock stock() {
        return stock;
    }

    GuestModules guestModules() {
        return engine.modules();
    }

    RuntimeConfig config() {
        return config;
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

    /** Ends what runs, and waits for that some seconds at the most. */
    @Override
    public void close() {
        watchdog.close();
        pools.values().forEach(IsolatePool::close);
        closers.shutdown();
        // The engine locks itself up when it is closed while a context is made or closed (GraalVM 25.0.4), and waits
        // for
        // threads that nobody can stop. If it is not closed, they end with the process.
        if (closersEnd() && runners.close(PATIENCE)) {
            engine.close();
        }
    }

    private boolean closersEnd() {
        try {
            return closers.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
