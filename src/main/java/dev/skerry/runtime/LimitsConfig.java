package dev.skerry.runtime;

import dev.skerry.model.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The limits of every worker that sets none of its own: {@code skerry.limits.*}. */
@ConfigMapping(prefix = "skerry.limits")
public interface LimitsConfig {
    /** CPU time of one event; the isolate that passes it is closed (outcome exceededCpu). */
    @WithDefault("30s")
    Duration cpu();

    /** Time of one event until its response; the isolate lives on (outcome exceededWallTime). */
    @WithDefault("5m")
    Duration wall();

    /** Time that waitUntil has after the response; then what is left is dropped. */
    @WithDefault("30s")
    Duration waitUntil();

    /** CPU time of starting an isolate: evaluating the worker's modules. */
    @WithDefault("5s")
    Duration startup();

    /** Memory of one isolate; the isolate that passes it is closed (outcome exceededMemory). */
    @WithDefault("128MB")
    ByteSize memory();

    /** Outgoing fetches and calls of bindings in one event; one more throws in the worker. */
    @WithDefault("1000")
    int subrequests();

    /** Arguments or result of one method call between workers; one of more throws. */
    @WithDefault("32MB")
    ByteSize rpcMessage();

    /** Text that one event may write to the console; after it comes one line that says so, and the rest is dropped. */
    @WithDefault("256KB")
    ByteSize log();

    /** Body of one request; the client of a larger one gets 413, as soon as that is known, and its connection is closed. */
    @WithDefault("100MB")
    ByteSize body();

    /** All modules of one version together, source maps not counted; a version of more is refused when it is made. */
    @WithDefault("24MB")
    ByteSize script();

    /** Isolates of one version at the same time. */
    @WithDefault("2")
    int isolates();

    /** Events in one isolate at the same time; the client of one more gets 503. */
    @WithDefault("1000")
    int concurrency();
}
