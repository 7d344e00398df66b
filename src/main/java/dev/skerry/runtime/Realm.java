package dev.skerry.runtime;

import com.oracle.truffle.api.TruffleContext;
import dev.skerry.binding.GuestCallable;
import dev.skerry.runtime.engine.GuestModules;
import dev.skerry.runtime.engine.JsEngine;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** A context with the Web APIs in it, and no worker before an isolate has moved in. Confined to the thread that has entered it. */
final class Realm implements AutoCloseable {
    /** Evaluates each guest module at most once, when it is first asked for. */
    private static final Source LOADER =
            Source.newBuilder("js", """
                    (function (loader) {
                      'use strict';
                      const modules = new Map();
                      const get = modules.get.bind(modules), set = modules.set.bind(modules);
                      const { create, defineProperties, freeze, getOwnPropertyDescriptors } = Object;
                      const copy = (namespace) => freeze(defineProperties(create(null), getOwnPropertyDescriptors(namespace)));
                      // What guest modules get by these names, whenever they are evaluated and whatever the worker has put in their place.
                      const { ArrayBuffer } = globalThis;
                      // Java's buffers are counted, for nobody else sees what of them the worker holds.
                      function Buffer(source, options) {
                        if (typeof source === 'object') loader.given(source);
                        return options === undefined ? new ArrayBuffer(source) : new ArrayBuffer(source, options);
                      }
                      Buffer.prototype = ArrayBuffer.prototype;
                      Buffer.isView = ArrayBuffer.isView;
                      const natives = {
                        Array, ArrayBuffer: Buffer, BigInt, Boolean, DataView, Date, Error, Function, Int32Array, Map, Number, Object, Promise, Proxy, RangeError, RegExp,
                        Set, String, Symbol, SyntaxError, TypeError, Uint8Array, WeakMap, WeakRef, WeakSet, JSON: copy(JSON), Reflect: copy(Reflect),
                      };
                      return function load(name) {
                        let exports = get(name);
                        if (exports === undefined) set(name, exports = loader.script(name)(load, loader.host(name), natives));
                        return exports;
                      };
                    })""", "skerry:loader").internal(true).buildLiteral();

    private final Context context;
    private final GuestModules modules;
    private final BiFunction<String, Tenant, @Nullable Object> hosts;
    private final Tenant tenant = new Tenant();
    private final Value bootstrap;
    private final TruffleContext handle;

    /**
     * Must be called on a thread that may enter contexts; the context is left when this returns.
     *
     * @param hosts the Java half of the guest module of that name, made for a tenant; null when it has none
     */
    Realm(JsEngine engine, BiFunction<String, Tenant, @Nullable Object> hosts) {
        this.modules = engine.modules();
        this.hosts = hosts;
        this.context = engine.newContext(new TenantFiles(tenant));
        context.enter();
        try {
            this.handle = engine.scales().here();
            context.initialize("js");
            engine.imports().guard();
            this.bootstrap = context.eval(LOADER).execute(new Loader()).execute("bootstrap");
        } finally {
            context.leave();
        }
    }

    /** Evaluates what most workers use. */
    void prepare() {
        context.enter();
        try {
            function("prepare").executeVoid();
        } finally {
            context.leave();
        }
    }

    /** Makes it the realm of an isolate, for good. */
    void moveIn(Isolate isolate) {
        tenant.moveIn(isolate);
    }

    Context context() {
        return context;
    }

    /** What {@link dev.skerry.runtime.engine.Scales} know the context by. */
    TruffleContext handle() {
        return handle;
    }

    /** A function that the bootstrap module exports. */
    Value function(String name) {
        return bootstrap.getMember(name);
    }

    @Override
    public void close() {
        context.close(true);
    }

    /** What the loader sees: the modules' scripts and their Java halves. */
    public final class Loader {
        private Loader() {}

        @GuestCallable
        public Value script(String name) {
            return context.eval(modules.source(name));
        }

        @GuestCallable
        public void given(ByteBuffer buffer) {
            tenant.given(buffer, buffer.remaining());
        }

        @GuestCallable
        public @Nullable Object host(String name) {
            return hosts.apply(name, tenant);
        }
    }
}
