package dev.skerry.registry;

import java.time.Instant;

/** Where a request goes. Immutable. */
public sealed interface Route {
    LiveEnvironment environment();

    /** To the environment's deployment: {@link LiveEnvironment#choose} says which version. */
    record Live(LiveEnvironment environment) implements Route {}

    /**
     * To one version, whatever serves: {@link Registry#preview} finds it.
     *
     * @param version the version's UUID, or the 8 hex digits it begins with
     */
    record Preview(LiveEnvironment environment, String version) implements Route {}

    /**
     * To the environment's present hostname: it was renamed, and its former one redirects for a time.
     *
     * @param hostname the present one, without a port
     * @param until when the former one is nobody's
     */
    record Moved(LiveEnvironment environment, String hostname, Instant until) implements Route {}
}
