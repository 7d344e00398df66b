package dev.skerry.runtime;

import dev.skerry.binding.Body;
import java.util.Optional;

/**
 * A request on its way to a worker.
 *
 * @param url absolute, as the worker sees it
 * @param headers in the form of {@link dev.skerry.binding.HeaderLines}
 * @param entrypoint the named entrypoint; the default export without
 * @param props JSON of {@code ctx.props}
 * @param cf JSON of {@code request.cf}, where the caller has set it
 */
public record FetchEvent(
        String method,
        String url,
        String headers,
        Body body,
        Optional<String> entrypoint,
        Optional<String> props,
        Optional<String> cf) {
    /** One for the default entrypoint, without props or {@code cf}. */
    public static FetchEvent of(String method, String url, String headers, Body body) {
        return new FetchEvent(method, url, headers, body, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
