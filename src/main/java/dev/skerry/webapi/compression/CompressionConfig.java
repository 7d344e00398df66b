package dev.skerry.webapi.compression;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Compression streams and {@code node:zlib}: {@code skerry.compression.*}. */
@ConfigMapping(prefix = "skerry.compression")
public interface CompressionConfig {
    /** How many compression and decompression streams one isolate may have open, and as many codecs of {@code node:zlib}; each holds up to 300 KB outside of the heap. */
    @WithDefault("100")
    int open();
}
