package dev.skerry.runtime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that drains mailboxes, with its run queue. What a turn schedules from this thread (a service binding's callee, the answer to its
 * caller) goes to this queue, so that a call between workers stays on the thread. Others post to the queue only of a runner that sleeps.
 */
final class Runner extends Thread {
    private static final long PAUSE_NANOS = 1_000_000;
    /** How much nicer a thread gets that is long in one turn: beside others that want the processor it gets about a tenth of what they get. */
    private static final int NICER = 10;

    /**
     * What a turn costs at the most that the watchdog has not met. It looks more often than that; a turn that was longer by the clock had to wait for a processor, as
     * the watchdog had.
     */
    static final long MOST_UNMET_NANOS = 10_000_000;

    final ConcurrentLinkedDeque<Mailbox> queue = new ConcurrentLinkedDeque<>();

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Runners runners;
    private volatile int number;
    private volatile boolean nice;
    private volatile boolean abandoned;
    private volatile boolean left;
    private volatile @Nullable IsolatePool lostBy;
    private volatile long allocatedBefore;

    // What the watchdog looks at. Written by this thread alone; turn is odd while one runs.
    private volatile long turn;
    private volatile long turnStart;
    private volatile @Nullable Isolate isolate;
    private volatile @Nullable WorkerInvocation invocation;

    // Written by the watchdog: the turn that it met, and what the thread's CPU time was when that began.
    private volatile long metCpu;
    private volatile long metTurn;

    Runner(Runners runners, int number) {
        super(null, null, "skerry-runner-" + number, 16L << 20);
        this.runners = runners;
        setDaemon(true);
    }

    @Override
    public void run() {
        number = ThreadPriorities.here();
        StackReserve.keep();
        while (!abandoned && usual()) {
            try {
                Mailbox next = runners.next(this);
                if (next == null) {
                    return;
                }
                next.drain(this);
            } catch (OutOfMemoryError e) {
                // The heap is full for a moment: whoever fills it is being closed. This thread stays for the others.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        if (!abandoned && runners.renew(this)) {
            return;
        }
        // It is being given up at this moment.
        while (!abandoned) {
            Thread.onSpinWait();
        }
        runners.returned(this);
    }

    /** Lets the short turns of other runners go before the long one that this is in. For the watchdog. */
    void yieldToOthers() {
        if (!nice) {
            nice = runners.priorities().lower(number, NICER);
        }
    }

    /** Whether the thread has its usual priority, or got it back. */
    private boolean usual() {
        if (nice && runners.priorities().restore(number)) {
            nice = false;
        }
        return !nice;
    }

    /** Bytes that this thread allocated since the last call. For the thread itself. */
    long allocated() {
        long now = threads.getCurrentThreadAllocatedBytes();
        long bytes = now - allocatedBefore;
        allocatedBefore = now;
        return bytes;
    }

    /** Bytes that this thread allocated since it last called {@link #allocated}. Thread-safe. */
    long uncounted() {
        return threads.getThreadAllocatedBytes(threadId()) - allocatedBefore;
    }

    /** Marks the beginning of a turn; {@link System#nanoTime()} at it is returned. */
    long beginTurn(Isolate in, @Nullable WorkerInvocation of) {
        long now = System.nanoTime();
        isolate = in;
        invocation = of;
        turnStart = now;
        turn = turn + 1;
        return now;
    }

    /** The watchdog has met a turn that began when the thread had had so much CPU time. */
    void met(long turn, long cpu) {
        metCpu = cpu;
        metTurn = turn;
    }

    /**
     * What the turn has cost so far, in nanoseconds: by the clock up to a bound, unless the watchdog met it; then it is measured, for the thread may have
     * waited for a processor. For the thread itself, in a turn.
     */
    long cost(long start) {
        long wall = System.nanoTime() - start;
        return Math.min(wall, metTurn == turn ? threads.getThreadCpuTime(threadId()) - metCpu : MOST_UNMET_NANOS);
    }

    void endTurn() {
        turn = turn + 1;
        isolate = null;
        invocation = null;
    }

    /** Odd while a turn runs; another number for each. */
    long turn() {
        return turn;
    }

    long turnStart() {
        return turnStart;
    }

    @Nullable
    Isolate isolate() {
        return isolate;
    }

    @Nullable
    WorkerInvocation invocation() {
        return invocation;
    }

    /**
     * Ends the thread when its turn ever does: the engine could not stop it. Another runner takes its place.
     *
     * @param by whose isolate it is in; told when the turn has ended
     */
    void abandon(IsolatePool by) {
        lostBy = by;
        abandoned = true;
    }

    /** It will not look into its queue again, or only when a turn that nobody can stop has ended. */
    void leave() {
        left = true;
    }

    boolean hasLeft() {
        return left;
    }

    @Nullable
    IsolatePool lostBy() {
        return lostBy;
    }

    void wake() {
        LockSupport.unpark(this);
    }

    /** Waits until a runner has ended, up to a {@link System#nanoTime()}; whether it has. */
    static boolean join(Runner runner, long deadline) {
        try {
            return runner.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
