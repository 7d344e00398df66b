package dev.skerry.webapi.egress;

import dev.skerry.binding.Invocation;
import java.util.ArrayDeque;
import java.util.Queue;

/** How many requests, handshakes and connections of one event may wait for an answer; the others wait for a slot, in their order. Thread-safe. */
public final class Slots {
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int taken;

    private Slots(int most) {
        this.most = most;
    }

    /** Those of an event. */
    public static Slots of(Invocation invocation, EgressConfig config) {
        return invocation.kept(Slots.class, () -> new Slots(config.waiting()));
    }

    /** Runs {@code start} as soon as there is a slot, which it has until {@link #free}. */
    public void take(Runnable start) {
        synchronized (this) {
            if (taken == most) {
                waiting.add(start);
                return;
            }
            taken++;
        }
        start.run();
    }

    public void free() {
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
