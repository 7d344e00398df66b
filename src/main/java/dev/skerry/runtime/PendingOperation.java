package dev.skerry.runtime;

import dev.skerry.binding.GuestError;
import dev.skerry.binding.Operation;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An operation of an invocation; its settlement is an event of the isolate's mailbox. Thread-safe. */
final class PendingOperation implements Operation {
    private final int id;
    private final WorkerInvocation invocation;
    private final AtomicBoolean settled = new AtomicBoolean();

    PendingOperation(int id, WorkerInvocation invocation) {
        this.id = id;
        this.invocation = invocation;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public void resolve(@Nullable Object value) {
        settle(true, value);
    }

    @Override
    public void reject(GuestError error) {
        settle(false, error);
    }

    private void settle(boolean success, @Nullable Object value) {
        Isolate isolate = invocation.isolate();
        if (settled.compareAndSet(false, true) && !isolate.closed()) {
            isolate.post(new Settlement(invocation, success, id, value));
        }
    }

    private record Settlement(
            WorkerInvocation invocation,
            boolean success,
            int id,
            @Nullable Object value) implements Turn {
        @Override
        public void run(Isolate isolate) {
            Worker worker = isolate.worker();
            if (invocation.ended()) {
                worker.forget(id);
            } else if (success) {
                worker.settle(id, value);
            } else {
                worker.fail(id, value);
            }
        }
    }
}
