package dev.skerry.telemetry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How one version's requests went since this was made. Thread-safe.
 *
 * <p>Latencies are counted in classes: each power of two of microseconds is cut into sixteen, so a percentile is at most a sixteenth above the truth.
 */
public final class VersionMeter {
    private static final int CUT_BITS = 4;
    private static final int CUTS = 1 << CUT_BITS;
    private static final int FIRST_ERROR_STATUS = 500;

    private final LongAdder requests = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicLongArray latencies = new AtomicLongArray((Long.SIZE + 1) * CUTS);

    /**
     * What was seen so far.
     *
     * @param requests those that ended
     * @param failures those of them that ended with another outcome than ok, or were answered with a status of 500 or more; a client that went away is
     *     none
     * @param p99 the time to the response's head that 99 of 100 kept to; empty when nothing was answered
     */
    public record Seen(long requests, long failures, Optional<Duration> p99) {
        /** In percent. */
        public double failed() {
            return requests == 0 ? 0 : 100.0 * Math.min(failures, requests) / requests;
        }
    }

    public Seen seen() {
        return new Seen(requests.sum(), failures.sum(), percentile(0.99));
    }

    void responded(int status, long nanos) {
        if (status >= FIRST_ERROR_STATUS) {
            failures.increment();
        }
        latencies.incrementAndGet(slot(nanos / 1000));
    }

    void ended(boolean failed) {
        requests.increment();
        if (failed) {
            failures.increment();
        }
    }

    /** Values below {@link #CUTS} have a class each; above, the leading bit and the four after it make one. */
    private static int slot(long micros) {
        if (micros < CUTS) {
            return (int) Math.max(0, micros);
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - CUT_BITS;
        return (shift + 1) * CUTS + (int) ((micros >> shift) & (CUTS - 1));
    }

    /** The greatest value of a class. */
    private static long greatest(int slot) {
        if (slot < CUTS) {
            return slot;
        }
        int shift = slot / CUTS - 1;
        return ((long) (CUTS + slot % CUTS + 1) << shift) - 1;
    }

    private Optional<Duration> percentile(double part) {
        long[] counts = new long[latencies.length()];
        long all = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = latencies.get(i);
            all += counts[i];
        }
        long wanted = (long) Math.ceil(all * part);
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            if (sum >= wanted && sum > 0) {
                return Optional.of(Duration.ofNanos(greatest(i) * 1000));
            }
        }
        return Optional.empty();
    }
}
