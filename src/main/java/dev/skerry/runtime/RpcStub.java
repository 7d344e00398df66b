package dev.skerry.runtime;

import dev.skerry.binding.GuestError;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One isolate's right to call a target of another; the guest holds it as an opaque object. Released once. Thread-safe. */
public final class RpcStub {
    private final RpcTarget target;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile @Nullable RpcSession holder;

    RpcStub(RpcTarget target) {
        this.target = target;
        target.retain();
    }

    /** The target, for a call. */
    RpcTarget target() {
        if (released.get()) {
            throw GuestError.error("RPC stub used after being disposed.");
        }
        return target;
    }

    /** Another one for the same target, of its own lifetime. */
    RpcStub another() {
        return new RpcStub(target());
    }

    /** Whether it is another invocation's to call. */
    boolean isForeignTo(WorkerInvocation caller) {
        RpcSession session = holder;
        return session != null && !session.isOf(caller);
    }

    void heldBy(RpcSession session) {
        holder = session;
    }

    void release() {
        if (released.compareAndSet(false, true)) {
            RpcSession session = holder;
            if (session != null) {
                session.drop(this);
            }
            target.release();
        }
    }
}
