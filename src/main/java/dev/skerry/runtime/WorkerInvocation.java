package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.Invocation;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One event on its way through an isolate. What the guest does to it happens on the thread in the isolate; {@link #end} may come from any thread, and counts once.
 */
public final class WorkerInvocation implements Invocation {
    private final Isolate isolate;
    private final String kind;
    private final EventHandler handler;
    private final long begun = System.nanoTime();
    private final int depth;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Runnable> whenEnded = new ArrayList<>(0);
    private boolean responded;
    private boolean finished;
    private int holds;
    private long cpu;
    private int subrequests;

    WorkerInvocation(Isolate isolate, String kind, EventHandler handler, int depth) {
        this.isolate = isolate;
        this.kind = kind;
        this.handler = handler;
        this.depth = depth;
    }

    Isolate isolate() {
        return isolate;
    }

    Version version() {
        return isolate.version();
    }

    EventHandler handler() {
        return handler;
    }

    /** How many workers called one another to come here; the first is 1. */
    int depth() {
        return depth;
    }

    /** CPU time that its turns took so far, in nanoseconds. */
    long cpu() {
        return cpu;
    }

    void charge(long nanos) {
        cpu += nanos;
    }

    /** Hands the response to whoever sent the event; a second one is dropped. */
    void respond(int status, String statusText, String headers, Body body) {
        if (!responded && !ended.get()) {
            responded = true;
            handler.respond(status, statusText, headers, body);
        }
    }

    @Override
    public void countSubrequest() {
        int most = isolate.limits().subrequests();
        if (++subrequests > most) {
            throw GuestError.error("Too many subrequests by single Worker invocation. The limit is " + most
                    + " (skerry.limits.subrequests).");
        }
    }

    @Override
    public void log(String level, String text) {
        isolate.events().console(version(), level, text);
    }

    @Override
    public void whenEnded(Runnable action) {
        whenEnded.add(action);
    }

    @Override
    public void hold() {
        holds++;
    }

    @Override
    public void release() {
        if (--holds == 0 && finished) {
            end(new Outcome.Ok());
        }
    }

    /** The worker has done its part: ends it, or lets the last {@link #release} do that. */
    void finish() {
        finished = true;
        if (holds == 0) {
            end(new Outcome.Ok());
        }
    }

    boolean ended() {
        return ended.get();
    }

    /** Ends it: what it began is dropped, and whoever sent the event is told. */
    void end(Outcome outcome) {
        if (ended.compareAndSet(false, true)) {
            isolate.release(this);
            // Registered on the isolate's thread; an end from elsewhere comes only after the isolate was closed and
            // that thread has left it.
            whenEnded.forEach(Runnable::run);
            isolate.events()
                    .ended(
                            version(),
                            kind,
                            outcome,
                            Duration.ofNanos(System.nanoTime() - begun),
                            Duration.ofNanos(cpu));
            handler.end(outcome);
        }
    }
}
