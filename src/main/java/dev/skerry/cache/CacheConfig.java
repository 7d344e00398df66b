package dev.skerry.cache;

import dev.skerry.model.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The Cache API: {@code skerry.cache.*}. */
@ConfigMapping(prefix = "skerry.cache")
public interface CacheConfig {
    /** Memory of all caches of all environments together; what is used least is dropped for what is new. */
    @WithDefault("64MB")
    ByteSize size();

    /** The largest response, with its headers, that is kept; one of more is not, and the worker's log says so. */
    @WithDefault("8MB")
    ByteSize entry();
}
