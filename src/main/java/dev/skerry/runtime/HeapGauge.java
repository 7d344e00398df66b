package dev.skerry.runtime;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * How full the heap is after collections. Between them most of what is in it is garbage, so its momentary use says little. The look that finds a new
 * collection takes the use of that moment for the use after it: the watchdog looks every few milliseconds. Confined to the watchdog's thread.
 */
final class HeapGauge {
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final Runtime runtime = Runtime.getRuntime();
    private long collections;
    private long kept;

    /** Looks; true when there was a collection since the last look. */
    boolean look() {
        long now = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            now += collector.getCollectionCount();
        }
        if (now == collections) {
            return false;
        }
        collections = now;
        kept = runtime.totalMemory() - runtime.freeMemory();
        return true;
    }

    /** Share of the largest heap, in percent, that was in use after the last collection. */
    int percent() {
        return (int) (100 * kept / runtime.maxMemory());
    }
}
