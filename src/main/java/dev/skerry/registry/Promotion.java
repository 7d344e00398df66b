package dev.skerry.registry;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.VersionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What shall be promoted, and where. Immutable.
 *
 * @param version one of the source's; empty for the one that serves, else its latest
 * @param aspects what comes along with the code
 * @param smoke the requests that the new version must answer before it serves; none for no gate
 * @param force whether it goes on although something would break
 */
public record Promotion(
        EnvironmentRef source,
        Optional<VersionId> version,
        EnvironmentRef target,
        Set<Aspect> aspects,
        List<Gate.Smoke> smoke,
        boolean force,
        Map<String, String> annotations) {
    /** What else than code an environment has. */
    public enum Aspect {
        /** Plain texts and JSON. */
        VARIABLES,
        SECRETS,
        /** KV namespaces, services, Durable Objects of others: all that is neither variable nor secret. */
        BINDINGS,
        /** Routes and custom domains, which leave the source. */
        ROUTES
    }

    public Promotion {
        aspects = Set.copyOf(aspects);
        smoke = List.copyOf(smoke);
        annotations = Map.copyOf(annotations);
        if (source.equals(target)) {
            throw new IllegalArgumentException("An environment is promoted to another one, not to itself: " + source);
        }
    }

    /** The code of the source's version with nothing else, without a gate. */
    public static Promotion of(EnvironmentRef source, EnvironmentRef target) {
        return new Promotion(source, Optional.empty(), target, Set.of(), List.of(), false, Map.of());
    }
}
