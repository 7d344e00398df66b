package dev.skerry.runtime;

import dev.skerry.binding.GuestError;
import dev.skerry.binding.HeldMemory;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitKey;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import dev.skerry.telemetry.WorkerEvents;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
    /** What the watchdog, which looks every so often, would meet once at the most. */
    private static final long SHORT_TURN_NANOS = 5_000_000;

    private final IsolatePool pool;
    private final Version version;
    private final Mailbox mailbox;
    private final Set<WorkerInvocation> open = ConcurrentHashMap.newKeySet();
    private final Admission admission;
    private final Footprint footprint;
    private final Closing closing = new Closing(this);
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
        this.admission = new Admission(pool.limits().concurrency());
        this.footprint = new Footprint(pool.limits().memory().bytes());
    }

    Admission admission() {
        return admission;
    }

    /** Closes the isolate if it has nothing to do and will get nothing. It waits as {@link #close}. Thread-safe. */
    void retire(String reason) {
        if (idle() && admission.retire()) {
            close(new Outcome.Canceled(reason), null);
        }
    }

    /** A number for a call that it answers. Thread-safe. */
    int nextCall() {
        return calls.incrementAndGet();
    }

    /** Posts an event that was admitted. Thread-safe. */
    PostedEvent accept(Delivery delivery) {
        WorkerInvocation invocation = delivery.invocation();
        open.add(invocation);
        mailbox.post(delivery);
        if (closed()) {
            invocation.finish(closing.outcome());
        }
        return invocation;
    }

    /** Posts a turn. Thread-safe. */
    void post(Turn turn) {
        mailbox.post(turn);
    }

    @Override
    public void drain(Mailbox from, Runner runner) {
        if (closed()) {
            for (Turn turn = from.poll(); turn != null; turn = from.poll()) {
                turn.drop();
            }
            return;
        }
        if (pool.longTurns()) {
            runner.yieldToOthers();
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
            close(e.isCancelled() || e.isInterrupted() ? closing.outcome() : outcome(e), current);
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

    /**
     * Ends the isolate if nothing in it will ever go on after an await: at the end of the stack, the engine may lose count of how deep it is in the guest, by which it
     * knows when promises' jobs are due. In a turn, outside of the guest.
     */
    void checkPulse() {
        if (!worker().pulse()) {
            LOG.warnf("%s: an isolate's promises are stuck; it is replaced", environment());
            throw new IllegalStateException("the isolate's promises are stuck; it is replaced");
        }
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
            invocation.stillness().look();
        } finally {
            long cost = runner.cost(start);
            runner.endTurn();
            invocation.spending().charge(cost);
            if (cost < SHORT_TURN_NANOS && pool.longTurns()) {
                pool.metShortTurn();
            }
        }
    }

    /** Makes the context, and evaluates the worker's modules in it. */
    private Worker start(Runner runner) {
        runner.beginTurn(this, null);
        try {
            Realm fresh = pool.realm(this);
            realm = fresh;
            if (closed()) {
                fresh.close();
            }
            return worker = Worker.start(fresh, this, pool.modules(), pool.bindings());
        } finally {
            runner.endTurn();
        }
    }

    /** Where it runs; null before it has started. Thread-safe. */
    @Nullable
    Realm realm() {
        return realm;
    }

    /** As {@link Closing#close}. Thread-safe. */
    void close(Outcome outcome, @Nullable WorkerInvocation culprit) {
        closing.close(outcome, culprit);
    }

    /** Stops the turn that runs, waits for its end, and drops the context. Thread-safe. */
    void closeRealm() {
        Realm open = realm;
        if (open != null) {
            open.close();
        }
    }

    Closing closing() {
        return closing;
    }

    /** The invocations that have begun and not ended, as they come and go. Thread-safe. */
    Collection<WorkerInvocation> open() {
        return Collections.unmodifiableSet(open);
    }

    Footprint footprint() {
        return footprint;
    }

    boolean closed() {
        return closing.begun();
    }

    void release(WorkerInvocation invocation, Outcome outcome) {
        open.remove(invocation);
        admission.leave();
        if (outcome instanceof Outcome.Ok) {
            pool.succeeded();
        }
        if (open.isEmpty()) {
            idleSince = System.nanoTime();
        }
    }

    boolean idle() {
        return !mailbox.busy() && open.isEmpty();
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

    /** The invocation whose turn it is, or in whose turn the isolate broke. For the thread that is in it. */
    @Nullable
    WorkerInvocation current() {
        return current;
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
        return new PendingOperation(++operations, invocation(), true);
    }

    @Override
    public Operation beginEnding() {
        return new PendingOperation(++operations, invocation(), false);
    }

    @Override
    public void given(Object value, long bytes) {
        if (bytes >= Given.LIGHT && footprint.give(value, bytes)) {
            pool.judgeGiftsLater(this);
        }
    }

    @Override
    public HeldMemory memory() {
        return current == null ? HeldMemory.UNBOUNDED : invocation().memory();
    }

    @Override
    public WorkerInvocation invocation() {
        WorkerInvocation now = current;
        if (now == null) {
            throw GuestError.error(
                    "Disallowed operation called within global scope. Asynchronous I/O (ex: fetch() or connect()), setting a timeout,"
                            + " and generating random values are not allowed within global scope. To fix this error, perform this operation within a handler.");
        }
        return open.size() > 1 || now.ended() ? codes(now) : now;
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
}
