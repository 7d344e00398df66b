package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.model.Outcome;

/** Whoever sent an event to a worker, and hears what comes of it. Called on runners and other threads, one at a time; never blocks. */
public interface EventHandler {
    /**
     * The worker's response to a fetch event, at most once.
     *
     * @param headers in the form of {@link dev.skerry.binding.HeaderLines}
     */
    void respond(int status, String statusText, String headers, Body body);

    /** The worker asks that a request which it fails to answer goes on as if the worker was not there. Before the end, if at all. */
    default void passThrough() {}

    /** The event has ended, {@code waitUntil} included. Without a response before, there will be none. */
    void end(Outcome outcome);
}
