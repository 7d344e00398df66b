package dev.skerry.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An environment as it stands, its versions aside. Immutable.
 *
 * @param addresses where requests find it
 * @param crons when its {@code scheduled} handler runs
 * @param settings what belongs to no version (tags, observability, ...): JSON texts by key
 * @param deployment what serves; empty until the first deployment
 */
public record Environment(
        EnvironmentRef ref,
        Addresses addresses,
        List<String> crons,
        Map<String, String> settings,
        Optional<Deployment> deployment,
        Instant createdAt,
        Instant modifiedAt) {
    /**
     * Where requests find an environment.
     *
     * @param hostname whether it has the hostname made of its name; without, it is private: for service bindings alone
     * @param previews whether its versions and aliases have preview addresses
     * @param routes patterns such as {@code example.com/shop*}
     * @param domains custom domains: whole hostnames
     * @param aliases names of preview addresses
     * @param former hostnames it had, which redirect to the present one, and until when
     */
    public record Addresses(
            boolean hostname,
            boolean previews,
            List<String> routes,
            List<String> domains,
            Map<String, VersionId> aliases,
            Map<String, Instant> former) {
        public Addresses {
            routes = List.copyOf(routes);
            domains = List.copyOf(domains);
            aliases = Map.copyOf(aliases);
            former = Map.copyOf(former);
        }
    }

    public Environment {
        crons = List.copyOf(crons);
        settings = Map.copyOf(settings);
    }
}
