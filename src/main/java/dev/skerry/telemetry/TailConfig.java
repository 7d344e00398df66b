package dev.skerry.telemetry;

import dev.skerry.model.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Watching workers: {@code skerry.tail.*}. */
@ConfigMapping(prefix = "skerry.tail")
public interface TailConfig {
    /** How many events wait for a slow reader; what comes then is lost, and counted. */
    @WithDefault("1000")
    int queue();

    /** How much of these events' text waits; what comes then is lost as well. */
    @WithDefault("16MB")
    ByteSize memory();

    /** How many may watch one environment at the same time. */
    @WithDefault("20")
    int watchers();

    /** How long a watcher has to connect, and may stay. */
    @WithDefault("6h")
    Duration lifetime();
}
