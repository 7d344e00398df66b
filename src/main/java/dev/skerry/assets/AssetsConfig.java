package dev.skerry.assets;

import dev.skerry.model.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Static files: {@code skerry.assets.*}. */
@ConfigMapping(prefix = "skerry.assets")
public interface AssetsConfig {
    /** Memory for the files that are asked for most; one of more than a quarter of it is always read from the store. */
    @WithDefault("64MB")
    ByteSize cache();

    /** Threads that read what is not in the cache; more than {@code skerry.store.readers} wait for each other. */
    @WithDefault("2")
    int readers();

    /** Reads that wait for such a thread; one more is answered 500. */
    @WithDefault("1024")
    int queue();

    /** Largest file (Cloudflare's limit); a version with a larger one is refused. */
    @WithDefault("25MB")
    ByteSize file();

    /** Most files of a version (Cloudflare's limit of its free plan); a version with more is refused. */
    @WithDefault("20000")
    int files();
}
