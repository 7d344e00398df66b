package dev.skerry.registry;

import dev.skerry.model.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.Optional;

/** Names, and how much the registry keeps at hand. */
@ConfigMapping(prefix = "skerry")
public interface RegistryConfig {
    /** The domain under which hostnames are made: {@code SERVICE.DOMAIN}, {@code ENVIRONMENT.SERVICE.DOMAIN}. */
    @WithDefault("localhost")
    String domain();

    /** 32 hex digits by which clients name this server; without it, made at first start and kept. */
    Optional<String> accountId();

    @WithName("registry")
    Tuning tuning();

    /** Bounds. */
    interface Tuning {
        /** How much code of versions that do not serve is kept in memory, for previews and comparisons. */
        @WithDefault("64MB")
        ByteSize versionCache();
    }
}
