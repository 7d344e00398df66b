package dev.skerry.runtime;

import dev.skerry.binding.KindOfBinding;
import dev.skerry.model.Binding;
import dev.skerry.model.LimitKey;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import dev.skerry.runtime.sourcemap.SourceMaps;
import dev.skerry.telemetry.WorkerEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The isolates of one version. Thread-safe.
 *
 * <p>The choice: an isolate that is idle; else, below the limit and when all have something waiting, a new one; else the one with the shortest mailbox.
 */
final class IsolatePool {
    /** An open binding and the name it has in {@code env}. */
    record Bound(String name, KindOfBinding.Opened binding) {}

    private static final Outcome STUCK = new Outcome.Exceeded(
            Outcome.Limit.CPU,
            "A thread that runs this worker could not be stopped at its CPU time limit; until it ends, the worker gets no events.");

    /** What an isolate costs that is closed with its memory full, since collections stop all others: as much as one of a CPU limit of this ... */
    private static final Duration COLLECTION = Duration.ofSeconds(1);
    /** ... and as so many of them. */
    private static final int COLLECTIONS = 2;

    private final WorkerRuntime runtime;
    private final Version version;
    private final Limits limits;
    private final WorkerModules modules;
    private final SourceMaps sourceMaps;
    private final List<Bound> bindings;
    private final @Nullable FrontDoor front;
    private final CopyOnWriteArrayList<Isolate> isolates = new CopyOnWriteArrayList<>();

    private final Backoff backoff;
    private final FullCollections.Charge collections = new FullCollections.Charge();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean longTurns;
    private volatile long lastUsed = System.nanoTime();

    IsolatePool(
            WorkerRuntime runtime, Version version, Limits limits, List<Bound> bindings, Optional<FrontDoor> front) {
        this.runtime = runtime;
        this.version = version;
        this.limits = limits;
        this.modules = new WorkerModules(runtime.guestModules(), version.spec());
        this.sourceMaps =
                new SourceMaps(version.spec().code(), runtime.config().sourceMap(), ModulesHost.HEAD.length());
        this.bindings = bindings;
        this.front = front.orElse(null);
        this.backoff = new Backoff(runtime.config().backoff());
    }

    PostedEvent fetch(FetchEvent event, EventHandler handler, int depth) {
        if (front != null && front.answers(event, handler)) {
            lastUsed = System.nanoTime();
            return PostedEvent.ENDED;
        }
        Isolate isolate = admit(handler);
        return isolate == null ? PostedEvent.ENDED : isolate.accept(Delivery.fetch(isolate, event, handler, depth));
    }

    PostedEvent scheduled(String cron, long scheduledTime, EventHandler handler) {
        Isolate isolate = admit(handler);
        return isolate == null
                ? PostedEvent.ENDED
                : isolate.accept(Delivery.scheduled(isolate, cron, scheduledTime, handler));
    }

    void call(RpcCall call, Binding.Service binding, int depth) {
        Isolate isolate = admit(call);
        if (isolate != null) {
            isolate.accept(Delivery.call(isolate, call, binding, depth));
        }
    }

    CompletionStage<StartReport> tryStart() {
        CompletableFuture<StartReport> report = new CompletableFuture<>();
        Isolate isolate = new Isolate(this, version, runtime.runners());
        isolate.admission().admit();
        isolate.accept(Delivery.start(isolate, report));
        return report.whenComplete(
                (done, failure) -> closeLater(isolate, new Outcome.Canceled("It was made to try a version"), null));
    }

    /** The isolate that gets an event; null when it was refused. */
    private @Nullable Isolate admit(EventHandler handler) {
        Outcome refusal = lost.get() > 0 ? STUCK : backoff.refusal();
        Isolate isolate = refusal == null ? choose() : null;
        if (isolate == null) {
            Outcome outcome = refusal == null ? full() : refusal;
            events().refused(version, outcome);
            handler.end(outcome);
        }
        return isolate;
    }

    private Outcome full() {
        String detail = "The worker has as many events as it may: " + limits.concurrency()
                + " (skerry.limits.concurrency) in each of its " + limits.isolates() + " isolates";
        events().reached(version, LimitKey.CONCURRENCY, detail + ".");
        return new Outcome.Canceled(detail);
    }

