package dev.skerry.runtime;

import dev.skerry.binding.GuestError;
import dev.skerry.model.LimitKey;
import dev.skerry.telemetry.TailEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one event has used: CPU time, subrequests, lines on the console. Confined to the thread in the isolate, but for what says that it is thread-safe. */
final class Spending {
    private final Isolate isolate;
    // What is gathered for those who watch; null when nobody does.
    private final @Nullable TailEvent watched;
    private volatile long cpu;
    private volatile long cpuBefore;
    private int subrequests;
    private long logged;

    Spending(Isolate isolate, @Nullable TailEvent watched) {
        this.isolate = isolate;
        this.watched = watched;
    }

    /** CPU time that its turns took so far, or since it was renewed, in nanoseconds. Thread-safe. */
    long cpu() {
        return cpu;
    }

    /** CPU time in all. Thread-safe. */
    Duration total() {
        return Duration.ofNanos(cpuBefore + cpu);
    }

    void charge(long nanos) {
        cpu = cpu + nanos;
    }

    void renew() {
        cpuBefore = cpuBefore + cpu;
        cpu = 0;
        subrequests = 0;
        logged = 0;
    }

    void countSubrequest() {
        int most = isolate.limits().subrequests();
        if (++subrequests > most) {
            String detail = "Too many subrequests by single Worker invocation. The limit is " + most
                    + " (skerry.limits.subrequests).";
            isolate.reached(LimitKey.SUBREQUESTS, detail);
            throw GuestError.error(detail);
        }
    }

    void log(String level, String text) {
        long most = isolate.limits().log().bytes();
        long before = logged;
        logged += text.length();
        if (logged <= most) {
            tell(level, text);
        } else if (before <= most) {
            logged = Math.max(logged, most + 1);
            String detail = "Log limit exceeded: the event has written more than "
                    + isolate.limits().log() + " (skerry.limits.log); the rest is dropped.";
            isolate.reached(LimitKey.LOG, detail);
            tell("warn", detail);
        }
    }

    /** A line that the event is not charged for. Thread-safe. */
    void tell(String level, String text) {
        isolate.events().console(isolate.version(), level, text);
        if (watched != null) {
            watched.log(level, text);
        }
    }
}
