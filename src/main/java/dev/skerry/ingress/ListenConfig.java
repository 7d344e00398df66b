package dev.skerry.ingress;

import dev.skerry.model.HostPort;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The two addresses of the server. */
@ConfigMapping(prefix = "skerry.listen")
public interface ListenConfig {
    /** Where workers answer. */
    @WithDefault("127.0.0.1:8787")
    HostPort workers();

    /** Where the admin API, health and metrics answer. */
    @WithDefault("127.0.0.1:8788")
    HostPort admin();
}
