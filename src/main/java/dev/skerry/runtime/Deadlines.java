package dev.skerry.runtime;

import dev.skerry.model.LimitKey;
import dev.skerry.model.Outcome;

/**
 * Ends the events that have passed a limit of time: of the whole until their response, of {@code waitUntil} after it. CPU time is not looked at here.
 * Confined to the watchdog's thread.
 */
final class Deadlines {
    private final WorkerRuntime runtime;

    Deadlines(WorkerRuntime runtime) {
        this.runtime = runtime;
    }

    void look() {
        long now = System.nanoTime();
        for (Isolate isolate : runtime.isolates()) {
            boolean still = false;
            for (WorkerInvocation invocation : isolate.open()) {
                look(invocation, isolate, now);
                still |= invocation.stillness().suspected();
            }
            if (still) {
                isolate.post(new Stillness.LookAgain());
            }
        }
    }

    private static void look(WorkerInvocation invocation, Isolate isolate, long now) {
        Limits limits = isolate.limits();
        if (invocation.awaited()) {
            if (now - invocation.begun() > limits.wall().toNanos()) {
                String detail = "Worker exceeded its wall time limit of "
                        + limits.wall().toMillis() + " ms (skerry.limits.wall).";
                if (invocation.cut(new Outcome.Exceeded(Outcome.Limit.WALL_TIME, detail))) {
                    isolate.reached(LimitKey.WALL, detail);
                }
            }
        } else if (!invocation.ended() && invocation.outlasts(limits.waitUntil(), now)) {
            String detail = "waitUntil() tasks did not complete within the allowed time after the response ("
                    + limits.waitUntil().toMillis()
                    + " ms, skerry.limits.wait-until) and have been cancelled.";
            invocation.spending().tell("warn", detail);
            if (invocation.cut(new Outcome.Ok())) {
                isolate.reached(LimitKey.WAIT_UNTIL, detail);
            }
        }
    }
}
