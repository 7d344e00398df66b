package dev.skerry.runtime;

import dev.skerry.model.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a version's events are refused after its isolates failed one after the other. The first two failures are forgiven; then it is 100 ms,
 * twice as long each time up to a bound. One event that ends well clears it. Thread-safe.
 */
final class Backoff {
    private static final int FORGIVEN = 2;
    private static final Duration FIRST = Duration.ofMillis(100);

    private final Duration most;
    private int failures;
    private long until;
    private volatile @Nullable Outcome last;

    Backoff(Duration most) {
        this.most = most;
    }

    /** An isolate was closed for a limit that it broke, or did not start. Returns how long events will be refused now. */
    synchronized Duration failed(Outcome outcome, long now) {
        last = outcome;
        failures++;
        Duration wait =
                failures <= FORGIVEN ? Duration.ZERO : FIRST.multipliedBy(1L << Math.min(failures - FORGIVEN - 1, 20));
        wait = wait.compareTo(most) < 0 ? wait : most;
        until = now + wait.toNanos();
        return wait;
    }

    void succeeded() {
        if (last != null) {
            synchronized (this) {
                failures = 0;
                last = null;
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
            return failures > FORGIVEN && until - System.nanoTime() > 0 ? last : null;
        }
    }
}
