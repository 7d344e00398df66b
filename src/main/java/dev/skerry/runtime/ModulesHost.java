package dev.skerry.runtime;

import dev.skerry.binding.GuestCallable;
import dev.skerry.model.Module;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/modules.js}: what a worker's modules are made of that are no ES modules. Confined to its isolate's thread. */
public final class ModulesHost {
    /** What stands before a CommonJS module's first line. */
    static final String HEAD = "(function (exports, require, module, __filename, __dirname) {";

    private final Tenant tenant;

    ModulesHost(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Whether the worker may have this guest module. */
    @GuestCallable
    public boolean offers(String name) {
        return tenant.modules().offers(name);
    }

    /** Whether the version has one of Cloudflare's compatibility flags. */
    @GuestCallable
    public boolean compatible(String flag) {
        return tenant.modules().compatibility().has(flag);
    }

    /** All compatibility flags as JSON. */
    @GuestCallable
    public String compatibilityFlags() {
        return tenant.modules().compatibility().flags().entrySet().stream()
                .map(flag -> "\"" + flag.getKey() + "\":" + flag.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** A module's bytes, a copy; null when there is no module of that name. */
    @GuestCallable
    public @Nullable ByteBuffer data(String name) {
        return tenant.modules()
                .module(name)
                .map(module -> ByteBuffer.wrap(module.content().array().clone()))
                .orElse(null);
    }

    /** What kind of module has this name; an empty string when there is none. */
    @GuestCallable
    public String kind(String name) {
        return tenant.modules().module(name).map(module -> module.type().name()).orElse("");
    }

    /** A text or JSON module's text. */
    @GuestCallable
    public String text(String name) {
        return module(name).content().utf8();
    }

    /** A WebAssembly module's bytes, its memories bounded. */
    @GuestCallable
    public ByteBuffer wasm(String name) {
        return ByteBuffer.wrap(WasmBinary.limited(module(name).content().array(), wasmPages()));
    }

    /** How many pages a WebAssembly memory may have. */
    @GuestCallable
    public int wasmPages() {
        return (int) Math.min(65_536, tenant.isolate().limits().memory().bytes() / WasmBinary.PAGE);
    }

    /** A CommonJS module as {@code function (exports, require, module, __filename, __dirname)}. */
    @GuestCallable
    public Value commonJs(String name) {
        String text = UsingDeclarations.rewrite(module(name).content().utf8(), new UsingDeclarations.Kind.Function());
        return Context.getCurrent()
                .eval(Source.newBuilder("js", HEAD + text + "\n})", "/" + name).buildLiteral());
    }

    /** What a text that is made as the worker starts evaluates to, as a script. */
    @GuestCallable
    public Value evaluate(String text) {
        return Context.getCurrent()
                .eval(Source.newBuilder("js", text, "eval").cached(false).buildLiteral());
    }

    private Module module(String name) {
        return tenant.modules().module(name).orElseThrow();
    }
}
