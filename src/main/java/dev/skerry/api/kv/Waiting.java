package dev.skerry.api.kv;

import dev.skerry.api.ApiException;
import dev.skerry.api.ErrorCode;
import dev.skerry.kv.KvException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Waits for KV, whose refusals become the API's. For worker threads. */
public final class Waiting {
    private Waiting() {}

    public static <T> T on(Supplier<CompletableFuture<T>> begin) {
        try {
            return begin.get().join();
        } catch (KvException e) {
            throw refused(e);
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case KvException cause -> throw refused(cause);
                case RuntimeException cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /** Makes checks whose refusals become the API's. */
    static void check(Runnable checks) {
        try {
            checks.run();
        } catch (KvException e) {
            throw refused(e);
        }
    }

    private static ApiException refused(KvException e) {
        return new ApiException(
                switch (e.status()) {
                    case 404 -> ErrorCode.NAMESPACE_NOT_FOUND;
                    case 413 -> ErrorCode.BODY_TOO_LARGE;
                    case 503 -> ErrorCode.OVERLOADED;
                    default -> ErrorCode.INVALID;
                },
                e.sentence());
    }
}
