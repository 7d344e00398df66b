package dev.skerry.webapi.fetch;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Runs an action when nothing was heard for some time, once. Confined to the event loop of its context. */
final class Idle {
    private final Vertx vertx;
    private final long rest;
    private final Runnable action;
    private long last = System.nanoTime();
    private long timer;
    private boolean stopped;

    Idle(Context context, Duration rest, Runnable action) {
        this.vertx = context.owner();
        this.rest = rest.toNanos();
        this.action = action;
        arm(this.rest);
    }

    private void arm(long nanos) {
        timer = vertx.setTimer(Math.max(1, nanos / 1_000_000), fired -> {
            long left = rest - (System.nanoTime() - last);
            if (stopped) {
                return;
            }
            if (left <= 0) {
                stopped = true;
                action.run();
            } else {
                arm(left + 1_000_000);
            }
        });
    }

    void touch() {
        last = System.nanoTime();
    }

    void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }
}
