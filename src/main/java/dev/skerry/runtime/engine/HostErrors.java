package dev.skerry.runtime.engine;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.ExecutionEventNode;
import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.runtime.Errors;
import com.oracle.truffle.js.runtime.JSException;
import com.oracle.truffle.js.runtime.JSRealm;
import dev.skerry.binding.GuestError;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.graalvm.polyglot.Engine;
import org.jboss.logging.Logger;

/**
 * The one place through which what host code throws goes on its way into a guest module: the exceptional end of each call in those modules, which alone can call
 * host code. A {@link GuestError} becomes the error that it stands for. Anything else is a defect of ours: it becomes an error with a number, by which
 * the log tells it. So neither guest modules nor workers ever catch an object of Java, or read its text. Calls that return cost nothing: compiled code
 * has this on its slow path alone.
 *
 * <p>An instrument of the engine, since only instruments come between a call and its caller. Thread-safe.
 */
public final class HostErrors extends TruffleInstrument {
    private static final String ID = "skerry-host-errors";
    private static final Logger LOG = Logger.getLogger("skerry.runtime");
    private static final long BETWEEN_LINES = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong lastLine = new AtomicLong(System.nanoTime() - BETWEEN_LINES);

    /** Puts it between host code and the guest modules of all isolates of an engine; before any of them is made. */
    static void guard(Engine engine) {
        Instrument.begin(engine, ID, HostErrors.class);
    }

    @Override
    protected void onCreate(Env env) {
        env.getInstrumenter()
                .attachExecutionEventFactory(
                        SourceSectionFilter.newBuilder()
                                .sourceIs(source -> source.getName().startsWith(GuestModules.PREFIX))
                                .tagIs(StandardTags.CallTag.class)
                                .build(),
                        context -> new Call());
        env.registerService(this);
    }

    private final class Call extends ExecutionEventNode {
        @Override
        protected void onReturnExceptional(VirtualFrame frame, Throwable exception) {
            if (exception instanceof JSException error) {
                if (error.getCause() instanceof InteropException) {
                    throw unsuitable(error);
                }
            } else if (exception instanceof AbstractTruffleException other) {
                convert(other);
            }
        }
    }

    /** A host function was called with what its parameters cannot take; the engine's message shows their types. */
    @TruffleBoundary
    private RuntimeException unsuitable(JSException error) {
        return Errors.createTypeError(report(error));
    }

    @TruffleBoundary
    private void convert(AbstractTruffleException exception) {
        JSRealm realm = JavaScriptLanguage.getCurrentJSRealm();
        TruffleLanguage.Env env = realm.getEnv();
        if (!env.isHostException(exception)) {
            return;
        }
        switch (env.asHostException(exception)) {
            case GuestError error -> Globals.fail(realm, error);
            case StackOverflowError error -> throw Errors.createRangeErrorStackOverflow(error, null);
            // The isolate's end, as if the engine itself had failed.
            case VirtualMachineError error -> throw error;
            case Throwable error -> throw Errors.createError(report(error));
        }
    }

    /** Logs it, unless another one was logged just now: a worker may provoke as many as it likes. What may be said of it is returned. */
    private String report(Throwable error) {
        long number = numbers.incrementAndGet();
        long now = System.nanoTime();
        long last = lastLine.get();
        if (now - last >= BETWEEN_LINES && lastLine.compareAndSet(last, now)) {
            LOG.errorf(error, "Host code failed under a worker: internal error; reference %d", number);
        }
        return "internal error; reference " + number;
    }

    /** Named in META-INF/services. */
    @TruffleInstrument.Registration(id = ID, name = "Skerry's host errors", services = HostErrors.class)
    public static final class Registered extends Instrument<HostErrors> {
        public Registered() {
            super(HostErrors.class, HostErrors::new);
        }
    }
}
