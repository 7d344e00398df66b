package dev.skerry.runtime;

import java.util.concurrent.atomic.AtomicInteger;

/** How many events an isolate has, of as many as it may. Thread-safe. */
final class Admission {
    /** Far below zero: what is counted in or out does not make it another. */
    private static final int RETIRED = Integer.MIN_VALUE / 2;

    private final int most;
    private final AtomicInteger admitted = new AtomicInteger();

    Admission(int most) {
        this.most = most;
    }

    /** Makes room for an event, which comes next; false when there is none, or the isolate has retired. */
    boolean admit() {
        while (true) {
            int now = admitted.get();
            if (now < 0 || now >= most) {
                return false;
            }
            if (admitted.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** An event has ended. */
    void leave() {
        admitted.decrementAndGet();
    }

    /** Admits nothing any more, if there is nothing now: no event is lost by it. */
    boolean retire() {
        return admitted.compareAndSet(0, RETIRED);
    }

    boolean retired() {
        return admitted.get() < 0;
    }
}
