package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.Weighty;
import dev.skerry.model.LimitKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values on their way from one isolate to another: what {@code js/rpc/message.js} writes, one item after another, and reads in the same order at
 * the other end. Bytes are copied once; bodies and stubs go by reference. Confined to the thread in the isolate that has it.
 */
public final class RpcMessage implements Weighty {
    /** Items of fewer bytes are not counted as what the sender keeps until they are read. */
    private static final int HEAVY = 1024;

    private final WorkerInvocation from;
    private final boolean answer;
    private final long most;
    private @Nullable Object[] items = new @Nullable Object[8];
    private int size;
    private int next;
    private long bytes;
    private long held;
    private List<RpcStub> stubs = List.of();

    /** @param answer whether the sender stays open for what it gives to be called with the message */
    RpcMessage(WorkerInvocation from, boolean answer) {
        this.from = from;
        this.answer = answer;
        this.most = from.isolate().limits().rpcMessage().bytes();
    }

    /** What the next item is, or a small number. */
    @GuestCallable
    public void code(int code) {
        add(code, 2);
    }

    @GuestCallable
    public void text(String text) {
        add(text, text.length());
    }

    @GuestCallable
    public void number(double number) {
        add(number, Double.BYTES);
    }

    @GuestCallable
    public void bytes(byte[] array) {
        add(ByteBuffer.wrap(array), array.length);
    }

    /** A body that Java made. */
    @GuestCallable
    public void body(Object body) {
        add((Body) body, 8);
    }

    /** A stub goes with the message; the sender keeps its own. */
    @GuestCallable
    public void stub(RpcStub stub) {
        RpcTarget target = stub.target();
        if (answer && target.owner() == from) {
            target.hold();
        }
        attach(stub.another());
    }

    /** Gives an entry of the sender's table to be called. */
    @GuestCallable
    public void target(int id) {
        RpcTarget target = RpcTarget.of(from, id);
        if (answer) {
            target.hold();
        }
        attach(new RpcStub(target));
    }

    /** A service binding, which the receiver makes its own. */
    @GuestCallable
    public void service(ServiceBinding.Host binding) {
        add(binding, 64);
    }

    private void attach(RpcStub stub) {
        if (stubs.isEmpty()) {
            stubs = new ArrayList<>(4);
        }
        stubs.add(stub);
        add(stub, 64);
    }

    private void add(Object item, long cost) {
        bytes += cost;
        if (bytes > most) {
            String detail = "Arguments and results of RPC are limited to " + most
                    + " bytes (skerry.limits.rpc-message), and these are more. Pass a ReadableStream, or less at a time.";
            from.isolate().reached(LimitKey.RPC_MESSAGE, detail);
            throw GuestError.error(detail);
        }
        if (cost >= HEAVY) {
            held += cost;
            from.memory().hold(cost);
        }
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    /** The next item, as it was written; bytes as a ByteBuffer. */
    @GuestCallable
    public @Nullable Object next() {
        Object item = items[next];
        items[next++] = null;
        if (next == size && held > 0) {
            from.memory().letGo(held);
            held = 0;
        }
        return item;
    }

    @Override
    public long weight() {
        return held;
    }

    @GuestCallable
    public boolean hasStubs() {
        return !stubs.isEmpty();
    }

    /** Lets go of the stubs in it: it was not sent, or the receiver needs them no more. */
    @GuestCallable
    public void release() {
        stubs.forEach(RpcStub::release);
    }

    /** Hands it to an invocation, which owns its stubs from now on. Thread-safe. */
    void deliver(WorkerInvocation to) {
        if (!stubs.isEmpty()) {
            RpcSession session = to.rpc();
            stubs.forEach(session::hold);
        }
    }
}
