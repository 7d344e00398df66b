package dev.skerry.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The queue of events of one isolate. Anyone posts; one runner at a time drains. Thread-safe.
 *
 * <p>{@code scheduled} is true from the post that found the mailbox idle until a runner has emptied it: so it stands in one run queue at the most.
 * The number of events is bounded by what makes them: requests by the pool's limit, completions by the operations that were begun.
 */
final class Mailbox {
    /** Gives the events of a mailbox their turns. */
    interface Owner {
        void drain(Mailbox mailbox, Runner runner);
    }

    private final Owner owner;
    private final Runners runners;
    private final Queue<Turn> turns = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** The runner that was in the isolate last: its caches are warm. Written by the runner itself; a stale read costs time alone. */
    volatile @Nullable Runner last;

    Mailbox(Owner owner, Runners runners) {
        this.owner = owner;
        this.runners = runners;
    }

    void post(Turn turn) {
        size.incrementAndGet();
        turns.add(turn);
        if (scheduled.compareAndSet(false, true)) {
            runners.schedule(this);
        }
    }

    @Nullable
    Turn poll() {
        Turn turn = turns.poll();
        if (turn != null) {
            size.decrementAndGet();
        }
        return turn;
    }

    /** How many events wait. */
    int size() {
        return size.get();
    }

    /** Whether it waits for a runner or has one. */
    boolean busy() {
        return scheduled.get();
    }

    /** Called by a runner that took this from a run queue. */
    void drain(Runner runner) {
        last = runner;
        try {
            owner.drain(this, runner);
        } finally {
            scheduled.set(false);
            if (!turns.isEmpty() && scheduled.compareAndSet(false, true)) {
                runners.schedule(this);
            }
        }
    }
}
