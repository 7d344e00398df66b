package dev.skerry.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one invocation has to do with others by RPC: the stubs that it holds, the targets that it gave, the calls that it makes and answers. All of it
 * ends with the invocation. Thread-safe.
 */
final class RpcSession {
    private final WorkerInvocation invocation;
    private final Set<RpcStub> stubs = new HashSet<>();
    private final Set<RpcTarget> targets = new HashSet<>();
    private final Set<RpcCall> calls = new HashSet<>();
    private boolean closed;

    RpcSession(WorkerInvocation invocation) {
        this.invocation = invocation;
    }

    boolean isOf(WorkerInvocation other) {
        return invocation == other;
    }

    /** The invocation owns the stub from now on. */
    void hold(RpcStub stub) {
        stub.heldBy(this);
        synchronized (this) {
            if (!closed) {
                stubs.add(stub);
                return;
            }
        }
        stub.release();
    }

    synchronized void drop(RpcStub stub) {
        stubs.remove(stub);
    }

    void give(RpcTarget target) {
        synchronized (this) {
            if (!closed) {
                targets.add(target);
                return;
            }
        }
        target.drop();
    }

    synchronized void forget(RpcTarget target) {
        targets.remove(target);
    }

    /** Whether others can call something of it. */
    synchronized boolean gives() {
        return !targets.isEmpty();
    }

    /** The invocation makes the call, or answers it. */
    void begin(RpcCall call) {
        synchronized (this) {
            if (!closed) {
                calls.add(call);
                return;
            }
        }
        call.ended(invocation);
    }

    synchronized void end(RpcCall call) {
        calls.remove(call);
    }

    void close() {
        List<RpcStub> held;
        List<RpcTarget> given;
        List<RpcCall> open;
        synchronized (this) {
            closed = true;
            held = new ArrayList<>(stubs);
            given = new ArrayList<>(targets);
            open = new ArrayList<>(calls);
            stubs.clear();
            targets.clear();
            calls.clear();
        }
        open.forEach(call -> call.ended(invocation));
        held.forEach(RpcStub::release);
        given.forEach(RpcTarget::drop);
    }
}
