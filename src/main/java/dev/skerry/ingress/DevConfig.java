package dev.skerry.ingress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether the server is one for development. */
@ConfigMapping(prefix = "skerry")
public interface DevConfig {
    /** Whether a client sees what a worker threw, with its stack; else only that it threw (error 1101). */
    @WithDefault("false")
    boolean dev();
}
