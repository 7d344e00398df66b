package dev.skerry.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one event has that is let go with it: sessions of RPC, memory of Java's, what Web APIs keep for it and have run at its end. Most events have little of
 * that, so each is made when it is first asked for. Confined to the thread in the isolate, but for what says that it is thread-safe.
 */
final class Belongings {
    private final WorkerInvocation invocation;
    private @Nullable List<Runnable> whenEnded;
    private @Nullable Map<Class<?>, Object> kept;
    private volatile @Nullable RpcSession rpc;
    private volatile @Nullable EventMemory memory;

    Belongings(WorkerInvocation invocation) {
        this.invocation = invocation;
    }

    /** What the event has to do with others by RPC; closed when it has ended. Thread-safe. */
    RpcSession rpc() {
        RpcSession session;
        synchronized (this) {
            session = rpc;
            if (session != null) {
                return session;
            }
            session = rpc = new RpcSession(invocation);
        }
        if (invocation.ended()) {
            session.close();
        }
        return session;
    }

    /** Whether others can call something of the event. Thread-safe. */
    boolean canBeCalled() {
        RpcSession session = rpc;
        return session != null && session.gives();
    }

    /** What Java keeps for the event; nothing more when it has ended. Thread-safe. */
    EventMemory memory() {
        EventMemory known = memory;
        if (known != null) {
            return known;
        }
        EventMemory made;
        synchronized (this) {
            known = memory;
            if (known != null) {
                return known;
            }
            memory = made = new EventMemory(invocation.isolate());
        }
        if (invocation.ended()) {
            made.end();
        }
        return made;
    }

    /** What somebody keeps with the event, one of a type. */
    <T> T kept(Class<T> type, Supplier<T> maker) {
        Map<Class<?>, Object> all = kept;
        if (all == null) {
            kept = all = new HashMap<>();
        }
        return type.cast(all.computeIfAbsent(type, key -> maker.get()));
    }

    void whenEnded(Runnable action) {
        List<Runnable> all = whenEnded;
        if (all == null) {
            whenEnded = all = new ArrayList<>(1);
        }
        all.add(action);
    }

    /** Lets go of all, when the event has ended. */
    void letGo() {
        RpcSession session;
        synchronized (this) {
            session = rpc;
        }
        if (session != null) {
            session.close();
        }
        List<Runnable> actions = whenEnded;
        if (actions != null) {
            actions.forEach(Runnable::run);
            actions.clear();
        }
        EventMemory held = memory;
        if (held != null) {
            held.end();
        }
    }

    /** The event was ended from another thread. */
    record LetGo(WorkerInvocation invocation) implements Turn {
        @Override
        public void run(Isolate isolate) {
            invocation.letGo();
        }

        @Override
        public void drop() {
            invocation.letGo();
        }
    }
}
