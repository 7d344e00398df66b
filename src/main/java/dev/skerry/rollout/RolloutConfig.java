package dev.skerry.rollout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Deployments in steps: {@code skerry.rollout.*}. */
@ConfigMapping(prefix = "skerry.rollout")
public interface RolloutConfig {
    /** How often a version is judged. A broken limit is acted upon at most this much later. */
    @WithDefault("1s")
    Duration check();

    /** How many requests a version must have had in a step before it is judged, where the rollout does not say. */
    @WithDefault("50")
    int requests();
}
