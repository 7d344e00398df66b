package dev.skerry.model;

import java.util.Objects;

/**
 * The control plane's no. The message names the thing and the cure and may be shown to whoever asked; each boundary turns the reason into an
 * answer of its own. Immutable.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why, as far as a caller can act upon it. */
    public enum Reason {
        /** What was sent is wrong in itself, whatever the state. */
        INVALID,
        /** The code does not parse or start; the sentence says where. */
        CODE_INVALID,
        SERVICE_NOT_FOUND,
        ENVIRONMENT_NOT_FOUND,
        VERSION_NOT_FOUND,
        DEPLOYMENT_NOT_FOUND,
        BINDING_NOT_FOUND,
        NAMESPACE_NOT_FOUND,
        ROUTE_NOT_FOUND,
        TOKEN_NOT_FOUND,
        /** A binding names a target that does not exist. */
        BINDING_TARGET_MISSING,
        /** The name, title, route or hostname is taken. */
        TAKEN,
        /** Others depend on what should go. */
        IN_USE,
        /** It asks for something that the state does not allow now. */
        CONFLICT,
        /** A bound of the server is reached; later may do. */
        OVERLOADED
    }

    private final Reason reason;

    public RefusedException(Reason reason, String message) {
        super(Objects.requireNonNull(message));
        this.reason = Objects.requireNonNull(reason);
    }

    public Reason reason() {
        return reason;
    }

    /** The message, which is always there. */
    public String sentence() {
        return Objects.requireNonNull(getMessage());
    }
}
