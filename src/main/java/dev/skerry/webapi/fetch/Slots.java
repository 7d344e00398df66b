package dev.skerry.webapi.fetch;

import java.util.ArrayDeque;
import java.util.Queue;

/** How many requests of one event may wait for headers; the others wait for a slot, in their order. Thread-safe. */
final class Slots {
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int taken;

    Slots(int most) {
        this.most = most;
    }

    /** Runs {@code start} as soon as there is a slot, which it has until {@link #free}. */
    void take(Runnable start) {
        synchronized (this) {
            if (taken == most) {
                waiting.add(start);
                return;
            }
            taken++;
        }
        start.run();
    }

    void free() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                taken--;
                return;
            }
        }
        next.run();
    }
}
