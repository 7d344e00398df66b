package dev.skerry.binding;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure that becomes an error in the worker. Immutable.
 *
 * <p>{@code name} is an ECMAScript error's ({@code TypeError}, {@code RangeError}, {@code Error}) or a DOMException's ({@code DataError}, {@code AbortError}, ...);
 * the guest half makes the object. It carries no Java stack trace: it is a value, and the worker must not see the host's frames.
 */
public final class GuestError extends RuntimeException implements Weighty {
    private static final long serialVersionUID = 1;

    private final String name;
    private final transient @Nullable Weighty whole;

    public GuestError(String name, String message) {
        this(name, message, null);
    }

    /** @param whole the error as it was thrown in another worker, for the guest half to read; null where that is not known */
    public GuestError(String name, String message, @Nullable Weighty whole) {
        super(Objects.requireNonNull(message), null, false, false);
        this.name = Objects.requireNonNull(name);
        this.whole = whole;
    }

    public static GuestError type(String message) {
        return new GuestError("TypeError", message);
    }

    public static GuestError error(String message) {
        return new GuestError("Error", message);
    }

    @GuestCallable
    public String name() {
        return name;
    }

    @GuestCallable
    public @Nullable Object whole() {
        return whole;
    }

    @Override
    public long weight() {
        return whole == null ? 0 : whole.weight();
    }

    @GuestCallable
    public String message() {
        return Objects.requireNonNull(getMessage());
    }
}
