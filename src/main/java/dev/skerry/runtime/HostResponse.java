package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import org.jspecify.annotations.Nullable;

/** A response that came from Java, as the guest reads it. Immutable but for its body, which is read once. */
public record HostResponse(int responseStatus, String responseStatusText, String headerLines, Body content) {
    @GuestCallable
    public int status() {
        return responseStatus;
    }

    @GuestCallable
    public String statusText() {
        return responseStatusText;
    }

    @GuestCallable
    public String headers() {
        return headerLines;
    }

    @GuestCallable
    public @Nullable Object body() {
        return content instanceof Body.Empty ? null : content;
    }
}
