package dev.skerry.runtime;

import dev.skerry.model.Outcome;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event has hung: its turn is over, it has no answer, and it waits for no operation, so that nothing will ever give it another turn. It ends
 * then at once, as an exception. Events that began before it fell still may yet have what it waits for, a promise that they share: as long as
 * one of them waits for an operation, so may this one. Confined to the thread in the isolate, but for what says that it is thread-safe.
 */
final class Stillness {
    private static final Outcome HUNG = new Outcome.Threw(
            "Error",
            "The Workers runtime canceled this request because it detected that your Worker's code had hung and would never generate a"
                    + " response. Refer to: https://developers.cloudflare.com/workers/observability/errors/",
            "");

    private final WorkerInvocation invocation;
    private int waiting;
    private long since;
    private volatile boolean suspected;

    Stillness(WorkerInvocation invocation) {
        this.invocation = invocation;
    }

    /** An operation begins that it may wait for. */
    void begun() {
        waiting++;
    }

    void over() {
        waiting--;
    }

    private boolean waits() {
        return waiting > 0;
    }

    /** Whether it was found still, and others were waited for. Thread-safe. */
    boolean suspected() {
        return suspected;
    }

    /** Looks after a turn of the event. */
    void look() {
        if (waiting == 0 && invocation.unanswered()) {
            since = System.nanoTime();
            judge(firstWaiting(invocation.isolate()));
        } else if (suspected) {
            suspected = false;
        }
    }

    /** When the first of those began that wait for an operation, by {@link System#nanoTime()}; empty when none does. */
    private static OptionalLong firstWaiting(Isolate isolate) {
        OptionalLong first = OptionalLong.empty();
        for (WorkerInvocation open : isolate.open()) {
            if (open.stillness().waits() && (first.isEmpty() || open.begun() - first.getAsLong() < 0)) {
                first = OptionalLong.of(open.begun());
            }
        }
        return first;
    }

    private void judge(OptionalLong firstWaiting) {
        suspected = firstWaiting.isPresent() && firstWaiting.getAsLong() - since < 0;
        if (!suspected) {
            invocation.end(HUNG);
            invocation.isolate().checkPulse();
        }
    }

    /** Others have ended meanwhile, or wait no more. */
    record LookAgain() implements Turn {
        @Override
        public @Nullable WorkerInvocation invocation() {
            return null;
        }

        @Override
        public void run(Isolate isolate) {
            OptionalLong first = firstWaiting(isolate);
            for (WorkerInvocation open : isolate.open()) {
                Stillness stillness = open.stillness();
                if (stillness.suspected && stillness.waiting == 0 && open.unanswered()) {
                    stillness.judge(first);
                }
            }
        }
    }
}
