package dev.skerry.registry;

import dev.skerry.model.Deployment;
import dev.skerry.model.Environment;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An environment with the versions that serve. Immutable. */
public final class LiveEnvironment {
    /** A version's part, in percent. */
    public record Share(Version version, double percentage) {}

    private final Environment environment;
    private final List<Share> shares;

    /** @param versions those of the deployment; it may hold others */
    LiveEnvironment(Environment environment, Map<VersionId, Version> versions) {
        this.environment = environment;
        this.shares = environment.deployment().map(Deployment::shares).orElse(List.of()).stream()
                .map(share -> new Share(require(versions, share.version()), share.percentage()))
                // The newest first: a key that a rising share has caught stays caught.
                .sorted(Comparator.comparing(share -> -share.version().number()))
                .toList();
    }

    private static Version require(Map<VersionId, Version> versions, VersionId id) {
        Version version = versions.get(id);
        if (version == null) {
            throw new IllegalArgumentException("Version " + id + " of the deployment is missing");
        }
        return version;
    }

    public EnvironmentRef ref() {
        return environment.ref();
    }

    public Environment environment() {
        return environment;
    }

    /** What serves, the newest version first; empty until the first deployment. */
    public List<Share> shares() {
        return shares;
    }

    /** As {@link #choose(String, String, RandomGenerator)} without headers. */
    public Optional<Version> choose(RandomGenerator random) {
        return choose(null, null, random);
    }

    /**
     * The version for one request; empty when nothing is deployed.
     *
     * @param key {@code Cloudflare-Workers-Version-Key}: the same key gets the same version as long as the percentages stay, and one that
     *     a rising share of the newest version has caught keeps it
     * @param overrides {@code Cloudflare-Workers-Version-Overrides}: {@code service="uuid", ...}; one that names a version of the deployment wins,
     *     also at 0 percent; anything else in it is passed over
     */
    public Optional<Version> choose(@Nullable String key, @Nullable String overrides, RandomGenerator random) {
        if (shares.size() == 1) {
            return Optional.of(shares.getFirst().version());
        }
        if (overrides != null) {
            for (Share share : shares) {
                if (VersionOverrides.names(overrides, ref(), share.version().id())) {
                    return Optional.of(share.version());
                }
            }
        }
        return byPercentage(key == null ? random.nextDouble(100) : percentile(key));
    }

    private Optional<Version> byPercentage(double point) {
        double end = 0;
        Version last = null;
        for (Share share : shares) {
            if (share.percentage() > 0) {
                end += share.percentage();
                last = share.version();
                if (point < end) {
                    return Optional.of(last);
                }
            }
        }
        // Rounding may leave the sum a hair below 100.
        return Optional.ofNullable(last);
    }

    /** FNV-1a over the characters, then a mix (the finalizer of SplitMix64), as a point in [0, 100). Never change it: clients would move. */
    private static double percentile(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return (hash >>> 11) * 0x1.0p-53 * 100;
    }
}
