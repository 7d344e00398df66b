package dev.skerry.runtime.engine;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.graalvm.polyglot.Engine;

/**
 * How the engine finds an instrument of ours: META-INF/services names a public subclass, whose annotation has the id and, as the one service, the instrument
 * itself, which registers itself as that when it is created. Immutable.
 */
abstract class Instrument<T extends TruffleInstrument> extends TruffleInstrumentProvider {
    private final Class<T> type;
    private final Supplier<T> create;

    Instrument(Class<T> type, Supplier<T> create) {
        this.type = type;
        this.create = create;
    }

    /** The instrument of an engine; asking for it is what begins it. */
    static <T extends TruffleInstrument> T begin(Engine engine, String id, Class<T> type) {
        return Objects.requireNonNull(engine.getInstruments().get(id)).lookup(type);
    }

    @Override
    protected final String getInstrumentClassName() {
        return type.getName();
    }

    @Override
    protected final Object create() {
        return create.get();
    }

    @Override
    protected final Collection<String> getServicesClassNames() {
        return List.of(type.getName());
    }
}
