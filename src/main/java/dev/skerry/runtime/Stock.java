package dev.skerry.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Realms that stand ready for the next isolates, with what most workers use evaluated. All workers' realms are alike, so any isolate can take any.
 * Nothing is in stock until a second isolate was asked for: a server of one worker would only keep the memory. What is taken is replaced by a runner that
 * has nothing else to do. Thread-safe.
 */
final class Stock {
    private static final Logger LOG = Logger.getLogger("skerry.runtime");

    /** So many isolates are made without a stock. */
    private static final int ENOUGH = 2;

    private final int most;
    private final Supplier<Realm> maker;
    private final Queue<Realm> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger missing = new AtomicInteger();
    /** How many were made by those who asked. */
    private final AtomicInteger made = new AtomicInteger();

    /**
     * An empty stock.
     *
     * @param most how many realms it holds when it is full
     */
    Stock(int most, Supplier<Realm> maker) {
        this.most = most;
        this.maker = maker;
    }

    /** A realm, or null when there is none: then whoever asks makes one. */
    @Nullable
    Realm take() {
        Realm realm = ready.poll();
        if (realm != null) {
            missing.incrementAndGet();
        } else if (made.incrementAndGet() == ENOUGH) {
            missing.set(most);
        }
        return realm;
    }

    /** Makes one realm, if one is missing; whether it did. For a runner outside of any context. */
    boolean refill() {
        if (missing.get() <= 0 || missing.getAndDecrement() <= 0) {
            return false;
        }
        try {
            ready.add(maker.get());
            return true;
        } catch (RuntimeException | Error e) {
            LOG.debug("No realm could be made for the stock; it is tried again when one is asked for", e);
            made.set(ENOUGH - 1);
            return false;
        }
    }

    /** How many realms stand ready. */
    int size() {
        return ready.size();
    }
}
