package dev.skerry.runtime;

import com.oracle.truffle.api.TruffleContext;
import dev.skerry.runtime.engine.Scales;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One look at what an isolate keeps, which closes it if that is too much: a turn of its own, or within one that runs.
 *
 * @param uncounted bytes that the thread in the isolate allocated since it entered
 */
record Weighing(Isolate isolate, Scales scales, TruffleContext context, long uncounted) implements Turn {
    private static final Logger LOG = Logger.getLogger("skerry.runtime");

    /**
     * Has an isolate weighed if it allocated so much that it may be over its limit. Thread-safe.
     *
     * @param inside the thread that is in the isolate; null when none is known to be
     * @param uncounted bytes that the thread allocated since it entered
     * @param urgent whether memory is short
     */
    static void ifSuspicious(Isolate isolate, Scales scales, @Nullable Runner inside, long uncounted, boolean urgent) {
        Realm weighed = isolate.realm();
        if (weighed != null && !isolate.closed() && isolate.footprint().suspicious(uncounted, urgent)) {
            new Weighing(isolate, scales, weighed.handle(), uncounted).begin(inside);
        }
    }

    private void begin(@Nullable Runner inside) {
        if (inside == null) {
            isolate.post(this);
        } else {
            long start = System.nanoTime();
            scales.weighInside(context, inside, enough(), isolate.closing().flag(), size -> weighed(size, start));
        }
    }

    @Override
    public @Nullable WorkerInvocation invocation() {
        return null;
    }

    @Override
    public void run(Isolate in) {
        long start = System.nanoTime();
        try {
            weighed(scales.weigh(context, enough(), isolate.closing().flag()), start);
        } catch (CancellationException e) {
            // It closes.
        }
    }

    private long enough() {
        return isolate.limits().memory().bytes() + 1;
    }

    private void weighed(long size, long start) {
        LOG.debugf("%s keeps %d bytes", isolate.environment(), size);
        if (isolate.footprint().weighed(size, uncounted, System.nanoTime() - start)) {
            isolate.pool().closeLater(isolate, Failures.exhausted(isolate.limits()), isolate.current());
        } else if (isolate.footprint().overByGifts()) {
            isolate.pool().judgeGiftsLater(isolate);
        }
    }
}
