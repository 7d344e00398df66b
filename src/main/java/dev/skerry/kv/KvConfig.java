package dev.skerry.kv;

import dev.skerry.model.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** KV: {@code skerry.kv.*}. */
@ConfigMapping(prefix = "skerry.kv")
public interface KvConfig {
    /** Memory for the values that are read most; those of more than a 64th of it are always read from the store. */
    @WithDefault("64MB")
    ByteSize cache();

    /** Threads that read what is not in the cache; more than {@code skerry.store.readers} wait for each other. */
    @WithDefault("4")
    int readers();

    /** Reads that wait for such a thread; one more fails with {@code 503}. */
    @WithDefault("16384")
    int queue();

    /** How often what has expired, or lost its namespace, is looked for. */
    @WithDefault("5s")
    Duration sweepInterval();

    /** Entries that are swept, or copied to a clone, in one step; other writes come between two steps. */
    @WithDefault("500")
    int step();
}