    /** One that has room for the event, and keeps it for that; null when none has. */
    private @Nullable Isolate choose() {
        lastUsed = System.nanoTime();
        while (true) {
            Isolate best = null;
            for (Isolate isolate : isolates) {
                if (!isolate.busy() && isolate.admission().admit()) {
                    return isolate;
                }
                if (best == null || isolate.waiting() < best.waiting()) {
                    best = isolate;
                }
            }
            if (best == null || (best.waiting() > 0 && isolates.size() < mostIsolates())) {
                best = add();
            }
            if (best.admission().admit()) {
                return best;
            }
            if (!best.admission().retired()) {
                return null;
            }
            isolates.remove(best);
        }
    }

    private int mostIsolates() {
        return backoff.onProbation() ? 1 : limits.isolates();
    }

    private synchronized Isolate add() {
        List<Isolate> now = List.copyOf(isolates);
        if (now.size() >= mostIsolates() && !now.isEmpty()) {
            return now.getLast();
        }
        Isolate isolate = new Isolate(this, version, runtime.runners());
        isolates.add(isolate);
        return isolate;
    }

    /** An isolate begins to close: until it is {@link #closed}, it keeps what it has. */
    void closing(Isolate isolate) {
        runtime.closing().add(isolate);
    }

    void closed(Isolate isolate, Outcome ending) {
        runtime.closed(isolate, limitOf(ending) == Outcome.Limit.MEMORY);
    }

    /**
     * An isolate closes.
     *
     * @param age how long the events that it closes for have been in it
     */
    void remove(Isolate isolate, Outcome outcome, Duration age) {
        if (isolates.remove(isolate) && (outcome instanceof Outcome.Exceeded || outcome instanceof Outcome.Threw)) {
            int weight = limitOf(outcome) == Outcome.Limit.MEMORY ? COLLECTIONS : 1;
            Duration wait = backoff.failed(outcome, cost(outcome, age), weight);
            if (wait.isPositive()) {
                events().backsOff(version, outcome, wait);
            }
        }
    }

    /** What a failure took of a processor, at the most: what lay between is not all CPU time. What it left in memory is everyone's to collect. */
    private Duration cost(Outcome outcome, Duration age) {
        Outcome.Limit limit = limitOf(outcome);
        if (limit == Outcome.Limit.MEMORY) {
            return COLLECTION;
        }
        Duration most = limit == Outcome.Limit.CPU ? limits.cpu() : limits.startup();
        return age.compareTo(most) < 0 ? age : most;
    }

    private static Outcome.@Nullable Limit limitOf(Outcome outcome) {
        return outcome instanceof Outcome.Exceeded exceeded ? exceeded.limit() : null;
    }

    /** A turn of one of the isolates was long. */
    void metLongTurn() {
        longTurns = true;
    }

    /** A turn has ended of which the watchdog saw nothing, or not much. */
    void metShortTurn() {
        longTurns = false;
    }

    /** Whether the next turn may well be a long one, since the last one was. */
    boolean longTurns() {
        return longTurns;
    }

    /** A thread could not be stopped that runs the version; until it is, the version gets no other. */
    void threadLost() {
        lost.incrementAndGet();
    }

    void threadReturned() {
        lost.decrementAndGet();
    }

    /** An event ended well. */
    void succeeded() {
        backoff.succeeded();
    }

    /**
     * Closes isolates that have had nothing to do since before the given {@link System#nanoTime()}.
     *
     * @return whether the pool itself was not used since then and is empty
     */
    boolean closeIdle(long since) {
        for (Isolate isolate : isolates) {
            if (isolate.idle() && isolate.idleSince() - since < 0) {
                runtime.retireLater(isolate, "The isolate was idle");
            }
        }
        return isolates.isEmpty() && lastUsed - since < 0;
    }

    /** An isolate may hold too much of what it was given: to be looked at again when the next collections have shown what it does hold. */
    void judgeGiftsLater(Isolate isolate) {
        runtime.judgeGiftsLater(isolate);
    }

    void closeLater(Isolate isolate, Outcome outcome, @Nullable WorkerInvocation culprit) {
        runtime.closeLater(isolate, outcome, culprit);
    }

    /** What its isolates had of full collections. */
    FullCollections.Charge collections() {
        return collections;
    }

    List<Isolate> isolates() {
        return isolates;
    }

    void close() {
        for (Isolate isolate : isolates) {
            closeLater(isolate, new Outcome.Canceled("The server stops"), null);
        }
    }

    Realm realm(Isolate isolate) {
        return runtime.realm(isolate);
    }

    Version version() {
        return version;
    }

    WorkerModules modules() {
        return modules;
    }

    SourceMaps sourceMaps() {
        return sourceMaps;
    }

    List<Bound> bindings() {
        return bindings;
    }

    WorkerEvents events() {
        return runtime.events();
    }

    Limits limits() {
        return limits;
    }
}
