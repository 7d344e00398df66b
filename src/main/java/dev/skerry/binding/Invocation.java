package dev.skerry.binding;

/** One event's way through a worker: a request, a scheduled event, a call. For the thread that is in the isolate. */
public interface Invocation {
    /**
     * Counts a subrequest (an outgoing fetch, a call of a binding).
     *
     * @throws GuestError when the limit {@code skerry.limits.subrequests} is passed
     */
    void countSubrequest();
}
