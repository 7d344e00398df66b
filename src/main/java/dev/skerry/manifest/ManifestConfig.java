package dev.skerry.manifest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the manifest is treated. */
@ConfigMapping(prefix = "skerry")
public interface ManifestConfig {
    /** Whether an edit of the file, or of a file that it names, is applied while the server runs. */
    @WithDefault("true")
    boolean watch();
}
