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
import java.util.Objects;
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
        // By their numbers.
        private final Map<Integer, Alarm> alarms = new HashMap<>();
        private int last;

        private Host(IsolateServices isolate) {
            this.isolate = isolate;
        }

        /**
         * Sets a timer of the event whose code runs.
         *
         * @param id positive, unique in the isolate
         * @param delay in milliseconds
         * @param repeat whether it rings again each time that it rang
         * @return the number of the event's alarm; negative if nobody waits for it yet, as {@link #next} is for
         */
        @GuestCallable
        public int set(int id, double delay, boolean repeat) {
            Invocation invocation = isolate.invocation();
            Alarm alarm = invocation.kept(Alarm.class, () -> new Alarm(invocation, ++last));
            return alarm.add(id, (long) (delay * 1e6), repeat);
        }

        /** The operation to wait for, which ends when a timer may be due; 0 where none is left. */
        @GuestCallable
        public int next(int alarm) {
            return alarm(alarm).next();
        }

        /** The timer that is due when the operation has ended, which is no more or set again; 0 if none is. */
        @GuestCallable
        public int due(int alarm) {
            return alarm(alarm).due();
        }

        /** Clears a timer that is set; returns the operation that need not be waited for any more, 0 if there is none. */
        @GuestCallable
        public int clear(int alarm, int id) {
            return alarm(alarm).clear(id);
        }

        /** A timer that the event left when it ended before its operation, each time another; 0 if there are no more. */
        @GuestCallable
        public int left(int alarm) {
            return alarm(alarm).left();
        }

        private Alarm alarm(int number) {
            return Objects.requireNonNull(alarms.get(number));
        }

        /** The timers of one event. */
        private final class Alarm {
            private final int number;
            private final TimerQueue timers = new TimerQueue();
            // What rings for the first of them, or for one before it that was cleared.
            private @Nullable Operation operation;
            private @Nullable Future<?> ringing;
            private long rings;

            private Alarm(Invocation invocation, int number) {
                this.number = number;
                invocation.whenEnded(this::end);
            }

            private int add(int id, long nanos, boolean repeat) {
                long due = System.nanoTime() + nanos;
                timers.add(id, due, repeat ? nanos : 0);
                Operation waited = operation;
                if (waited == null) {
                    alarms.put(number, this);
                    return -number;
                }
                if (due - rings < 0) {
                    silence();
                    ring(waited, due);
                }
                return number;
            }

            private int due() {
                operation = null;
                long now = System.nanoTime();
                if (timers.isEmpty() || timers.firstDue() - now > 0) {
                    return 0;
                }
                int id = timers.first();
                long every = timers.firstEvery();
                timers.removeFirst();
                if (every != 0) {
                    timers.add(id, now + every, every);
                }
                return id;
            }

            private int next() {
                if (timers.isEmpty()) {
                    return 0;
                }
                Operation next = isolate.begin();
                operation = next;
                ring(next, timers.firstDue());
                return next.id();
            }

            private int clear(int id) {
                timers.remove(id);
                Operation waited = operation;
                if (!timers.isEmpty() || waited == null) {
                    return 0;
                }
                silence();
                waited.drop();
                operation = null;
                return waited.id();
            }

            private void end() {
                Operation waited = operation;
                if (waited == null) {
                    alarms.remove(number);
                } else {
                    silence();
                    // Since its event has ended, the guest forgets it.
                    waited.resolve(null);
                }
            }

            private int left() {
                if (timers.isEmpty()) {
                    operation = null;
                    alarms.remove(number);
                    return 0;
                }
                return timers.removeAny();
            }

            private void ring(Operation waited, long due) {
                rings = due;
                ringing = clock.schedule(() -> waited.resolve(null), due - System.nanoTime(), TimeUnit.NANOSECONDS);
            }

            private void silence() {
                Objects.requireNonNull(ringing).cancel(false);
            }
        }
    }
}
