package dev.skerry.store;

import org.jspecify.annotations.Nullable;

/** The store could not do it: a full queue, a full disk, a broken file, a newer schema. The message names the thing and the cure. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
