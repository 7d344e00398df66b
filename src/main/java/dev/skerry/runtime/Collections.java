package dev.skerry.runtime;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds out whether isolates still hold what they were given. What is garbage mostly goes with the next collection of what is young, which comes by itself; only
 * if that leaves too much, a full one is asked for, as often as {@link FullCollections} allows; until then the isolate may hold more, unless the heap is full:
 * that is the {@link MemoryGuard}'s to see. Thread-safe.
 */
final class Collections {
    /** How long the next collection is waited for: who allocates much has one soon. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONG_LOOK = TimeUnit.MILLISECONDS.toNanos(200);

    private final FullCollections full;

    Collections(FullCollections full) {
        this.full = full;
    }

    /** Closes an isolate if it holds too much. Waits for that, some seconds. */
    void judge(Isolate isolate) {
        Footprint footprint = isolate.footprint();
        try {
            awaitYoungOne(isolate);
            if (!isolate.closed() && footprint.overByGifts()) {
                collect(isolate);
                if (!isolate.closed() && footprint.overByGifts()) {
                    isolate.close(Failures.exhausted(isolate.limits()), null);
                }
            }
        } finally {
            footprint.endJudging();
        }
    }

    private static void awaitYoungOne(Isolate isolate) {
        WeakReference<Object> sentinel = Given.sentinel();
        long deadline = System.nanoTime() + PATIENCE;
        while (sentinel.get() != null && !isolate.closed() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK);
        }
        // What was found is told by another thread.
        LockSupport.parkNanos(LOOK);
    }

    /** Waits until there may be a full one for it, or it needs none. */
    private void collect(Isolate isolate) {
        while (!isolate.closed() && isolate.footprint().overByGifts()) {
            if (full.collectFor(isolate.pool().collections())) {
                LockSupport.parkNanos(LOOK);
                return;
            }
            LockSupport.parkNanos(LONG_LOOK);
        }
    }
}
