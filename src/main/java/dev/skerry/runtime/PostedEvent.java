package dev.skerry.runtime;

/** An event on its way through a worker, for whoever sent it. Thread-safe. */
public interface PostedEvent {
    /** One that has ended already. */
    PostedEvent ENDED = reason -> {};

    /**
     * Nobody waits for the response any more: {@code request.signal} aborts, and the event ends unless it passed something to {@code waitUntil}.
     *
     * @param reason what the event's outcome says
     */
    void disconnect(String reason);
}
