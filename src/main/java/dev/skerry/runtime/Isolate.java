package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitKey;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import dev.skerry.telemetry.TailEvent.Trigger;
import dev.skerry.telemetry.WorkerEvents;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One worker's version in a context of its own, with its mailbox. Made empty; the first turn starts it. What is not said to be thread-safe is
 * confined to the runner that is in it.
 */
final class Isolate implements Mailbox.Owner, IsolateServices {
    private static final Logger LOG = Logger.getLogger("skerry.runtime");
    private static final int TURNS_AT_A_TIME = 64;
    /** Far below zero: what is counted in or out does not make it another. */
    private static final int RETIRED = Integer.MIN_VALUE / 2;
    /** How often closing is tried while the heap is full, with a pause of one more millisecond each time. */
    private static final int CLOSING_TRIES = 100;

    private final IsolatePool pool;
    private final Version version;
    private final Mailbox mailbox;
    private final Set<WorkerInvocation> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger admitted = new AtomicInteger();
    private final Footprint footprint;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Outcome closedWith = new Outcome.Canceled("The isolate was closed");
    private volatile long closingSince;
    private volatile @Nullable Realm realm;
    private volatile long idleSince = System.nanoTime();

    private final AtomicInteger calls = new AtomicInteger();

    private @Nullable WorkerInvocation current;
    private @Nullable Worker worker;
    private int operations;

    Isolate(IsolatePool pool, Version version, Runners runners) {
        this.pool = pool;
        this.version = version;
        this.mailbox = new Mailbox(this, runners);
        this.footprint = new Footprint(pool.limits().memory().bytes());
    }

