package dev.skerry.runtime.engine;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.graalvm.polyglot.Engine;

/**
 * Weighs contexts: the engine walks all objects that a context reaches and nothing outside of it owns. What isolates share through the engine (some
 * 1 MB) is counted in each. It takes 0.2 to 2 microseconds an object, so it is for suspicion alone. Only an optimizing engine can do it.
 *
 * <p>An instrument of the engine, since only instruments may ask for it. Thread-safe.
 */
public final class Scales extends TruffleInstrument {
    private static final String ID = "skerry-scales";

    private volatile TruffleInstrument.@org.jspecify.annotations.Nullable Env env;

    static Scales of(Engine engine) {
        return Instrument.begin(engine, ID, Scales.class);
    }

    @Override
    protected void onCreate(Env env) {
        this.env = env;
        env.registerService(this);
    }

    private Env env() {
        Env created = env;
        if (created == null) {
            throw new IllegalStateException("The engine has not made the instrument");
        }
        return created;
    }

    /** What stands for the context that this thread has entered. */
    public TruffleContext here() {
        return env().getEnteredContext();
    }

    /**
     * Weighs a context that no other thread is in.
     *
     * @param enough where to stop, in bytes
     * @param unwanted set by others when nobody wants to know any more
     * @return bytes; not much more than {@code enough}
     * @throws CancellationException when it was not wanted any more
     */
    public long weigh(TruffleContext context, long enough, AtomicBoolean unwanted) {
        return env().calculateContextHeapSize(context, enough, unwanted);
    }

    /**
     * Has a thread weigh the context that it is in, at its next safepoint: a loop has many, some of the engine's own functions have none. The
     * thread goes on after that.
     */
    public void weighInside(
            TruffleContext context, Thread thread, long enough, AtomicBoolean unwanted, LongConsumer result) {
        env().submitThreadLocal(context, new Thread[] {thread}, new ThreadLocalAction(false, false) {
            @Override
            protected void perform(Access access) {
                try {
                    result.accept(weigh(context, enough, unwanted));
                } catch (CancellationException e) {
                    // The context closes, and the thread is wanted for that.
                }
            }
        });
    }

    /** Named in META-INF/services. */
    @TruffleInstrument.Registration(id = ID, name = "Skerry's scales", services = Scales.class)
    public static final class Registered extends Instrument<Scales> {
        public Registered() {
            super(Scales.class, Scales::new);
        }
    }
}
