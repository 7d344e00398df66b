package dev.skerry.webapi;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.binding.WebApi;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/timers.js}: one clock for all isolates. What the guest half limits (10,000 timers an isolate) bounds its queue. Thread-safe. */
@Singleton
public final class TimersApi implements WebApi {
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "skerry-timers");
        thread.setDaemon(true);
        return thread;
    });

    public TimersApi() {
        clock.setRemoveOnCancelPolicy(true);
    }

    @Override
    public String name() {
        return "timers";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(isolate);
    }

    @PreDestroy
    void close() {
        clock.shutdownNow();
    }

    /** Called on the thread in one isolate; what has rung is taken out by the clock's thread. */
    public final class Host {
        private final IsolateServices isolate;
        private final Map<Integer, Ring> waiting = new ConcurrentHashMap<>();
        private final Map<Invocation, Set<Integer>> ofInvocation = new ConcurrentHashMap<>();

        private Host(IsolateServices isolate) {
            this.isolate = isolate;
        }

        /** Begins an operation that ends after a delay in milliseconds, or is dropped with its invocation. */
        @GuestCallable
        public int start(double delay) {
            Operation operation = isolate.begin();
            Invocation invocation = isolate.invocation();
            int id = operation.id();
            Set<Integer> ids = ofInvocation.computeIfAbsent(invocation, begun -> {
                begun.whenEnded(() -> forget(begun));
                return ConcurrentHashMap.newKeySet();
            });
            ids.add(id);
            Ring ring = new Ring(id, ids, operation);
            waiting.put(id, ring);
            ring.at = clock.schedule(ring, (long) (delay * 1e6), TimeUnit.NANOSECONDS);
            return id;
        }

        @GuestCallable
        public void cancel(int operation) {
            Ring ring = stop(operation);
            if (ring != null) {
                ring.operation.drop();
            }
        }

        private @Nullable Ring stop(int operation) {
            Ring ring = waiting.remove(operation);
            if (ring != null) {
                ring.ids.remove(operation);
                Objects.requireNonNull(ring.at).cancel(false);
            }
            return ring;
        }

        /** Ends a timer early: since its event has ended, the guest forgets it. */
        private void drop(int operation) {
            Ring ring = stop(operation);
            if (ring != null) {
                ring.operation.resolve(null);
            }
        }

        /** One timer. */
        private final class Ring implements Runnable {
            private final int id;
            private final Set<Integer> ids;
            private final Operation operation;
            private @Nullable Future<?> at;

            private Ring(int id, Set<Integer> ids, Operation operation) {
                this.id = id;
                this.ids = ids;
                this.operation = operation;
            }

            @Override
            public void run() {
                waiting.remove(id);
                ids.remove(id);
                operation.resolve(null);
            }
        }

        private void forget(Invocation invocation) {
            Set<Integer> ids = ofInvocation.remove(invocation);
            if (ids != null) {
                ids.forEach(this::drop);
            }
        }
    }
}
