package dev.skerry.runtime;

import org.jspecify.annotations.Nullable;

/** One event of a mailbox: what the runner does while it is in the isolate. */
interface Turn {
    /** For whom the turn is run, and charged; null for the isolate itself. */
    @Nullable
    WorkerInvocation invocation();

    /** Runs on the runner that has entered the isolate; calls the guest. */
    void run(Isolate isolate);

    /** The isolate was closed before the turn came. */
    default void drop() {}
}
