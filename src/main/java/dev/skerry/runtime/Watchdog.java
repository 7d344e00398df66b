package dev.skerry.runtime;

import dev.skerry.model.Outcome;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Looks at the runners from outside, every {@value #TICK_MILLIS} ms: gives way to others before one that is long in its turn, and closes the isolate whose turn
 * took more CPU time than its event may.
 *
 * <p>A turn costs its runner no call to learn the CPU time: short turns are charged by the clock. One that the watchdog meets is measured by
 * the thread's CPU time from the first meeting on, so a machine that is busy elsewhere ends no event too early. When an isolate was closed and
 * its thread does not come back within {@value #GRACE_MILLIS} ms, and had a processor for half of that or was waited for ten times as long, the engine cannot stop it
 * (one huge BigInt power is enough): the runner is given up and replaced.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("skerry.runtime");
    private static final int TICK_MILLIS = 5;
    private static final int GRACE_MILLIS = 2_000;
    private static final int DEADLINE_TICKS = 20;
    private static final int SWEEP_TICKS = 200;

    /** A turn that was met: which, the thread's CPU time then, when its isolate was closed (0: it was not), and the CPU time then. */
    private static final class Met {
        private final long turn;
        private final long cpu;
        private final long waited;
        private long closedAt;
        private long cpuAtClose;

        private Met(long turn, long cpu, long waited) {
            this.turn = turn;
            this.cpu = cpu;
            this.waited = waited;
        }
    }

    private final WorkerRuntime runtime;
    private final Runners runners;
    private final MemoryGuard memory;
    private final Deadlines deadlines;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Runner, Met> met = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    // The highest priority is a wish that many systems pass over; nothing here relies on it.
    @SuppressWarnings("ThreadPriorityCheck")
    Watchdog(WorkerRuntime runtime, Runners runners, MemoryGuard memory) {
        this.runtime = runtime;
        this.runners = runners;
        this.memory = memory;
        this.deadlines = new Deadlines(runtime);
        this.thread = new Thread(this::watch, "skerry-watchdog");
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
    }

    private void watch() {
        for (int tick = 1; !closed; tick++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
            try {
                tick(tick);
            } catch (OutOfMemoryError e) {
                // The heap is full for a moment, and there is none to tell it with: the next tick is soon.
            } catch (RuntimeException e) {
                // A runner ended under the look.
                LOG.debug("The watchdog's look failed", e);
            }
        }
    }

    private void tick(int tick) {
        boolean longTurns = false;
        for (Runner runner : runners.all()) {
            longTurns |= look(runner);
        }
        if (longTurns) {
            runners.relieve();
        }
        memory.look();
        if (tick % DEADLINE_TICKS == 0) {
            deadlines.look();
        }
        if (tick % SWEEP_TICKS == 0) {
            met.keySet().retainAll(runners.all());
            memory.weighAll();
            runtime.closeIdle();
        }
    }

    /** Whether the runner is in the same turn as at the last look. */
    private boolean look(Runner runner) {
        long turn = runner.turn();
        if (turn % 2 == 0) {
            return false;
        }
        Met before = met.get(runner);
        long now = System.nanoTime();
        if (before == null || before.turn != turn) {
            long cpu = threads.getThreadCpuTime(runner.threadId());
            long waited = now - runner.turnStart();
            met.put(runner, new Met(turn, cpu, waited));
            runner.met(turn, cpu - Math.min(waited, TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)));
            return false;
        }
        Isolate isolate = runner.isolate();
        if (isolate == null) {
            return false;
        }
        runner.yieldToOthers();
        isolate.pool().metLongTurn();
        if (before.closedAt != 0) {
            if (isLost(before, now, threads.getThreadCpuTime(runner.threadId()))
                    && runners.replace(runner, isolate.pool())) {
                isolate.events().runnerLost(isolate.version());
            }
            return true;
        }
        long cpu = threads.getThreadCpuTime(runner.threadId());
        long used = cpu - before.cpu + Math.min(before.waited, TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
        WorkerInvocation invocation = runner.invocation();
        long most = (invocation == null
                        ? isolate.limits().startup()
                        : isolate.limits().cpu())
                .toNanos();
        if (used + (invocation == null ? 0 : invocation.spending().cpu()) > most && runner.turn() == turn) {
            before.closedAt = now;
            before.cpuAtClose = cpu;
            String detail = invocation == null
                    ? "Worker exceeded its startup CPU time limit of "
                            + isolate.limits().startup().toMillis() + " ms (skerry.limits.startup)."
                    : "Worker exceeded CPU time limit of "
                            + isolate.limits().cpu().toMillis() + " ms (skerry.limits.cpu).";
            Outcome.Limit limit = invocation == null ? Outcome.Limit.STARTUP : Outcome.Limit.CPU;
            runtime.closeLater(isolate, new Outcome.Exceeded(limit, detail), invocation);
        } else {
            memory.look(runner, isolate);
        }
        return true;
    }

    /** Whether the thread of a turn whose isolate was closed has had its time to come back: on a busy machine it gets few processors for that. */
    private static boolean isLost(Met met, long now, long cpu) {
        long grace = TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        long waited = now - met.closedAt;
        return waited > grace && (cpu - met.cpuAtClose > grace / 2 || waited > 10 * grace);
    }

    /** Whether it looks on, as long as it is to. */
    boolean lives() {
        return closed || thread.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
