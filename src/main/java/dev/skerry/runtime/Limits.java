package dev.skerry.runtime;

import dev.skerry.model.ByteSize;
import dev.skerry.model.LimitOverrides;
import java.time.Duration;

/**
 * What one version may use. Immutable.
 *
 * @param cpu CPU time of one event
 * @param wall time of one event until its response
 * @param waitUntil time after the response
 * @param startup CPU time of evaluating the modules
 * @param memory of one isolate
 * @param subrequests of one event
 * @param rpcMessage arguments or result of one call between workers
 * @param log text of one event on the console
 * @param isolates how many isolates one version may have
 * @param concurrency how many events may be in one isolate
 */
record Limits(
        Duration cpu,
        Duration wall,
        Duration waitUntil,
        Duration startup,
        ByteSize memory,
        int subrequests,
        ByteSize rpcMessage,
        ByteSize log,
        int isolates,
        int concurrency) {
    static Limits of(LimitsConfig config, LimitOverrides overrides) {
        return new Limits(
                overrides.cpu().orElse(config.cpu()),
                overrides.wall().orElse(config.wall()),
                config.waitUntil(),
                overrides.startup().orElse(config.startup()),
                overrides.memory().orElse(config.memory()),
                overrides.subrequests().orElse(config.subrequests()),
                config.rpcMessage(),
                overrides.log().orElse(config.log()),
                config.isolates(),
                overrides.concurrency().orElse(config.concurrency()));
    }
}
