package dev.skerry.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is known of one isolate's memory, and when to look again. What its threads allocated is known to the byte and costs nothing; what it keeps of that is
 * known only by weighing, which is dear. An isolate that has allocated little more than its limit is never weighed, for it
 * cannot keep much more; one that was found light waits twice as long each time, one that was found heavy not. What Java keeps for the isolate's events is known to the byte, too,
 * and weighs as much. Thread-safe; a lost race costs one weighing more or less.
 */
final class Footprint {
    /** A light isolate is weighed each time that it allocated 2^n limits more, n at most this. */
    private static final int MOST_PATIENT = 6;

    /** Weighing takes at most one part in this many of the time. */
    private static final int SHARE = 4;

    private final long limit;
    private final AtomicBoolean judging = new AtomicBoolean();
    private final AtomicBoolean weighing = new AtomicBoolean();
    // What Java keeps now, and all that it ever came to keep.
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong everHeld = new AtomicLong();
    private final Given given = new Given();
    private final AtomicBoolean tooMuch = new AtomicBoolean();
    private volatile long allocated;
    private volatile long weighedAt;
    private volatile long size;
    private volatile long marked;
    private volatile long due;
    private volatile long notBefore = System.nanoTime();
    private volatile int patience;

    Footprint(long limit) {
        this.limit = limit;
        // Somewhat more, so that one that keeps all that it makes is weighed once, not twice.
        this.due = limit + limit / 8;
    }

    /** Counts what a thread has allocated in the isolate. For the thread that is in it. */
    void count(long bytes) {
        allocated = allocated + bytes;
    }

    /** Java keeps bytes for an event; false when that alone is more than the limit. */
    boolean hold(long bytes) {
        everHeld.addAndGet(bytes);
        return held.addAndGet(bytes) <= limit;
    }

    void letGo(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }

    /** The worker is given a buffer or a body of Java's; whether it now may hold too much of that. */
    boolean give(Object value, long bytes) {
        given.add(value, bytes);
        return overByGifts();
    }

    /** Whether the isolate is over its limit for what it was given, as far as collections have shown, and was not when that is left out. */
    boolean overByGifts() {
        long rest = size + held.get();
        return rest <= limit && rest + given.bytes() > limit;
    }

    /** One judge at a time: whether there was none. */
    boolean beginJudging() {
        return judging.compareAndSet(false, true);
    }

    void endJudging() {
        judging.set(false);
    }

    /** Whether this is the first time that too much is found. */
    boolean firstExcess() {
        return tooMuch.compareAndSet(false, true);
    }

    /** All that was ever made for the isolate. */
    private long made(long uncounted) {
        return allocated + everHeld.get() + uncounted;
    }

    /**
     * Whether the isolate should be weighed now. The caller that hears true weighs it and calls {@link #weighed}.
     *
     * @param uncounted bytes that a turn which has not ended allocated so far
     * @param urgent whether memory is short: what was found last time counts for less
     */
    boolean suspicious(long uncounted, boolean urgent) {
        long since = made(uncounted) - weighedAt;
        boolean heavy = urgent ? since >= limit / 4 : since >= due && System.nanoTime() - notBefore >= 0;
        return heavy && weighing.compareAndSet(false, true);
    }

    /**
     * Takes note of a weighing.
     *
     * @param uncounted as above
     * @param nanos how long it took
     * @return whether the isolate is over its limit, whatever it still holds of what it was given
     */
    boolean weighed(long bytes, long uncounted, long nanos) {
        long kept = bytes + held.get();
        size = bytes;
        weighedAt = made(uncounted);
        notBefore = System.nanoTime() + SHARE * nanos;
        if (kept > limit / 2) {
            patience = 0;
            due = Math.max(limit - kept, limit / 4);
        } else {
            due = limit << patience;
            patience = Math.min(patience + 1, MOST_PATIENT);
        }
        weighing.set(false);
        return kept > limit;
    }

    /** The most that the isolate can keep of what was allocated since the mark. */
    long mostSinceMark(long uncounted) {
        long kept = size + held.get() + given.bytes() + made(uncounted) - weighedAt;
        return Math.min(kept, made(uncounted) + given.ever() - marked);
    }

    /** Memory is plentiful now: what was allocated until now is nobody's fault. */
    void mark(long uncounted) {
        marked = made(uncounted) + given.ever();
    }

    /** Bytes that the isolate kept when it was weighed last, with what Java keeps for it and what it was given; 0 when it never was. */
    long size() {
        return size == 0 ? 0 : size + held.get() + given.bytes();
    }
}
