package dev.skerry.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Limits that one version sets for itself; what it leaves out is the server's. */
public record LimitOverrides(
        Optional<Duration> cpu,
        Optional<Duration> wall,
        Optional<Duration> startup,
        Optional<ByteSize> memory,
        Optional<ByteSize> script,
        Optional<ByteSize> log,
        OptionalInt subrequests,
        OptionalInt concurrency,
        Optional<ByteSize> body,
        Optional<ByteSize> webSocketMessage) {
    public static final LimitOverrides NONE = new LimitOverrides(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty());

    /** The same but for what Cloudflare's API has of limits. */
    public LimitOverrides with(Optional<Duration> otherCpu, OptionalInt otherSubrequests) {
        return new LimitOverrides(
                otherCpu, wall, startup, memory, script, log, otherSubrequests, concurrency, body, webSocketMessage);
    }
}
