package dev.skerry.runtime;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The runners and who of them sleeps. Thread-safe.
 *
 * <p>A mailbox scheduled from a runner goes to that runner's own queue. From elsewhere it goes to the runner that had it last if that one sleeps, else to the
 * latest to fall asleep, else to the shared queue. A runner looks in its own queue, the shared one, then in the others'. Nobody is woken to
 * steal by {@link #schedule}: that is cheap work's way; the watchdog calls {@link #relieve} when a runner is long in one turn.
 *
 * <p>An event loop wakes nobody while it still reads from its connections: a runner woken for each request would take the loop's processor, have nothing left
 * to do after some microseconds, and sleep again. What the loop schedules stands in the shared queue, for whoever is awake, until its round is over or a
 * number of mailboxes have come together; then sleepers are woken for what is left.
 */
final class Runners {
    /** How many mailboxes an event loop schedules at the most before it wakes runners for them, also in the midst of a round. */
    static final int MOST_GATHERED = 32;

    /** What an event loop has scheduled in this round of its. Confined to it. */
    private static final class Round {
        private int gathered;
        private boolean endAwaited;
    }

    private final ThreadLocal<Round> rounds = ThreadLocal.withInitial(Round::new);
    private final ConcurrentLinkedQueue<Mailbox> shared = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<Runner> asleep = new ConcurrentLinkedDeque<>();
    private final CopyOnWriteArrayList<Runner> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final ThreadPriorities priorities = new ThreadPriorities();
    private final int most;
    private final int mostLost;
    private final BooleanSupplier spare;
    private volatile boolean closed;

    /**
     * Starts the threads.
     *
     * @param threads how many runners there are at first
     * @param most how many there may be when others are long in their turns
     * @param mostLost how many that cannot be stopped are replaced
     * @param spare work that can wait, a piece of it: whether there was any
     */
    Runners(int threads, int most, int mostLost, BooleanSupplier spare) {
        this.spare = spare;
        this.most = Math.max(threads, most);
        this.mostLost = mostLost;
        for (int i = 0; i < threads; i++) {
            add();
        }
    }

    void schedule(Mailbox mailbox) {
        if (Thread.currentThread() instanceof Runner here && here.turn() % 2 == 1 && !here.hasLeft()) {
            here.queue.addLast(mailbox);
            return;
        }
        Context loop = Context.isOnEventLoopThread() ? Vertx.currentContext() : null;
        if (loop == null) {
            assign(mailbox);
        } else {
            gather(mailbox, loop);
        }
    }

    private void gather(Mailbox mailbox, Context loop) {
        shared.add(mailbox);
        Round round = rounds.get();
        if (++round.gathered == MOST_GATHERED) {
            assignGathered(round);
        } else if (!round.endAwaited) {
            loop.runOnContext(end -> {
                round.endAwaited = false;
                assignGathered(round);
            });
            round.endAwaited = true;
        }
    }

    private void assignGathered(Round round) {
        round.gathered = 0;
        while (!asleep.isEmpty()) {
            Mailbox mailbox = shared.poll();
            if (mailbox == null) {
                return;
            }
            assign(mailbox);
        }
    }

    private void assign(Mailbox mailbox) {
        Runner runner = mailbox.last;
        if (runner == null || !asleep.remove(runner)) {
            runner = asleep.pollLast();
        }
        if (runner == null) {
            share(mailbox);
            return;
        }
        runner.queue.addLast(mailbox);
        runner.wake();
        // It may have left between the lines above; then the queue is nobody's.
        if (runner.hasLeft() && runner.queue.remove(mailbox)) {
            share(mailbox);
        }
    }

    private void share(Mailbox mailbox) {
        shared.add(mailbox);
        // A runner may have fallen asleep before it could see that.
        Runner late = asleep.pollLast();
        if (late != null) {
            late.wake();
        }
    }

    /** The next mailbox for a runner, which sleeps until there is one; null when the runners close. */
    @Nullable
    Mailbox next(Runner runner) {
        while (!closed) {
            Mailbox mailbox = look(runner);
            if (mailbox != null) {
                return mailbox;
            }
            // Another one is there for what comes meanwhile.
            if (!asleep.isEmpty() && spare.getAsBoolean()) {
                runner.allocated();
                continue;
            }
            asleep.addLast(runner);
            mailbox = look(runner);
            if (mailbox == null && !closed) {
                LockSupport.park(this);
            }
            asleep.remove(runner);
            if (mailbox != null) {
                return mailbox;
            }
        }
        return null;
    }

    private @Nullable Mailbox look(Runner runner) {
        Mailbox mailbox = runner.queue.pollFirst();
        if (mailbox == null) {
            mailbox = shared.poll();
        }
        if (mailbox == null) {
            for (Runner other : all) {
                mailbox = other == runner || other.queue.isEmpty() ? null : other.queue.pollFirst();
                if (mailbox != null) {
                    break;
                }
            }
        }
        return mailbox;
    }

    /** Sees to it that what waits behind long turns is run: wakes a sleeper, or adds a runner. */
    void relieve() {
        boolean waiting = !shared.isEmpty() || all.stream().anyMatch(runner -> !runner.queue.isEmpty());
        if (waiting) {
            Runner sleeper = asleep.pollLast();
            if (sleeper != null) {
                sleeper.wake();
            } else if (all.size() < most && !closed) {
                add();
            }
        }
    }

    /**
     * Takes a runner that cannot be stopped out of the count, and starts another unless too many were lost.
     *
     * @param by whose isolate it is in
     * @return whether it was still counted
     */
    boolean replace(Runner runner, IsolatePool by) {
        if (!all.remove(runner)) {
            return false;
        }
        by.threadLost();
        runner.abandon(by);
        boolean bearable = lost.incrementAndGet() <= mostLost;
        shareQueue(runner);
        if ((bearable || all.isEmpty()) && !closed) {
            add();
        }
        return true;
    }

    /**
     * Puts another in the place of a runner that ends since its thread cannot have its usual priority again.
     *
     * @return whether it was still counted
     */
    boolean renew(Runner runner) {
        if (!all.remove(runner)) {
            return false;
        }
        shareQueue(runner);
        if (!closed) {
            add();
        }
        return true;
    }

    private void shareQueue(Runner runner) {
        runner.leave();
        for (Mailbox next = runner.queue.pollFirst(); next != null; next = runner.queue.pollFirst()) {
            shared.add(next);
        }
    }

    ThreadPriorities priorities() {
        return priorities;
    }

    /** A runner that was given up came to the end of its turn after all, and ends. */
    void returned(Runner runner) {
        lost.decrementAndGet();
        IsolatePool by = runner.lostBy();
        if (by != null) {
            by.threadReturned();
        }
    }

    /** How many runners were given up and still burn a core. */
    int lost() {
        return lost.get();
    }

    List<Runner> all() {
        return all;
    }

    private void add() {
        Runner runner = new Runner(this, numbers.incrementAndGet());
        all.add(runner);
        runner.start();
    }

    /**
     * Ends the threads, each after the turn that it is in.
     *
     * @param patience how long they are waited for
     * @return whether they all have ended
     */
    boolean close(Duration patience) {
        closed = true;
        List<Runner> runners = new ArrayList<>(all);
        runners.forEach(Runner::wake);
        long deadline = System.nanoTime() + patience.toNanos();
        boolean ended = lost() == 0;
        for (Runner runner : runners) {
            ended &= Runner.join(runner, deadline);
        }
        return ended;
    }
}
