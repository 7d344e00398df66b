package dev.skerry.webapi;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.binding.WebApi;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/timers.js}: one clock for all isolates, in which an event stands once, for the first of its timers. What the guest half limits (10,000 timers
 * an isolate) bounds them. Thread-safe. */
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

    /** Confined to the thread in one isolate. */
    public final class Host {
        private final IsolateServices isolate;
        private final Map<Integer, Timer> timers = new HashMap<>();
        // By the operation that the guest waits for.
        private final Map<Integer, Alarm> alarms = new HashMap<>();

        private Host(IsolateServices isolate) {
            this.isolate = isolate;
        }

        /**
         * Sets a timer of the event whose code runs.
         *
         * @param id positive, unique in the isolate
         * @param delay in milliseconds
         * @param repeat whether it rings again each time that it rang
         * @return the operation to wait for, which ends when a timer of the event may be due; 0 where one is waited for already
         */
        @GuestCallable
        public int set(int id, double delay, boolean repeat) {
            Invocation invocation = isolate.invocation();
            Alarm alarm = invocation.kept(Alarm.class, () -> new Alarm(invocation));
            long nanos = (long) (delay * 1e6);
            return alarm.add(new Timer(alarm, id, System.nanoTime() + nanos, repeat ? nanos : 0));
        }

        /** The timer that is due when an operation has ended, which is no more or set again; 0 if none is. */
        @GuestCallable
        public int due(int operation) {
            return Objects.requireNonNull(alarms.get(operation)).due();
        }

        /** The operation to wait for when one has ended; 0 where no timer is left. */
        @GuestCallable
        public int next(int operation) {
            return Objects.requireNonNull(alarms.remove(operation)).next();
        }

        /** Clears a timer, if there is one of that id; returns the operation that need not be waited for any more, 0 if there is none. */
        @GuestCallable
        public int clear(int id) {
            Timer timer = timers.remove(id);
            return timer == null ? 0 : timer.alarm.clear(timer);
        }

        /** A timer of the event that has ended before its operation, each time another; 0 if there are no more. */
        @GuestCallable
        public int left(int operation) {
            Alarm alarm = alarms.get(operation);
            return alarm == null ? 0 : alarm.left(operation);
        }

        /** The timers of one event. */
        private final class Alarm {
            private final NavigableSet<Timer> timers = new TreeSet<>();
            // What rings for the first of them, or for one before it that was cleared.
            private @Nullable Operation operation;
            private @Nullable Future<?> ringing;
            private long rings;

            private Alarm(Invocation invocation) {
                invocation.whenEnded(this::end);
            }

            private int add(Timer timer) {
                put(timer);
                if (operation == null) {
                    return next();
                }
                if (timer.due - rings < 0) {
                    silence();
                    ring(operation, timer.due);
                }
                return 0;
            }

            private void put(Timer timer) {
                Host.this.timers.put(timer.id, timer);
                timers.add(timer);
            }

            private int due() {
                operation = null;
                long now = System.nanoTime();
                if (timers.isEmpty() || timers.first().due - now > 0) {
                    return 0;
                }
                Timer timer = Objects.requireNonNull(timers.pollFirst());
                if (timer.repeats == 0) {
                    Host.this.timers.remove(timer.id);
                } else {
                    put(new Timer(this, timer.id, now + timer.repeats, timer.repeats));
                }
                return timer.id;
            }

            private int next() {
                if (timers.isEmpty()) {
                    return 0;
                }
                Operation next = isolate.begin();
                operation = next;
                alarms.put(next.id(), this);
                ring(next, timers.first().due);
                return next.id();
            }

            private int clear(Timer timer) {
                timers.remove(timer);
                Operation ended = operation;
                if (!timers.isEmpty() || ended == null) {
                    return 0;
                }
                silence();
                ended.drop();
                operation = null;
                alarms.remove(ended.id());
                return ended.id();
            }

            private void end() {
                Operation ended = operation;
                if (ended != null) {
                    silence();
                    // Since its event has ended, the guest forgets it.
                    ended.resolve(null);
                }
            }

            private int left(int ended) {
                Timer timer = timers.pollFirst();
                if (timer == null) {
                    operation = null;
                    alarms.remove(ended);
                    return 0;
                }
                Host.this.timers.remove(timer.id);
                return timer.id;
            }

            private void ring(Operation operation, long due) {
                rings = due;
                ringing = clock.schedule(() -> operation.resolve(null), due - System.nanoTime(), TimeUnit.NANOSECONDS);
            }

            private void silence() {
                Objects.requireNonNull(ringing).cancel(false);
            }
        }

        /**
         * One timer.
         *
         * @param due in nanoseconds, as of {@link System#nanoTime}
         * @param repeats after how many nanoseconds it rings again; 0 if it does not
         */
        private record Timer(Alarm alarm, int id, long due, long repeats) implements Comparable<Timer> {
            @Override
            public int compareTo(Timer other) {
                int earlier = Long.signum(due - other.due);
                return earlier == 0 ? Integer.compare(id, other.id) : earlier;
            }

            @Override
            public boolean equals(@Nullable Object other) {
                return this == other;
            }

            @Override
            public int hashCode() {
                return id;
            }
        }
    }
}
