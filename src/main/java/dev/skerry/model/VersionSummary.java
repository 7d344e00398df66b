package dev.skerry.model;

import java.time.Instant;
import java.util.Map;

/** A version without what it is made of: for lists. Immutable; the parts are {@link Version}'s. */
public record VersionSummary(
        VersionId id,
        int number,
        EnvironmentRef environment,
        String source,
        String author,
        Instant createdAt,
        Map<String, String> annotations) {
    public VersionSummary {
        annotations = Map.copyOf(annotations);
    }
}
