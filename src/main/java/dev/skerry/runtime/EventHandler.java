package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.SocketEnd;
import dev.skerry.model.Outcome;
import java.util.Optional;

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

    /**
     * The worker's response to a request for a WebSocket, at most once and instead of {@link #respond}. Who asked for none answers an error.
     *
     * @param headers in the form of {@link dev.skerry.binding.HeaderLines}
     * @param socket the client's end
     */
    default void upgrade(String headers, SocketEnd socket) {
        socket.lose(1011, NOT_ASKED);
        respond(500, "", "\ncontent-type:text/plain; charset=utf-8", new Body.Text(NOT_ASKED + "\n"));
    }

    /** What is said of a WebSocket that nobody asked for. */
    String NOT_ASKED =
            "Worker tried to return WebSocket in a response to a request which did not contain the header \"Upgrade: websocket\".";

    /** Why nobody waits for the event any more, if who sent it has left: what the worker throws from then on, of a lost body say, is not its failure. */
    default Optional<String> gone() {
        return Optional.empty();
    }

    /** The event has ended, {@code waitUntil} included. Without a response before, there will be none. */
    void end(Outcome outcome);
}
