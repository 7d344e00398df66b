package dev.skerry.runtime;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Full collections of the server's heap, for which everybody stands still: one in ten seconds at most, whoever wants it. Those that a worker gives cause to
 * take no more than one part in {@value #SHARE} of the time, however large the heap is, and a worker that had one waits twice as long for the next one
 * each time, until it had no cause for as long: so nobody can slow the neighbours down by it. Thread-safe.
 */
final class FullCollections {
    static final long BETWEEN = TimeUnit.SECONDS.toNanos(10);
    static final int SHARE = 20;
    /** The longest that a worker waits for its next one. */
    static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

    private final Runnable collector;
    private final LongSupplier clock;
    private long ended;
    private long took;

    /** What one version's isolates had of them. Guarded by the collections. */
    static final class Charge {
        private boolean had;
        private long wait;
        private long due;

        private long due(long now) {
            return had ? due - now : 0;
        }

        private void count(long now) {
            wait = had && now - due < wait ? Math.min(2 * wait, LONGEST) : BETWEEN;
            due = now + wait;
            had = true;
        }
    }

    FullCollections() {
        this(System::gc, System::nanoTime);
    }

    /** @param clock as {@link System#nanoTime()} */
    FullCollections(Runnable collector, LongSupplier clock) {
        this.collector = collector;
        this.clock = clock;
        this.ended = clock.getAsLong() - BETWEEN;
    }

    /** For the server's own need, when memory is short; whether it may be, and was. */
    synchronized boolean collect() {
        long now = clock.getAsLong();
        if (now - ended < BETWEEN) {
            return false;
        }
        run(now);
        return true;
    }

    /** To judge a worker, which is charged with it; whether it may be, and was. */
    synchronized boolean collectFor(Charge worker) {
        long now = clock.getAsLong();
        if (now - ended < Math.max(BETWEEN, SHARE * took) || worker.due(now) > 0) {
            return false;
        }
        run(now);
        worker.count(ended);
        return true;
    }

    /** What was just let go of is garbage that only the next one takes away: the server need not wait for that. */
    synchronized void next() {
        ended = clock.getAsLong() - BETWEEN;
    }

    private void run(long begun) {
        collector.run();
        ended = clock.getAsLong();
        took = ended - begun;
    }
}
