package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.SocketEnd;
import dev.skerry.binding.Weighty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response that came from Java, as the guest reads it. Immutable but for its body, which is read once, and its WebSocket.
 *
 * @param headerLines in the form of {@link dev.skerry.binding.HeaderLines}
 * @param end the client's end of a WebSocket, where the status is 101
 */
public record HostResponse(
        int responseStatus, String responseStatusText, String headerLines, Body content, Optional<SocketEnd> end)
        implements Weighty {
    HostResponse(int status, String statusText, String headers, Body body) {
        this(status, statusText, headers, body, Optional.empty());
    }

    @Override
    public long weight() {
        return content.weight();
    }

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

    /** The client's end of a WebSocket, where the status is 101. */
    @GuestCallable
    public @Nullable Object socket() {
        return end.orElse(null);
    }
}
