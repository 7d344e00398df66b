package dev.skerry.webapi;

import dev.skerry.binding.GuestError;
import dev.skerry.binding.HeldMemory;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitKey;
import dev.skerry.model.LimitOverrides;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An isolate whose operations are futures. Confined to the test's thread, the futures aside. */
final class FakeIsolate implements IsolateServices {
    final List<CompletableFuture<@Nullable Object>> operations = new ArrayList<>();
    final List<Runnable> ending = new ArrayList<>();
    int subrequests;
    int holds;

    /** The operation of a host function's result. */
    CompletableFuture<@Nullable Object> operation(Object id) {
        return operations.get((Integer) id - 1);
    }

    @Override
    public EnvironmentRef environment() {
        return EnvironmentRef.of("service", "production");
    }

    @Override
    public LimitOverrides overrides() {
        return LimitOverrides.NONE;
    }

    @Override
    public void reached(LimitKey limit, String detail) {
        throw new AssertionError(detail);
    }

    @Override
    public Operation begin() {
        CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
        operations.add(future);
        int id = operations.size();
        return new Operation() {
            @Override
            public int id() {
                return id;
            }

            @Override
            public void resolve(@Nullable Object value) {
                future.complete(value);
            }

            @Override
            public void reject(GuestError error) {
                future.completeExceptionally(error);
            }

            @Override
            public void drop() {}
        };
    }

    @Override
    public Operation beginEnding() {
        return begin();
    }

    @Override
    public void given(Object value, long bytes) {}

    @Override
    public HeldMemory memory() {
        return HeldMemory.UNBOUNDED;
    }

    @Override
    public Invocation invocation() {
        return new Invocation() {
            @Override
            public void countSubrequest() {
                subrequests++;
            }

            @Override
            public void log(String level, String text) {}

            @Override
            public <T> T kept(Class<T> type, Supplier<T> maker) {
                return maker.get();
            }

            @Override
            public void whenEnded(Runnable action) {
                ending.add(action);
            }

            @Override
            public HeldMemory memory() {
                return HeldMemory.UNBOUNDED;
            }

            @Override
            public void hold() {
                holds++;
            }

            @Override
            public void release() {
                holds--;
            }
        };
    }
}
