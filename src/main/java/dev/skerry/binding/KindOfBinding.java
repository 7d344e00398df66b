package dev.skerry.binding;

import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One kind of binding: what {@code env.NAME} can be. Opened once for a version, attached once for each of its isolates. Thread-safe.
 *
 * <p>The guest half is {@code js/MODULE.js} with {@code export function bind(host, config, name)}, whose result is {@code env.NAME}: {@code host}
 * is what {@link Opened#attach} made and {@code config} is parsed from JSON.
 */
public interface KindOfBinding {
    /** Opens a binding of a version; empty when it is of another kind. */
    Optional<Opened> open(Binding binding, EnvironmentRef owner);

    /** As {@link #open(Binding, EnvironmentRef)}, for kinds whose bindings have to do with the rest of the version. */
    default Optional<Opened> open(Binding binding, Version version) {
        return open(binding, version.environment());
    }

    /** What answers requests to a version before its worker does; most kinds have nothing of that sort. */
    default Optional<Front> front(Version version) {
        return Optional.empty();
    }

    /** A binding, open for a version. Thread-safe. */
    interface Opened {
        /** The guest half. */
        String module();

        /** JSON for the guest half. */
        default String config() {
            return "null";
        }

        /** The Java half for one isolate, its methods marked {@link GuestCallable}; null when the guest half needs none. */
        @Nullable
        Object attach(IsolateServices isolate);
    }
}
