package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.SocketEnd;
import dev.skerry.model.Outcome;
import org.jspecify.annotations.Nullable;

/** What {@code js/worker.js} tells back of the events that were delivered to it. Without state; called on the thread in the isolate. */
public final class WorkerHost {
    WorkerHost() {}

    @GuestCallable
    public void respondText(
            WorkerInvocation invocation, int status, String statusText, String headers, String text, boolean last) {
        respond(invocation, status, statusText, headers, new Body.Text(text), last);
    }

    /** The body is one that Java made, or null for none. */
    @GuestCallable
    public void respondBody(
            WorkerInvocation invocation,
            int status,
            String statusText,
            String headers,
            @Nullable Object body,
            boolean last) {
        respond(invocation, status, statusText, headers, body == null ? Body.EMPTY : (Body) body, last);
    }

    /** A response of status 101. */
    @GuestCallable
    public void respondSocket(WorkerInvocation invocation, String headers, Object socket, boolean last) {
        invocation.upgrade(headers, (SocketEnd) socket, last);
    }

    private static void respond(
            WorkerInvocation invocation, int status, String statusText, String headers, Body body, boolean last) {
        invocation.respond(status, statusText, headers, body, last);
    }

    /** The event passed something to waitUntil for the first time. */
    @GuestCallable
    public void extend(WorkerInvocation invocation) {
        invocation.departure().extend();
    }

    /** The event's request goes on as if there was no worker, if the worker fails to answer it. */
    @GuestCallable
    public void passThrough(WorkerInvocation invocation) {
        invocation.handler().passThrough();
    }

    /** An operation that ends when the client goes away. */
    @GuestCallable
    public int disconnection(WorkerInvocation invocation) {
        return invocation.departure().await().id();
    }

    /** All is done: the handler, the body that it streamed, and what it passed to waitUntil. */
    @GuestCallable
    public void done(WorkerInvocation invocation) {
        invocation.complete();
    }

    /** What was done is not all: something more was passed to waitUntil while the event was held open. */
    @GuestCallable
    public void reopen(WorkerInvocation invocation) {
        invocation.reopen();
    }

    /** Whether another worker waits for the event's response. */
    @GuestCallable
    public boolean awaited(WorkerInvocation invocation) {
        return invocation.handler() instanceof ServiceBinding.Answer answer && answer.waits();
    }

    /** A message in which to write for that worker what the event threw. */
    @GuestCallable
    public RpcMessage fault(WorkerInvocation invocation) {
        return new RpcMessage(invocation, false);
    }

    /** What {@link #fault} gave is written. */
    @GuestCallable
    public void tell(WorkerInvocation invocation, RpcMessage fault) {
        if (invocation.handler() instanceof ServiceBinding.Answer answer) {
            answer.fault = fault;
        }
    }

    @GuestCallable
    public void threw(WorkerInvocation invocation, String name, String message, String stack) {
        invocation.threw(
                Failures.threw(name, message, stack, invocation.isolate().pool().sourceMaps()));
    }

    @GuestCallable
    public void noHandler(WorkerInvocation invocation, String detail) {
        invocation.end(new Outcome.ScriptNotFound(detail));
    }
}
