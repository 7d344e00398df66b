package dev.skerry.runtime;

import dev.skerry.binding.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Whether who sent an event still waits for its response, and what becomes of the event when not: one that waits for its turn is dropped, a worker hears of
 * it and says what it wants to do, and then the event ends unless it passed something to waitUntil. Confined to the thread in the isolate, but for
 * what says that it is thread-safe.
 */
final class Departure {
    private final WorkerInvocation invocation;
    private volatile boolean delivered;
    private volatile boolean extended;
    private volatile @Nullable String reason;
    private volatile @Nullable Operation awaited;

    Departure(WorkerInvocation invocation) {
        this.invocation = invocation;
    }

    /** The worker gets the event. */
    void delivered() {
        delivered = true;
    }

    /** The event outlives its client. */
    void extend() {
        extended = true;
    }

    boolean extended() {
        return extended;
    }

    /** Whether the client is gone. Thread-safe. */
    boolean happened() {
        return reason != null;
    }

    /** An operation that ends when the client goes away. */
    Operation await() {
        Operation operation = invocation.isolate().begin();
        awaited = operation;
        if (happened()) {
            operation.resolve(null);
        }
        // Settled in any case, so that the guest does not keep it.
        invocation.whenEnded(() -> operation.resolve(null));
        return operation;
    }

    /** The client goes away. Thread-safe. */
    void happen(String why) {
        if (happened()) {
            return;
        }
        reason = why;
        if (delivered) {
            invocation.isolate().post(new Told(this, why));
        } else {
            invocation.cancel(why);
        }
    }

    /** The worker hears that the client is gone. */
    private record Told(Departure departure, String reason) implements Turn {
        @Override
        public WorkerInvocation invocation() {
            return departure.invocation;
        }

        @Override
        public void run(Isolate isolate) {
            Operation waiting = departure.awaited;
            if (waiting == null) {
                departure.invocation.endWithoutClient(reason);
            } else {
                waiting.resolve(null);
                isolate.post(new Over(departure.invocation, reason));
            }
        }
    }

    /** The worker has said what it wants to do. */
    private record Over(WorkerInvocation invocation, String reason) implements Turn {
        @Override
        public void run(Isolate isolate) {
            invocation.endWithoutClient(reason);
        }
    }
}
