package dev.skerry.runtime;

import dev.skerry.model.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The end of an isolate, which comes once. Thread-safe. */
final class Closing {
    /** How often closing is tried while the heap is full, with a pause of one more millisecond each time. */
    private static final int TRIES = 100;

    private final Isolate isolate;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile Outcome outcome = new Outcome.Canceled("The isolate was closed");
    private volatile long since;

    Closing(Isolate isolate) {
        this.isolate = isolate;
    }

    boolean begun() {
        return begun.get();
    }

    /** True from the beginning of the end on, for those who look on while they work. */
    AtomicBoolean flag() {
        return begun;
    }

    /** How those events end that are not to blame. */
    Outcome outcome() {
        return outcome;
    }

    /** When it began, by {@link System#nanoTime()}. */
    long since() {
        return since;
    }

    /**
     * Closes the isolate. Who waits for an answer of it is told at once; then this waits until the turn that runs has been stopped.
     *
     * @param culprit the invocation that the outcome is for: the others are canceled; null for all
     */
    void close(Outcome ending, @Nullable WorkerInvocation culprit) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        List<WorkerInvocation> ended = null;
        boolean finished = false;
        for (int tries = 1; !finished; tries++) {
            try {
                if (ended == null) {
                    ended = begin(ending, culprit);
                }
                for (WorkerInvocation invocation : ended) {
                    invocation.finish(invocation == culprit ? ending : outcome);
                }
                isolate.closeRealm();
                ended.forEach(WorkerInvocation::letGo);
                finished = true;
                isolate.pool().closed(isolate, ending);
            } catch (OutOfMemoryError e) {
                // What fills the heap may be this isolate; then nothing else helps.
                if (tries == TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(tries));
            }
        }
    }

    private List<WorkerInvocation> begin(Outcome ending, @Nullable WorkerInvocation culprit) {
        outcome = culprit == null
                ? ending
                : new Outcome.Canceled("The isolate was closed: another event ended with " + ending.wireName());
        List<WorkerInvocation> ended = List.copyOf(isolate.open());
        since = System.nanoTime();
        isolate.pool().closing(isolate);
        List<WorkerInvocation> blamed = culprit == null ? ended : List.of(culprit);
        Duration age = Duration.ofNanos(blamed.stream()
                .mapToLong(invocation -> since - invocation.begun())
                .max()
                .orElse(0));
        isolate.pool().remove(isolate, ending, age);
        if (ending instanceof Outcome.Exceeded exceeded) {
            isolate.reached(exceeded.limit().key(), exceeded.detail());
        }
        return ended;
    }
}
