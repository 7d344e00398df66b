package dev.skerry.manifest;

import java.util.List;

/** What an environment has besides its versions: where and when it is called, and where its requests go on (empty for nowhere). Immutable. */
record Places(
        boolean hostname,
        boolean previews,
        String upstream,
        List<String> routes,
        List<String> domains,
        List<String> crons) {
    /** As a new environment is. */
    static final Places FRESH = new Places(true, true, "", List.of(), List.of(), List.of());

    Places {
        routes = List.copyOf(routes);
        domains = List.copyOf(domains);
        crons = List.copyOf(crons);
    }
}
