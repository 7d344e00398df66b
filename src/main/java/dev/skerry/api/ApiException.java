package dev.skerry.api;

import java.util.Objects;

/** The API's own no: a code, and a sentence for people that names the thing and the cure. Immutable. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    public ApiException(ErrorCode code, String sentence) {
        super(Objects.requireNonNull(sentence));
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
