package dev.skerry.webapi;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import dev.skerry.binding.WebApi;
import jakarta.inject.Singleton;

/** The Java half of {@code js/invocation.js}: keeps an event open for what goes on after its handler, and tells events apart. Thread-safe. */
@Singleton
public final class InvocationApi implements WebApi {
    @Override
    public String name() {
        return "invocation";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(isolate);
    }

    /** For the thread in one isolate. */
    public static final class Host {
        private final IsolateServices isolate;

        private Host(IsolateServices isolate) {
            this.isolate = isolate;
        }

        /** Holds the invocation that is running now, and gives it for {@link #release}. */
        @GuestCallable
        public Object hold() {
            Invocation invocation = isolate.invocation();
            invocation.hold();
            return invocation;
        }

        /** An operation of the invocation that is running now, which ends with that and is thus forgotten. */
        @GuestCallable
        public int ending() {
            Operation operation = isolate.beginEnding();
            isolate.invocation().whenEnded(() -> operation.resolve(null));
            return operation.id();
        }

        /** Whether it is the one that is running now. */
        @GuestCallable
        public boolean runs(Object invocation) {
            return isolate.invocation() == invocation;
        }

        @GuestCallable
        public void release(Object invocation) {
            ((Invocation) invocation).release();
        }
    }
}
