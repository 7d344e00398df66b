package dev.skerry.runtime;

import dev.skerry.binding.GuestCallable;
import dev.skerry.model.Module;
import java.nio.ByteBuffer;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** The Java half of {@code js/modules.js}: what a worker's modules are made of that are no ES modules. Confined to its isolate's thread. */
public final class ModulesHost {
    private final Isolate isolate;

    ModulesHost(Isolate isolate) {
        this.isolate = isolate;
    }

    /** Whether the worker may have this guest module. */
    @GuestCallable
    public boolean offers(String name) {
        return isolate.pool().modules().offers(name);
    }

    /** A data module's bytes, a copy. */
    @GuestCallable
    public ByteBuffer data(String name) {
        return ByteBuffer.wrap(module(name).content().array().clone());
    }

    /** A CommonJS module as {@code function (exports, require, module)}; null when there is no module of that name. */
    @GuestCallable
    public Value commonJs(String name) {
        if (isolate.pool().modules().module(name).isEmpty()) {
            return Context.getCurrent().asValue(null);
        }
        return Context.getCurrent()
                .eval(Source.newBuilder(
                                "js",
                                "(function (exports, require, module) {"
                                        + module(name).content().utf8() + "\n})",
                                "/" + name)
                        .buildLiteral());
    }

    private Module module(String name) {
        return isolate.pool().modules().module(name).orElseThrow();
    }
}
