package dev.skerry.binding;

import java.util.Objects;

/**
 * A failure that becomes an error in the worker. Immutable.
 *
 * <p>{@code name} is an ECMAScript error's ({@code TypeError}, {@code RangeError}, {@code Error}) or a DOMException's ({@code DataError}, {@code AbortError}, ...);
 * the guest half makes the object. It carries no Java stack trace: it is a value, and the worker must not see the host's frames.
 */
public final class GuestError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String name;

    public GuestError(String name, String message) {
        super(Objects.requireNonNull(message), null, false, false);
        this.name = Objects.requireNonNull(name);
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
    public String message() {
        return Objects.requireNonNull(getMessage());
    }
}
