package dev.skerry.telemetry;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitKey;
import dev.skerry.model.Version;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Counts the limits that workers come to, and tells of them in the log: of one limit in one environment at once, and then no more often than every
 * {@value #SECONDS_BETWEEN_LINES} seconds, with how many there were meanwhile. Thread-safe; as many meters as there are environments times limits.
 */
final class ReachedLimits {
    static final int SECONDS_BETWEEN_LINES = 10;

    private static final Logger LOG = Logger.getLogger("skerry.limits");

    private record Key(EnvironmentRef environment, LimitKey limit) {}

    private static final class Reached {
        private final Counter counter;
        private final AtomicLong untold = new AtomicLong();
        private final AtomicLong quietUntil;

        private Reached(Counter counter, long now) {
            this.counter = counter;
            this.quietUntil = new AtomicLong(now);
        }
    }

    private final MeterRegistry registry;
    private final LongSupplier clock;
    private final Map<Key, Reached> limits = new ConcurrentHashMap<>();

    /** @param clock as {@link System#nanoTime()} */
    ReachedLimits(MeterRegistry registry, LongSupplier clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void reached(Version version, LimitKey limit, String detail) {
        Reached reached = limits.computeIfAbsent(new Key(version.environment(), limit), this::begin);
        reached.counter.increment();
        long now = clock.getAsLong();
        long until = reached.quietUntil.get();
        long next = now + Duration.ofSeconds(SECONDS_BETWEEN_LINES).toNanos();
        if (now - until >= 0 && reached.quietUntil.compareAndSet(until, next)) {
            long untold = reached.untold.getAndSet(0);
            LOG.warnf(
                    "%s v%d reached its limit %s: %s%s",
                    version.environment(),
                    version.number(),
                    limit.shortName(),
                    detail,
                    untold == 0 ? "" : " Since the line before this it did so " + untold + " times more.");
        } else {
            reached.untold.incrementAndGet();
        }
    }

    private Reached begin(Key key) {
        return new Reached(
                Counter.builder("skerry.limits.reached")
                        .tag("limit", key.limit().shortName())
                        .tag("service", key.environment().service().value())
                        .tag("environment", key.environment().environment().value())
                        .register(registry),
                clock.getAsLong());
    }
}