    /** Makes room for an event, which the caller posts next; false when there is none, or the isolate has retired. Thread-safe. */
    boolean admit() {
        while (true) {
            int now = admitted.get();
            if (now < 0 || now >= limits().concurrency()) {
                return false;
            }
            if (admitted.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    /** Closes the isolate if it has nothing to do and will get nothing: no event is lost by it. It waits as {@link #close}. Thread-safe. */
    void retire(String reason) {
        if (idle() && admitted.compareAndSet(0, RETIRED)) {
            close(new Outcome.Canceled(reason), null);
        }
    }

    boolean retired() {
        return admitted.get() < 0;
    }

    /** Posts an event that was admitted. Thread-safe. */
    PostedEvent fetch(FetchEvent event, EventHandler handler, int depth) {
        Trigger trigger = new Trigger.Request(event.method(), event.url(), event.headers());
        return accept(
                new WorkerInvocation(this, "fetch", handler, depth, events().begin(version, trigger)),
                (in, invocation) -> in.fetch(invocation, event));
    }

    /** Posts a scheduled event that was admitted. Thread-safe. */
    PostedEvent scheduled(String cron, long scheduledTime, EventHandler handler) {
        return accept(
                new WorkerInvocation(
                        this,
                        "scheduled",
                        handler,
                        1,
                        events().begin(version, new Trigger.Scheduled(cron, scheduledTime))),
                (in, invocation) -> in.scheduled(invocation, cron, scheduledTime));
    }

    /** Posts the event of a method call that was admitted. Thread-safe. */
    void call(RpcCall call, Binding.Service binding, int depth) {
        WorkerInvocation invocation = new WorkerInvocation(
                this,
                "rpc",
                call,
                depth,
                events().begin(version, new Trigger.Rpc(call.path().replace('\0', '.'))));
        call.runIn(invocation);
        accept(invocation, (in, of) -> in.rpc(of, binding, call));
    }

    /** A number for a call that it answers. Thread-safe. */
    int nextCall() {
        return calls.incrementAndGet();
    }

    /** Starts the worker without an event for it. Thread-safe. */
    void tryStart(CompletableFuture<StartReport> report) {
        admitted.incrementAndGet();
        EventHandler handler = new EventHandler() {
            @Override
            public void respond(int status, String statusText, String headers, Body body) {}

            @Override
            public void end(Outcome outcome) {
                if (!(outcome instanceof Outcome.Ok)) {
                    report.complete(new StartReport(outcome, Duration.ZERO, List.of()));
                }
            }
        };
        accept(new WorkerInvocation(this, "start", handler, 1, Optional.empty()), (in, invocation) -> {
            invocation.end(new Outcome.Ok());
            report.complete(new StartReport(new Outcome.Ok(), in.startup(), in.handlers()));
        });
    }

    /** What a turn does with the worker. */
    interface Delivery {
        void to(Worker worker, WorkerInvocation invocation);
    }

    private PostedEvent accept(WorkerInvocation invocation, Delivery delivery) {
        running.add(invocation);
        mailbox.post(new Event(invocation, delivery));
        if (closed.get()) {
            invocation.finish(closedWith);
        }
        return invocation;
    }

    /** An event that begins an invocation. */
    private record Event(WorkerInvocation invocation, Delivery delivery) implements Turn {
        @Override
        public void run(Isolate isolate) {
            if (invocation.deliver()) {
                delivery.to(Objects.requireNonNull(isolate.worker), invocation);
            }
        }
    }

    /** Posts a turn. Thread-safe. */
    void post(Turn turn) {
        mailbox.post(turn);
    }

    @Override
    public void drain(Mailbox from, Runner runner) {
        if (closed.get()) {
            for (Turn turn = from.poll(); turn != null; turn = from.poll()) {
                turn.drop();
            }
            return;
        }
        try {
            Worker ready = worker;
            if (ready == null) {
                ready = start(runner);
            }
            Context context = ready.context();
            context.enter();
            try {
                Turn turn = from.poll();
                for (int n = 1; turn != null; turn = n++ < TURNS_AT_A_TIME ? from.poll() : null) {
                    run(turn, runner);
                }
            } finally {
                context.leave();
            }
        } catch (PolyglotException e) {
            // Closed from outside while a turn ran, or the engine itself failed in it.
            close(e.isCancelled() || e.isInterrupted() ? closedWith : outcome(e), current);
        } catch (OutOfMemoryError e) {
            close(Failures.HEAP_FULL, current);
        } catch (StackOverflowError e) {
            close(Failures.exhausted(e.toString()), current);
        } catch (RuntimeException | Error e) {
            // Also how entering a context fails that was closed meanwhile; then this does nothing.
            close(Failures.internal(e), current);
        }
        footprint.count(runner.allocated());
    }

    private Outcome outcome(PolyglotException e) {
        try {
            return Failures.outcome(e, pool.sourceMaps());
        } catch (OutOfMemoryError again) {
            return Failures.HEAP_FULL;
        }
    }

    private void run(Turn turn, Runner runner) {
        WorkerInvocation invocation = turn.invocation();
        if (invocation == null) {
            turn.run(this);
            return;
        }
        long start = runner.beginTurn(this, invocation);
        current = invocation;
        try {
            turn.run(this);
            // Left as it is when the turn fails: the one to blame.
            current = null;
        } finally {
            runner.endTurn();
            invocation.charge(System.nanoTime() - start);
        }
    }

    /** Makes the context, and evaluates the worker's modules in it. */
    private Worker start(Runner runner) {
        runner.beginTurn(this, null);
        try {
            Realm fresh = pool.realm(this);
            realm = fresh;
            if (closed.get()) {
                fresh.close();
            }
            return worker = Worker.start(fresh, this, pool.modules(), pool.bindings());
        } finally {
            runner.endTurn();
        }
    }

    /**
     * Closes the isolate. Thread-safe. Who waits for an answer of it is told at once; then this waits until the turn that runs has been stopped.
     *
     * @param culprit the invocation that the outcome is for: the others are canceled; null for all
     */
    void close(Outcome outcome, @Nullable WorkerInvocation culprit) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        List<WorkerInvocation> ended = null;
        boolean finished = false;
        for (int tries = 1; !finished; tries++) {
            try {
                if (ended == null) {
                    ended = begin(outcome, culprit);
                }
                for (WorkerInvocation invocation : ended) {
                    invocation.finish(invocation == culprit ? outcome : closedWith);
                }
                Realm open = realm;
                if (open != null) {
                    open.close();
                }
                ended.forEach(WorkerInvocation::letGo);
                finished = true;
                pool.closed(this);
            } catch (OutOfMemoryError e) {
                // What fills the heap may be this isolate; then nothing else helps.
                if (tries == CLOSING_TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(tries));
            }
        }
    }

    private List<WorkerInvocation> begin(Outcome outcome, @Nullable WorkerInvocation culprit) {
        closedWith = culprit == null
                ? outcome
                : new Outcome.Canceled("The isolate was closed: another event ended with " + outcome.wireName());
        List<WorkerInvocation> ended = List.copyOf(running);
        closingSince = System.nanoTime();
        pool.closing(this);
        pool.remove(this, outcome);
        if (outcome instanceof Outcome.Exceeded exceeded) {
            reached(exceeded.limit().key(), exceeded.detail());
        }
        return ended;
    }

    /** When closing began, by {@link System#nanoTime()}. */
    long closingSince() {
        return closingSince;
    }

    /** Ends what has passed a limit of time. Thread-safe. */
    void expire(long now) {
        for (WorkerInvocation invocation : running) {
            invocation.expire(now);
        }
    }

    /**
     * Has the isolate weighed if it allocated so much that it may be over its limit, and closed if it is. Thread-safe.
     *
     * @param inside the thread that is in the isolate, if that is known
     * @param uncounted bytes that the thread allocated since it entered
     * @param urgent whether memory is short
     */
    void weigh(Scales scales, @Nullable Runner inside, long uncounted, boolean urgent) {
        Realm weighed = realm;
        if (weighed == null || closed.get() || !footprint.suspicious(uncounted, urgent)) {
            return;
        }
        if (inside == null) {
            mailbox.post(new Turn() {
                @Override
                public @Nullable WorkerInvocation invocation() {
                    return null;
                }

                @Override
                public void run(Isolate isolate) {
                    long start = System.nanoTime();
                    try {
                        long size =
                                scales.weigh(weighed.handle(), limits().memory().bytes() + 1, closed);
                        weighed(size, uncounted, start);
                    } catch (CancellationException e) {
                        // It closes.
                    }
                }
            });
        } else {
            long start = System.nanoTime();
            scales.weighInside(
                    weighed.handle(),
                    inside,
                    limits().memory().bytes() + 1,
                    closed,
                    size -> weighed(size, uncounted, start));
        }
    }

    private void weighed(long size, long uncounted, long start) {
        LOG.debugf("%s keeps %d bytes", version.environment(), size);
        if (footprint.weighed(size, uncounted, System.nanoTime() - start)) {
            pool.closeLater(this, Failures.exhausted(limits()), current);
        }
    }

    Footprint footprint() {
        return footprint;
    }

    boolean closed() {
        return closed.get();
    }

    void release(WorkerInvocation invocation, Outcome outcome) {
        running.remove(invocation);
        admitted.decrementAndGet();
        if (outcome instanceof Outcome.Ok) {
            pool.succeeded();
        }
        if (running.isEmpty()) {
            idleSince = System.nanoTime();
        }
    }

    /** How many invocations have begun and not ended. Thread-safe. */
    int running() {
        return running.size();
    }

    boolean idle() {
        return !mailbox.busy() && running.isEmpty();
    }

    long idleSince() {
        return idleSince;
    }

    int waiting() {
        return mailbox.size();
    }

    boolean busy() {
        return mailbox.busy();
    }

    /** The started worker, for a turn. */
    Worker worker() {
        return Objects.requireNonNull(worker);
    }

    Version version() {
        return version;
    }

    WorkerEvents events() {
        return pool.events();
    }

    Limits limits() {
        return pool.limits();
    }

    IsolatePool pool() {
        return pool;
    }

    @Override
    public EnvironmentRef environment() {
        return version.environment();
    }

    @Override
    public void reached(LimitKey limit, String detail) {
        events().reached(version, limit, detail);
    }

    @Override
    public LimitOverrides overrides() {
        return version.spec().limits();
    }

    @Override
    public Operation begin() {
        return new Pending(++operations, invocation());
    }

    @Override
    public WorkerInvocation invocation() {
        WorkerInvocation now = current;
        if (now == null) {
            throw GuestError.error(
                    "Disallowed operation called within global scope. Asynchronous I/O (ex: fetch() or connect()), setting a timeout,"
                            + " and generating random values are not allowed within global scope. To fix this error, perform this operation within a handler.");
        }
        return running.size() > 1 || now.ended() ? codes(now) : now;
    }

    /**
     * Whose code is running: where events wait for the same promise, one goes on in the turn of another.
     *
     * @param turn the one whose turn it is
     */
    private WorkerInvocation codes(WorkerInvocation turn) {
        Worker ready = worker;
        WorkerInvocation own = ready == null ? null : ready.current();
        return own == null || own.ended() ? turn : own;
    }

    /** An operation; its settlement is an event of the mailbox. Thread-safe. */
    private final class Pending implements Operation {
        private final int id;
        private final WorkerInvocation invocation;
        private final AtomicBoolean settled = new AtomicBoolean();

        private Pending(int id, WorkerInvocation invocation) {
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
            if (settled.compareAndSet(false, true) && !closed.get()) {
                mailbox.post(new Settlement(invocation, success, id, value));
            }
        }
    }

    private record Settlement(
            WorkerInvocation invocation,
            boolean success,
            int id,
            @Nullable Object value) implements Turn {
        @Override
        public void run(Isolate isolate) {
            Worker worker = Objects.requireNonNull(isolate.worker);
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
