package dev.skerry.binding;

import org.jspecify.annotations.Nullable;

/**
 * Something begun in an isolate that ends later. The guest half awaits {@code op(host.begin(...))} with the {@link #id()} that the host
 * function returned. Thread-safe; only the first settlement counts, and one that comes after the isolate closed is dropped.
 */
public interface Operation {
    /** Positive, unique in its isolate. */
    int id();

    /** Fulfils the guest's promise. The value is what a {@link GuestCallable} method may return. */
    void resolve(@Nullable Object value);

    void reject(GuestError error);

    /** The guest has forgotten it: nobody waits for it any more. For the thread that is in the isolate. */
    void drop();
}
