package dev.skerry.api;

import dev.skerry.model.RefusedException.Reason;

/**
 * What an answer says went wrong. The numbers below 15000 are Cloudflare's, which clients branch on; the others are Skerry's own.
 */
public enum ErrorCode {
    /** No path leads there, or Skerry does not have it. */
    NO_ROUTE(7003, 404),
    /** The token is missing, wrong or expired. */
    AUTHENTICATION(10000, 401),
    /** The token is right, but not for this. */
    FORBIDDEN(9109, 403),
    WORKER_NOT_FOUND(10007, 404),
    KEY_NOT_FOUND(10009, 404),
    NAMESPACE_NOT_FOUND(10013, 404),
    NAMESPACE_TAKEN(10014, 400),
    /** The code, or what belongs to it, cannot become a version. */
    VERSION_INVALID(10021, 400),
    /** The body is not what the call reads. */
    BODY_UNREADABLE(10026, 400),
    /** The body is larger than {@code quarkus.http.limits.max-body-size}. */
    BODY_TOO_LARGE(10027, 413),
    SECRET_NOT_FOUND(10056, 404),
    /** An {@code inherit} binding finds nothing to inherit. */
    INHERIT_MISSING(10057, 400),
    /** A Durable Object migration does not follow the last one. */
    MIGRATION_CONFLICT(10079, 412),
    SERVICE_NOT_FOUND(10090, 404),
    ENVIRONMENT_NOT_FOUND(10092, 404),

    INVALID(15000, 400),
    TAKEN(15001, 409),
    IN_USE(15002, 409),
    CONFLICT(15003, 409),
    NOT_FOUND(15004, 404),
    NOT_SUPPORTED(15005, 400),
    METHOD_NOT_ALLOWED(15006, 405),
    TOO_MANY_FAILURES(15007, 429),
    OVERLOADED(15008, 503),
    INTERNAL(15009, 500);

    private final int number;
    private final int status;

    ErrorCode(int number, int status) {
        this.number = number;
        this.status = status;
    }

    /** As it stands in the answer. */
    public int number() {
        return number;
    }

    /** The HTTP status that goes with it. */
    public int status() {
        return status;
    }

    /** The registry's reason, as this API says it. */
    static ErrorCode of(Reason reason) {
        return switch (reason) {
            case INVALID -> INVALID;
            case BINDING_TARGET_MISSING, CODE_INVALID -> VERSION_INVALID;
            case SERVICE_NOT_FOUND -> SERVICE_NOT_FOUND;
            case ENVIRONMENT_NOT_FOUND -> ENVIRONMENT_NOT_FOUND;
            case NAMESPACE_NOT_FOUND -> NAMESPACE_NOT_FOUND;
            case VERSION_NOT_FOUND, DEPLOYMENT_NOT_FOUND, BINDING_NOT_FOUND, ROUTE_NOT_FOUND, TOKEN_NOT_FOUND ->
                NOT_FOUND;
            case TAKEN -> TAKEN;
            case IN_USE -> IN_USE;
            case CONFLICT -> CONFLICT;
            case OVERLOADED -> OVERLOADED;
        };
    }
}
