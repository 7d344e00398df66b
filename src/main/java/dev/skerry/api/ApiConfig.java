package dev.skerry.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.Optional;

/** Who may use the admin API. */
@ConfigMapping(prefix = "skerry")
public interface ApiConfig {
    /** The administrator's token, at least 16 characters. Without it, one is made at first start and kept in {@code admin.token} of the data folder. */
    Optional<String> adminToken();

    @WithName("api")
    Tuning tuning();

    /** Bounds. */
    interface Tuning {
        /** How many different wrong tokens one address may try within the window; then it is answered 429. */
        @WithDefault("20")
        int failures();

        /** The time after which an address's wrong tokens are forgotten. */
        @WithDefault("1m")
        Duration failureWindow();
    }
}
