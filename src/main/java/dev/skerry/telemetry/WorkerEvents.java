package dev.skerry.telemetry;

import dev.skerry.model.LimitKey;
import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import java.time.Duration;
import java.util.Optional;

/** Hears what happens in workers. Thread-safe; no method blocks. */
public interface WorkerEvents {
    /**
     * A line of a worker's console.
     *
     * @param level {@code debug}, {@code log}, {@code info}, {@code warn} or {@code error}
     */
    void console(Version version, String level, String text);

    /**
     * An event has ended in a worker.
     *
     * @param kind {@code fetch}, {@code scheduled}, ...
     * @param cpu CPU time that its turns took
     */
    void ended(Version version, String kind, Outcome outcome, Duration wall, Duration cpu);

    /**
     * A request was answered, though its event may go on.
     *
     * @param begun when it began, by {@link System#nanoTime()}
     */
    default void responded(Version version, int status, long begun) {}

    /** An event was not let in: its version backs off, its isolates are full, or it cannot have any. */
    void refused(Version version, Outcome outcome);

    /**
     * A version came to a limit.
     *
     * @param detail a sentence with the limit's value and its key
     */
    void reached(Version version, LimitKey limit, String detail);

    /** A version failed again: its events are refused for a while. */
    void backsOff(Version version, Outcome outcome, Duration wait);

    /** An event begins; what is to be gathered of it, if anybody watches. */
    default Optional<TailEvent> begin(Version version, TailEvent.Trigger trigger) {
        return Optional.empty();
    }

    /** A runner was given up since the engine could not stop what it ran. */
    void runnerLost(Version version);
}
