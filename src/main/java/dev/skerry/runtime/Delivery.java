package dev.skerry.runtime;

/** An event that begins an invocation. */
record Delivery(WorkerInvocation invocation, To to) implements Turn {
    /** What is done with the worker. */
    interface To {
        void deliver(Worker worker, WorkerInvocation invocation);
    }

    @Override
    public void run(Isolate isolate) {
        if (invocation.deliver()) {
            to.deliver(isolate.worker(), invocation);
        }
    }
}
