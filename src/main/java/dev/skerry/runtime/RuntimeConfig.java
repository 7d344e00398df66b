package dev.skerry.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** The threads and isolates of the server: {@code skerry.runtime.*}. */
@ConfigMapping(prefix = "skerry.runtime")
public interface RuntimeConfig {
    /** Threads that run JavaScript at first; by default twice the cores, and at least 4. */
    OptionalInt threads();

    /** Threads that run JavaScript at the most, when workers are long in their turns. */
    @WithDefault("64")
    int maxThreads();

    /** How long an isolate may have nothing to do before it is closed. */
    @WithDefault("10m")
    Duration idle();
}
