package dev.skerry.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Watching workers: {@code skerry.tail.*}. */
@ConfigMapping(prefix = "skerry.tail")
public interface TailConfig {
    /** How many events wait for a slow reader; what comes then is lost, and counted. */
    @WithDefault("1000")
    int queue();

    /** How many may watch one environment at the same time. */
    @WithDefault("20")
    int watchers();

    /** How long a watcher has to connect, and may stay. */
    @WithDefault("6h")
    Duration lifetime();
}
