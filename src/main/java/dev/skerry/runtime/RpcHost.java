package dev.skerry.runtime;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import org.jspecify.annotations.Nullable;

/**
 * What the guest modules under {@code js/rpc} call. A method call is an event of the callee, or joins an open one; either goes to the callee's mailbox, so
 * from a runner to its own queue: it runs on the thread that is there already. Confined to one isolate.
 */
public final class RpcHost {
    private final WorkerRuntime runtime;
    private final Tenant tenant;

    RpcHost(WorkerRuntime runtime, Tenant tenant) {
        this.runtime = runtime;
        this.tenant = tenant;
    }

    /** An empty message for the arguments of a call. */
    @GuestCallable
    public RpcMessage message() {
        return new RpcMessage(tenant.isolate().invocation(), false);
    }

    /** An empty message for the answer to a call. */
    @GuestCallable
    public RpcMessage reply(RpcCall call) {
        return new RpcMessage(call.runsIn(), true);
    }

    /** Answers a call; the result is how many calls on its result are still to come or have come. */
    @GuestCallable
    public int answer(RpcCall call, RpcMessage message) {
        return call.answer(message);
    }

    /** Calls what a stub stands for, or reads its property. */
    @GuestCallable
    public RpcCall call(RpcStub stub, String path, @Nullable RpcMessage arguments) {
        RpcTarget target = stub.target();
        if (stub.isForeignTo(tenant.isolate().invocation())) {
            throw GuestError.error(
                    "Cannot perform I/O on behalf of a different request. An RPC stub belongs to the request"
                            + " whose handler got it, and no other can call it: get one for each request.");
        }
        WorkerInvocation owner = target.owner();
        if (target.gone() || owner.ended()) {
            throw GuestError.error("The event of " + owner.version().environment()
                    + " that gave this RPC stub has ended, and with it what it gave to be called.");
        }
        return join(owner, path, arguments, target.id(), false);
    }

    /** Calls what the result of a call will be, or reads its property; null when the result is on its way here. */
    @GuestCallable
    public @Nullable RpcCall pipeline(RpcCall call, String path, @Nullable RpcMessage arguments) {
        return call.pipeline() ? join(call.runsIn(), path, arguments, call.number(), true) : null;
    }

    private RpcCall join(
            WorkerInvocation owner, String path, @Nullable RpcMessage arguments, int target, boolean onResult) {
        RpcCall call = new RpcCall(
                tenant.isolate().invocation(), owner.version().environment().toString(), path, arguments);
        call.join(owner);
        owner.isolate().post(new RpcCall.Arrival(call, target, onResult));
        return call;
    }

    /** A stub for an entry of the isolate's own table. */
    @GuestCallable
    public RpcStub local(int id) {
        return held(new RpcStub(RpcTarget.of(tenant.isolate().invocation(), id)));
    }

    /** A binding to an entrypoint of the worker's own version, with the JSON of its props. */
    @GuestCallable
    public ServiceBinding.Host loopback(String entrypoint, String props) {
        return ServiceBinding.loopback(runtime, tenant.isolate(), entrypoint, props);
    }

    /** A service binding that came in a message, as one of this isolate. */
    @GuestCallable
    public ServiceBinding.Host adopt(ServiceBinding.Host sent) {
        return sent.attachedTo(tenant.isolate());
    }

    /** Another stub for the same target. */
    @GuestCallable
    public RpcStub dup(RpcStub stub) {
        return held(stub.another());
    }

    private RpcStub held(RpcStub stub) {
        tenant.isolate().invocation().rpc().hold(stub);
        return stub;
    }

    @GuestCallable
    public void release(RpcStub stub) {
        stub.release();
    }
}
