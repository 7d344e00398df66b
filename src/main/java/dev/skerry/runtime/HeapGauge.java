package dev.skerry.runtime;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How full the heap is after collections. Between them most of what is in it is garbage, so its momentary use says little. The look that finds a new
 * collection takes the use of that moment for the use after it: the watchdog looks every few milliseconds. Confined to the watchdog's thread.
 */
final class HeapGauge {
    /** How long nothing need have been collected for the server to count as idle. */
    static final long IDLE = TimeUnit.SECONDS.toNanos(10);
    /** How many bytes more than at the least are worth a full collection while nobody is kept waiting by it. */
    static final long WORTH = 16 << 20;

    private final LongSupplier count;
    private final LongSupplier used;
    private final LongSupplier clock;
    private long collections;
    private long found;
    private long kept;
    private long least;
    private long most;

    HeapGauge() {
        this(collections(ManagementFactory.getGarbageCollectorMXBeans()), HeapGauge::inUse, System::nanoTime);
    }

    /**
     * @param count how many collections there were
     * @param used bytes of the heap in use
     * @param clock as {@link System#nanoTime()}
     */
    HeapGauge(LongSupplier count, LongSupplier used, LongSupplier clock) {
        this.count = count;
        this.used = used;
        this.clock = clock;
    }

    private static LongSupplier collections(List<GarbageCollectorMXBean> collectors) {
        return () -> {
            long count = 0;
            for (GarbageCollectorMXBean collector : collectors) {
                count += collector.getCollectionCount();
            }
            return count;
        };
    }

    private static long inUse() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Looks; true when there was a collection since the last look. */
    boolean look() {
        long now = count.getAsLong();
        if (now == collections) {
            return false;
        }
        collections = now;
        found = clock.getAsLong();
        kept = used.getAsLong();
        least = Math.min(least, kept);
        most = Math.max(most, kept);
        return true;
    }

    /** Share of the largest heap, in percent, that was in use after the last collection. */
    int percent() {
        return (int) (100 * kept / Runtime.getRuntime().maxMemory());
    }

    /**
     * Whether the server is idle, and there was much since the last full one that was asked for: memory that others on the machine could use, which
     * small ones left or the collector keeps for what may be allocated next.
     */
    boolean leftOver() {
        return most - least > WORTH && clock.getAsLong() - found > IDLE;
    }

    /** There was a full one just now: what it left is in use. */
    void lookAfterFull() {
        look();
        least = kept;
        most = kept;
    }
}
