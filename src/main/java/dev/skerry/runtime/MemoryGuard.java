package dev.skerry.runtime;

import dev.skerry.model.Outcome;
import dev.skerry.runtime.engine.Scales;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.graalvm.nativeimage.ImageInfo;
import org.jspecify.annotations.Nullable;

/**
 * Keeps workers' memory within bounds. Confined to the watchdog's thread.
 *
 * <p>Each isolate's limit is watched by weighing ({@link Footprint} says when) where the engine can weigh: a turn that allocates much is weighed while it
 * runs, the others once a second. What an idle server need not keep is collected. The heap as a whole is watched after each collection, whatever the engine: when much of it is still in use,
 * a full collection is asked for to be sure; then idle isolates are closed, the least recently used first, and every isolate that could be too
 * large is weighed. Where that cannot be, or memory gets scarce all the same, the isolate is closed that came to keep most since there was plenty, if
 * that may be more than its limit. Where many isolates together fill the heap, since each keeps what it may, as many of the largest are closed as it takes. They
 * may be the wrong ones: what makes much garbage is known by weighing alone, and that may be a moment ago.
 */
final class MemoryGuard {
    /** How long an isolate must have had nothing to do: one that is in use would be made again at once. */
    private static final long IDLE = TimeUnit.SECONDS.toNanos(1);
    /** Percent of the heap at which an isolate is closed that may be over its limit, though the engine cannot weigh it now. */
    private static final int SCARCE = 80;
    /** Percent of the heap at which isolates are closed for what they keep together. A JVM's collector may leave much garbage until then. */
    private static final int CROWDED = ImageInfo.inImageCode() ? SCARCE : 95;
    /** Who came to keep less than one part in this many of the heap is not closed for that. */
    private static final int LITTLE = 64;
    /** How long closing is waited for. */
    private static final long CLOSING = TimeUnit.SECONDS.toNanos(5);

    /**
     * @param runner who is in the isolate, if anyone is
     * @param kept bytes that it may have come to keep since there was plenty, at the most
     */
    private record Suspect(Isolate isolate, @Nullable Runner runner, long kept) {}

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
        List<Suspect> suspects = new ArrayList<>();
        for (Isolate isolate : isolates) {
            Runner runner = inside.get(isolate);
            long uncounted = uncounted(runner);
            if (scales != null) {
                Weighing.ifSuspicious(isolate, scales, runner, uncounted, true);
            }
            suspects.add(new Suspect(isolate, runner, isolate.footprint().mostSinceMark(uncounted)));
        }
        suspects.sort(Comparator.comparingLong(Suspect::kept).reversed());
        if (heap.percent() >= CROWDED) {
            makeRoom(suspects);
        } else if ((scales == null || heap.percent() >= SCARCE) && !suspects.isEmpty()) {
            closeIfTooLarge(suspects.getFirst());
        }
    }

    private void closeIfTooLarge(Suspect suspect) {
        Limits limits = suspect.isolate().limits();
        if (suspect.kept() > limits.memory().bytes()) {
            close(suspect, Failures.exhausted(limits));
        }
    }

    /** Closes as many as it takes until the heap is below the pressure again, the largest first. */
    private void makeRoom(List<Suspect> suspects) {
        long heapSize = Runtime.getRuntime().maxMemory();
        long excess = (heap.percent() - pressure) * heapSize / 100;
        for (Suspect each : suspects) {
            if (excess <= 0 || each.kept() < heapSize / LITTLE) {
                return;
            }
            close(each, Failures.crowdedOut(heap.percent(), each.kept()));
            excess -= each.kept();
        }
    }

    private void close(Suspect suspect, Outcome outcome) {
        Runner runner = suspect.runner();
        runtime.closeLater(suspect.isolate(), outcome, runner == null ? null : runner.invocation());
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
