package dev.skerry.runtime;

import dev.skerry.binding.GuestError;
import dev.skerry.binding.Operation;
import dev.skerry.binding.Weighty;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An operation of an invocation; its settlement is an event of the isolate's mailbox. Thread-safe, unless said otherwise. */
final class PendingOperation implements Operation {
    /** Values of fewer bytes are not counted while they wait for their turn. */
    private static final int LIGHT = 1024;

    private final int id;
    private final WorkerInvocation invocation;
    private final boolean awaited;
    private final AtomicBoolean settled = new AtomicBoolean();

    /**
     * Begins it, on the thread in the isolate.
     *
     * @param awaited whether the invocation may be waiting for it, and for nothing else
     */
    PendingOperation(int id, WorkerInvocation invocation, boolean awaited) {
        this.id = id;
        this.invocation = invocation;
        this.awaited = awaited;
        if (awaited) {
            invocation.stillness().begun();
        }
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

    @Override
    public void drop() {
        if (settled.compareAndSet(false, true)) {
            over();
        }
    }

    private void over() {
        if (awaited) {
            invocation.stillness().over();
        }
    }

    private void settle(boolean success, @Nullable Object value) {
        Isolate isolate = invocation.isolate();
        if (settled.compareAndSet(false, true) && !isolate.closed()) {
            long weight = weight(value);
            if (weight >= LIGHT) {
                invocation.memory().hold(weight);
            }
            isolate.post(new Settlement(this, success, value, weight));
        }
    }

    private static long weight(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case String text -> text.length();
            case ByteBuffer bytes -> bytes.remaining();
            case Weighty weighty -> weighty.weight();
            default -> 0;
        };
    }

    private record Settlement(
            PendingOperation operation,
            boolean success,
            @Nullable Object value,
            long weight) implements Turn {
        @Override
        public WorkerInvocation invocation() {
            return operation.invocation;
        }

        @Override
        public void run(Isolate isolate) {
            operation.over();
            if (weight >= LIGHT) {
                operation.invocation.memory().letGo(weight);
            }
            Worker worker = isolate.worker();
            int id = operation.id;
            if (operation.invocation.ended()) {
                worker.forget(id);
            } else if (success) {
                worker.settle(id, value);
            } else {
                worker.fail(id, value);
            }
        }
    }
}
