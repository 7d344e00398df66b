package dev.skerry.runtime;

import dev.skerry.model.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * How a version started in an isolate of its own, made to try it.
 *
 * @param outcome {@link Outcome.Ok}, or why it does not start
 * @param took from the first line of its modules to the last
 * @param handlers the events that it has handlers for, and its named entrypoints: {@code fetch}, {@code scheduled}, {@code Admin}, ...
 */
public record StartReport(Outcome outcome, Duration took, List<String> handlers) {
    public StartReport {
        handlers = List.copyOf(handlers);
    }
}
