package dev.skerry.binding;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Stands before a version's worker and answers some of the requests in its place. Thread-safe; it blocks nobody. */
public interface Front {
    /** A response. {@code headers} are in the form of {@link HeaderLines}. */
    record Response(int status, String headers, Body body) {}

    /**
     * The answer to a request; empty when the request is the worker's.
     *
     * @param url absolute
     * @param headers in the form of {@link HeaderLines}
     */
    Optional<CompletionStage<Response>> answer(String method, String url, String headers);
}
