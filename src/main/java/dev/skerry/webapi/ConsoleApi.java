package dev.skerry.webapi;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.Invocation;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import jakarta.inject.Singleton;

/** The Java half of {@code js/console.js}: lines of text go to the log of the invocation, which bounds them. Thread-safe. */
@Singleton
public final class ConsoleApi implements WebApi {
    @Override
    public String name() {
        return "console";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(isolate);
    }

    /** Confined to the isolate's thread. */
    public static final class Host {
        private final IsolateServices isolate;

        private Host(IsolateServices isolate) {
            this.isolate = isolate;
        }

        /** {@code level}: as {@link dev.skerry.binding.Invocation#log} has it. What is said outside of an event, while a worker starts, is nobody's log. */
        @GuestCallable
        public void log(String level, String text) {
            Invocation invocation;
            try {
                invocation = isolate.invocation();
            } catch (GuestError e) {
                return;
            }
            invocation.log(level, text);
        }
    }
}
