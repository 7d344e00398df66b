package dev.skerry.webapi;

import dev.skerry.model.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bodies in memory: {@code skerry.body.*}. */
@ConfigMapping(prefix = "skerry.body")
public interface BodyConfig {
    /** The largest body that a worker may read whole ({@code text()}, {@code json()}, ...), and how far one side of a clone may be behind the other. */
    @WithDefault("64MB")
    ByteSize whole();

    /** Bytes of a worker's stream that wait for their reader before the worker has to. */
    @WithDefault("64KB")
    ByteSize ahead();
}
