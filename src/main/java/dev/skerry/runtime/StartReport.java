package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.model.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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

    /** Reports it when the start fails; otherwise the worker, once started, does. */
    static EventHandler handler(CompletableFuture<StartReport> report) {
        return new EventHandler() {
            @Override
            public void respond(int status, String statusText, String headers, Body body) {}

            @Override
            public void end(Outcome outcome) {
                if (!(outcome instanceof Outcome.Ok)) {
                    report.complete(new StartReport(outcome, Duration.ZERO, List.of()));
                }
            }
        };
    }
}
