package dev.skerry.runtime;

/** One event of a mailbox: what the runner does while it is in the isolate. */
interface Turn {
    /** For whom the turn is run, and charged. */
    WorkerInvocation invocation();

    /** Runs on the runner that has entered the isolate; calls the guest. */
    void run(Isolate isolate);
}
