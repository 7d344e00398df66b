package dev.skerry.runtime;

import dev.skerry.model.ByteSize;
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

    /** Contexts with the Web APIs that are made ahead, from the second isolate on, so that the next ones start sooner; with 0 each isolate waits for its own. */
    @WithDefault("2")
    int stock();

    /**
     * The longest time that a version waits which breaks its limits, or fails to start, again and again; its clients get the same outcome meanwhile. It is
     * how long a failure took, at least 100 ms, twice as long after each.
     */
    @WithDefault("5m")
    Duration backoff();

    /** How many threads that the engine cannot stop the server bears; with more it says that it is not ready ({@code /q/health/ready}), and replaces no further one. */
    @WithDefault("8")
    int lostThreads();

    /** Share of the heap, in percent, that is in use after a collection when the isolates that allocate most are weighed and idle ones closed. At 80 percent
     * (on a JVM 95) those are closed that came to keep most since it was less, with {@code exceededMemory}, until it is less again. */
    @WithDefault("60")
    int heapPressure();

    /** The largest source map that is applied to the stacks of exceptions; of one with a larger map, they show the places in the uploaded module. */
    @WithDefault("16MB")
    ByteSize sourceMap();
}
