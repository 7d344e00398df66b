package dev.skerry.binding;

import java.util.function.Supplier;

/** One event's way through a worker: a request, a scheduled event, a call. For the thread that is in the isolate. */
public interface Invocation {
    /**
     * Counts a subrequest (an outgoing fetch, a call of a binding).
     *
     * @throws GuestError when the limit {@code skerry.limits.subrequests} is passed
     */
    void countSubrequest();

    /** A line of the worker's console; {@code level} is one of {@code debug}, {@code log}, {@code info}, {@code warn}, {@code error}. */
    void log(String level, String text);

    /** What somebody keeps with the invocation, one of a type: made when it is first asked for. */
    <T> T kept(Class<T> type, Supplier<T> maker);

    /** Has an action run when the invocation has ended, however it ended: to let go of a timer, a connection. */
    void whenEnded(Runnable action);

    /** Keeps the invocation open when its handler has ended, until {@link #release} was called as often: for a body that is being sent, an open socket. */
    void hold();

    void release();

    /** What Java keeps for it. Thread-safe. */
    HeldMemory memory();

    /** Something new came from outside, a message of a WebSocket: CPU time, subrequests and log lines are counted anew. */
    default void renew() {}
}
