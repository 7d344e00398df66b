package dev.skerry.kv;

import java.util.Objects;

/** KV's no, in Cloudflare's words and with its HTTP status. Immutable; without a stack trace, since it is a value. */
public final class KvException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    public KvException(int status, String message) {
        super(Objects.requireNonNull(message), null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The message, which is always there. */
    public String sentence() {
        return Objects.requireNonNull(getMessage());
    }
}
