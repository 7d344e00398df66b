package dev.skerry.runtime;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds out whether isolates still hold what they were given. What is garbage mostly goes with the next collection of what is young, which comes by itself; only
 * if that leaves too much, a full one is asked for, not often. Thread-safe; one isolate at a time makes the server collect.
 */
final class Collections {
    private static final long BETWEEN_FULL_ONES = TimeUnit.SECONDS.toNanos(10);
    /** How long the next collection is waited for: who allocates much has one soon. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(20);

    private long last = System.nanoTime() - BETWEEN_FULL_ONES;

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

    private synchronized void collect(Isolate isolate) {
        long soon = last + BETWEEN_FULL_ONES - System.nanoTime();
        for (long end = System.nanoTime() + soon; end - System.nanoTime() > 0 && !isolate.closed(); ) {
            LockSupport.parkNanos(Math.min(LOOK, end - System.nanoTime()));
        }
        if (isolate.closed() || !isolate.footprint().overByGifts()) {
            return;
        }
        System.gc();
        last = System.nanoTime();
        LockSupport.parkNanos(LOOK);
    }
}
