package dev.skerry.runtime;

import dev.skerry.runtime.engine.Scales;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps workers' memory within bounds. Confined to the watchdog's thread.
 *
 * <p>Each isolate's limit is watched by weighing ({@link Footprint} says when) where the engine can weigh: a turn that allocates much is weighed while it
 * runs, the others once a second. What an idle server need not keep is collected. The heap as a whole is watched after each collection, whatever the engine: when much of it is still in use,
 * a full collection is asked for to be sure; then idle isolates are closed, the least recently used first, and every isolate that could be too
 * large is weighed. Where that cannot be, or memory gets scarce all the same, the isolate is closed that allocated most since there was plenty, if
 * that is more than its limit and it was not found light just now. It may be the wrong one: one that makes much garbage while another one keeps what it made.
 */
final class MemoryGuard {
    private static final Logger LOG = Logger.getLogger("skerry.runtime");
    /** How long an isolate must have had nothing to do: one that is in use would be made again at once. */
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);
    /** Percent of the heap at which nothing is waited for. */
    private static final int SCARCE = 80;
    /** Percent of the heap at which even an isolate that was found light is closed: what the engine's own functions are about to make is not weighed. */
    private static final int FULL = 95;
    /** How long closing is waited for. */
    private static final long CLOSING = TimeUnit.SECONDS.toNanos(5);

    private final WorkerRuntime runtime;
    private final Runners runners;
    private final @Nullable Scales scales;
    private final int pressure;
    private final HeapGauge heap = new HeapGauge();
    private final FullCollections full;

    MemoryGuard(WorkerRuntime runtime, Runners runners, @Nullable Scales scales, int pressure, FullCollections full) {
        this.full = full;
        this.runtime = runtime;
        this.runners = runners;
        this.scales = scales;
        this.pressure = pressure;
    }

    /** Looks at a runner that is long in one turn. */
    void look(Runner runner, Isolate isolate) {
        if (scales != null) {
            long uncounted = runner.uncounted();
            if (uncounted > isolate.limits().memory().bytes() / 4) {
                Weighing.ifSuspicious(isolate, scales, runner, uncounted, false);
            }
        }
    }

    /** Has those isolates weighed that came to allocate much in many turns. */
    void weighAll() {
        if (scales != null) {
            for (Isolate isolate : runtime.isolates()) {
                if (!isolate.busy()) {
                    Weighing.ifSuspicious(isolate, scales, null, 0, false);
                }
            }
        }
    }

    /** Looks at the heap. */
    void look() {
        if (!heap.look()) {
            if (heap.leftOver() && full.collect()) {
                heap.lookAfterFull();
            }
            return;
        }
        if (heap.percent() >= pressure && full.collect()) {
            heap.lookAfterFull();
        }
        Collection<Isolate> isolates = runtime.isolates();
        Map<Isolate, Runner> inside = inside();
        if (heap.percent() < pressure) {
            for (Isolate isolate : isolates) {
                isolate.footprint().mark(uncounted(inside.get(isolate)));
            }
        } else if (nothingCloses()) {
            relieve(isolates, inside);
        }
    }

    /** What is being closed keeps what it has until that has come to its end, so nobody else is blamed meanwhile; not for ever. */
    private boolean nothingCloses() {
        long patience = System.nanoTime() - CLOSING;
        return runtime.closing().stream().noneMatch(isolate -> isolate.closing().since() - patience > 0);
    }

    private void relieve(Collection<Isolate> isolates, Map<Isolate, Runner> inside) {
        long recent = System.nanoTime() - IDLE;
        isolates.stream()
                .filter(isolate -> isolate.idle() && isolate.idleSince() - recent < 0)
                .min(Comparator.comparingLong(Isolate::idleSince))
                .ifPresent(idle -> runtime.retireLater(idle, "The server needed the memory"));
        Isolate worst = null;
        long most = 0;
        for (Isolate isolate : isolates) {
            Runner runner = inside.get(isolate);
            long uncounted = uncounted(runner);
            if (scales != null) {
                Weighing.ifSuspicious(isolate, scales, runner, uncounted, true);
            }
            long since = isolate.footprint().sinceMark(uncounted);
            boolean innocent = isolate.footprint().light(uncounted) && heap.percent() < FULL;
            if (since > most && !innocent) {
                most = since;
                worst = isolate;
            }
        }
        if (worst != null && most > worst.limits().memory().bytes() && (scales == null || heap.percent() >= SCARCE)) {
            Runner runner = inside.get(worst);
            LOG.debugf(
                    "%s allocated %d bytes on the way to %d percent of the heap",
                    worst.environment(), most, heap.percent());
            runtime.closeLater(worst, Failures.exhausted(worst.limits()), runner == null ? null : runner.invocation());
        }
    }

    private Map<Isolate, Runner> inside() {
        Map<Isolate, Runner> inside = new HashMap<>();
        for (Runner runner : runners.all()) {
            Isolate isolate = runner.isolate();
            if (isolate != null) {
                inside.put(isolate, runner);
            }
        }
        return inside;
    }

    private static long uncounted(@Nullable Runner runner) {
        return runner == null ? 0 : runner.uncounted();
    }
}
