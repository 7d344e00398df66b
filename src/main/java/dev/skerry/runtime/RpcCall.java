package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.Operation;
import dev.skerry.model.Outcome;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A method call, or the read of a property, from one invocation to another. It is answered once: by the callee, or by the end of either. While it is
 * not, calls can be made on what its result will be ({@link #pipeline}): the callee keeps the result until it has them. Thread-safe.
 */
public final class RpcCall implements EventHandler {
    private final WorkerInvocation caller;
    private final Operation operation;
    private final String callee;
    private final String path;
    private final @Nullable RpcMessage arguments;
    private @Nullable WorkerInvocation runsIn;
    private boolean joins;
    private int id;
    private int pipelined;
    private boolean settled;

    /**
     * Begins a call of the invocation that is running now.
     *
     * @param callee how errors name the other side
     * @param path names of properties, NUL between them; empty for the target itself
     * @param arguments null to read the property
     */
    RpcCall(WorkerInvocation caller, String callee, String path, @Nullable RpcMessage arguments) {
        this.caller = caller;
        this.operation = caller.isolate().begin();
        this.callee = callee;
        this.path = path;
        this.arguments = arguments;
    }

    /** The number of the operation that ends with the answer, an {@link RpcMessage}. */
    @GuestCallable
    public int id() {
        return operation.id();
    }

    String path() {
        return path;
    }

    @Nullable
    RpcMessage arguments() {
        return arguments;
    }

    /** The number under which the callee knows the call. */
    int number() {
        return id;
    }

    WorkerInvocation runsIn() {
        return Objects.requireNonNull(runsIn);
    }

    /** Says who answers it. Called before it is posted there. */
    void runIn(WorkerInvocation invocation) {
        runsIn = invocation;
        id = invocation.isolate().nextCall();
        if (arguments != null) {
            arguments.deliver(invocation);
        }
    }

    /** Lets it end with its caller. */
    void begin() {
        caller.rpc().begin(this);
    }

    /** It is answered within an event that is open anyway, and fails when that ends; otherwise it has one of its own. */
    void join(WorkerInvocation open) {
        runIn(open);
        joins = true;
        begin();
        open.rpc().begin(this);
    }

    /** Announces a call on the result; false when the result is on its way to the caller. */
    synchronized boolean pipeline() {
        if (settled) {
            return false;
        }
        pipelined++;
        return true;
    }

    /**
     * Answers it, on the callee's thread.
     *
     * @return how many calls on the result were announced; there will be no more
     */
    int answer(RpcMessage answer) {
        if (settle()) {
            if (caller.ended()) {
                answer.release();
            } else {
                answer.deliver(caller);
                operation.resolve(answer);
            }
            if (!joins) {
                runsIn().answered();
            }
        } else {
            answer.release();
        }
        if (arguments != null) {
            arguments.release();
        }
        synchronized (this) {
            return pipelined;
        }
    }

    private boolean settle() {
        synchronized (this) {
            if (settled) {
                return false;
            }
            settled = true;
        }
        caller.rpc().end(this);
        if (joins) {
            runsIn().rpc().end(this);
        }
        return true;
    }

    private void fail(GuestError error) {
        if (settle()) {
            operation.reject(error);
            forget();
        }
    }

    /** The callee need not keep what the result would have been. */
    private void forget() {
        WorkerInvocation answering = runsIn;
        if (answering != null) {
            answering.isolate().post(new Forget(id));
        }
    }

    /** One of the two invocations has ended. */
    void ended(WorkerInvocation invocation) {
        if (invocation == runsIn) {
            fail(GuestError.error("The event of " + callee + " has ended, and with it what it gave to be called."));
        } else if (settle()) {
            operation.reject(GuestError.error("The event that made the call has ended."));
            forget();
            if (!joins && runsIn != null) {
                runsIn.disconnect("The worker that called it has ended");
            }
        }
    }

    @Override
    public void respond(int status, String statusText, String headers, Body body) {}

    @Override
    public Optional<String> gone() {
        return caller.handler().gone();
    }

    @Override
    public void end(Outcome outcome) {
        fail(ServiceBinding.failure(outcome, callee));
    }

    private record Forget(int id) implements Turn {
        @Override
        public @Nullable WorkerInvocation invocation() {
            return null;
        }

        @Override
        public void run(Isolate isolate) {
            isolate.worker().rpcForget(id);
        }
    }

    /** A call that reaches an open event: of something that it gave, or of the result of another call. */
    record Arrival(RpcCall call, int target, boolean onResult) implements Turn {
        @Override
        public WorkerInvocation invocation() {
            return call.runsIn();
        }

        @Override
        public void run(Isolate isolate) {
            if (call.runsIn().ended()) {
                drop();
                if (onResult) {
                    isolate.worker().rpcForget(target);
                }
            } else {
                isolate.worker().rpcCall(call, target, onResult);
            }
        }

        @Override
        public void drop() {
            call.ended(call.runsIn());
        }
    }
}
