package dev.skerry.api.environments;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.skerry.api.workers.Answers.DeploymentAnswer;
import dev.skerry.model.Environment;
import dev.skerry.model.VersionSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An environment as it stands.
 *
 * @param url where it answers; null for a private one
 * @param previewUrlSuffix what follows {@code http://} and a version's first 8 digits, or an alias, in its address; null when there are none
 * @param aliases versions by the names that they have for previews
 * @param redirectsFrom hostnames of before a rename, and until when they redirect
 * @param latestVersion the newest, deployed or not; null before the first upload
 * @param deployment what serves; null before the first deployment
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EnvironmentItem(
        String service,
        String environment,
        @Nullable String url,
        @Nullable String previewUrlSuffix,
        List<String> routes,
        List<String> domains,
        List<String> crons,
        Map<String, String> aliases,
        Map<String, Instant> redirectsFrom,
        @Nullable LatestVersion latestVersion,
        @Nullable DeploymentAnswer deployment,
        Instant createdOn,
        Instant modifiedOn) {
    public record LatestVersion(String id, int number) {
        static LatestVersion of(VersionSummary version) {
            return new LatestVersion(version.id().toString(), version.number());
        }
    }

    /** @param host hostname and port where it answers, when it does */
    static EnvironmentItem of(Environment environment, Optional<VersionSummary> latest, String host) {
        Environment.Addresses addresses = environment.addresses();
        Map<String, String> aliases = new TreeMap<>();
        addresses.aliases().forEach((alias, version) -> aliases.put(alias, version.toString()));
        return new EnvironmentItem(
                environment.ref().service().value(),
                environment.ref().environment().value(),
                addresses.hostname() ? "http://" + host : null,
                addresses.previews() ? "-" + host : null,
                addresses.routes(),
                addresses.domains(),
                environment.crons(),
                aliases,
                addresses.former(),
                latest.map(LatestVersion::of).orElse(null),
                environment.deployment().map(DeploymentAnswer::of).orElse(null),
                environment.createdAt(),
                environment.modifiedAt());
    }
}
