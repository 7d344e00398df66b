package dev.skerry.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What an invocation gave to others to call: a function or an RpcTarget, which stands under a number in the table of its isolate's guest half. It is
 * there until its last stub is released or its invocation ends. Thread-safe, unless said otherwise.
 */
final class RpcTarget {
    private final WorkerInvocation owner;
    private final int id;
    // Confined to the thread in the owner's isolate.
    private boolean holds;
    private final AtomicInteger stubs = new AtomicInteger();
    private final AtomicBoolean gone = new AtomicBoolean();

    private RpcTarget(WorkerInvocation owner, int id) {
        this.owner = owner;
        this.id = id;
    }

    /** Of the invocation whose turn it is. */
    static RpcTarget of(WorkerInvocation owner, int id) {
        RpcTarget target = new RpcTarget(owner, id);
        owner.rpc().give(target);
        return target;
    }

    /** Keeps its invocation open as long as it is there. On the thread in the owner's isolate. */
    void hold() {
        if (!holds) {
            holds = true;
            owner.hold();
        }
    }

    WorkerInvocation owner() {
        return owner;
    }

    int id() {
        return id;
    }

    void retain() {
        stubs.incrementAndGet();
    }

    void release() {
        if (stubs.decrementAndGet() == 0) {
            drop();
        }
    }

    /** Takes it out of the table: nobody can call it any more. */
    void drop() {
        if (gone.compareAndSet(false, true)) {
            owner.rpc().forget(this);
            owner.isolate().post(new Drop(this));
        }
    }

    boolean gone() {
        return gone.get();
    }

    /** The guest forgets the target, and disposes of it while its invocation is open. */
    private record Drop(RpcTarget target) implements Turn {
        @Override
        public WorkerInvocation invocation() {
            return target.owner;
        }

        @Override
        public void run(Isolate isolate) {
            isolate.worker().rpcDrop(target.id, !target.owner.ended());
            if (target.holds) {
                target.owner.release();
            }
        }
    }
}
