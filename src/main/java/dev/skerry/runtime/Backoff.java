package dev.skerry.runtime;

import dev.skerry.model.Outcome;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a version's events are refused after its isolates failed again and again. The first two failures in a row are forgiven. After the third it is as long
 * as that failure took of a processor, 100 ms at least, and after each further one twice as long in proportion, up to a bound: a version whose every
 * event fails soon costs next to nothing, whatever one failure costs. Until it has recovered, it gets one isolate. Each event that ends well
 * forgives half of the failures, so that one among many that end well refuses nobody. Thread-safe.
 */
final class Backoff {
    private static final int FORGIVEN = 2;
    private static final Duration FIRST = Duration.ofMillis(100);
    /** Further failures make nothing longer, nor forgiveness slower. */
    private static final int MOST_FAILURES = 16;

    private final Duration most;
    private final LongSupplier clock;
    private int failures;
    private long until;
    private volatile @Nullable Outcome last;

    Backoff(Duration most) {
        this(most, System::nanoTime);
    }

    /** @param clock as {@link System#nanoTime()} */
    Backoff(Duration most, LongSupplier clock) {
        this.most = most;
        this.clock = clock;
    }

    /**
     * An isolate was closed for a limit that it broke, or did not start.
     *
     * @param cost CPU time that it took to fail
     * @param weight as how many failures it counts
     * @return how long events will be refused now
     */
    synchronized Duration failed(Outcome outcome, Duration cost, int weight) {
        last = outcome;
        failures = Math.min(failures + weight, MOST_FAILURES);
        if (failures <= FORGIVEN) {
            return Duration.ZERO;
        }
        Duration first = cost.compareTo(FIRST) > 0 ? cost : FIRST;
        Duration wait = first.multipliedBy(1L << (failures - FORGIVEN - 1));
        wait = wait.compareTo(most) < 0 ? wait : most;
        until = clock.getAsLong() + wait.toNanos();
        return wait;
    }

    /** An event ended well. */
    void succeeded() {
        if (last != null) {
            synchronized (this) {
                failures = failures <= FORGIVEN ? 0 : failures / 2;
                if (failures == 0) {
                    last = null;
                }
            }
        }
    }

    /** The outcome with which an event is refused now; null when it is not. */
    @Nullable
    Outcome refusal() {
        if (last == null) {
            return null;
        }
        synchronized (this) {
            return failures > FORGIVEN && until - clock.getAsLong() > 0 ? last : null;
        }
    }

    /** Whether it has failed so often that it has to show first that it recovered. */
    boolean onProbation() {
        if (last == null) {
            return false;
        }
        synchronized (this) {
            return failures > FORGIVEN;
        }
    }
}
