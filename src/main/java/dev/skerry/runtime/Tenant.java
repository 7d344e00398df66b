package dev.skerry.runtime;

import dev.skerry.binding.HeldMemory;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitKey;
import dev.skerry.model.LimitOverrides;
import org.jspecify.annotations.Nullable;

/**
 * The isolate that a realm is of. A realm in stock has none yet, but the Java halves of its Web APIs are there already: they ask here. It moves in
 * once, before any code of a worker; as thread-safe as the isolate after that.
 */
final class Tenant implements IsolateServices {
    private @Nullable Isolate isolate;

    void moveIn(Isolate tenant) {
        isolate = tenant;
    }

    /** Whether it has an isolate. */
    boolean movedIn() {
        return isolate != null;
    }

    Isolate isolate() {
        Isolate tenant = isolate;
        if (tenant == null) {
            throw new IllegalStateException("The realm is in stock: it has no isolate");
        }
        return tenant;
    }

    WorkerModules modules() {
        return isolate().pool().modules();
    }

    @Override
    public Operation begin() {
        return isolate().begin();
    }

    @Override
    public Operation beginEnding() {
        return isolate().beginEnding();
    }

    @Override
    public EnvironmentRef environment() {
        return isolate().environment();
    }

    @Override
    public LimitOverrides overrides() {
        return isolate().overrides();
    }

    @Override
    public void reached(LimitKey limit, String detail) {
        isolate().reached(limit, detail);
    }

    @Override
    public void given(Object value, long bytes) {
        Isolate tenant = isolate;
        if (tenant != null) {
            tenant.given(value, bytes);
        }
    }

    @Override
    public HeldMemory memory() {
        return isolate().memory();
    }

    @Override
    public Invocation invocation() {
        return isolate().invocation();
    }
}
