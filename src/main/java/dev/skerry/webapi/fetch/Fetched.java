package dev.skerry.webapi.fetch;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import org.jspecify.annotations.Nullable;

/** The response of one hop, as {@code js/fetch.js} reads it. Immutable but for its body. */
public final class Fetched {
    private final int status;
    private final String statusText;
    private final String headers;
    private final Body body;

    Fetched(int status, String statusText, String headers, Body body) {
        this.status = status;
        this.statusText = statusText;
        this.headers = headers;
        this.body = body;
    }

    @GuestCallable
    public int status() {
        return status;
    }

    @GuestCallable
    public String statusText() {
        return statusText;
    }

    @GuestCallable
    public String headers() {
        return headers;
    }

    @GuestCallable
    public @Nullable Object body() {
        return body instanceof Body.Empty ? null : body;
    }
}
