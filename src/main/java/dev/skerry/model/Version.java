package dev.skerry.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A version of an environment: immutable, numbered from 1 within it.
 *
 * @param source how it came: {@code wrangler}, {@code api}, {@code dash}, {@code manifest}, {@code promote}, {@code import}
 * @param author the name of the token that made it
 * @param annotations {@code workers/message}, {@code workers/tag}, {@code workers/alias} and any other key
 */
public record Version(
        VersionId id,
        int number,
        EnvironmentRef environment,
        VersionSpec spec,
        String source,
        String author,
        Instant createdAt,
        Map<String, String> annotations) {
    public Version {
        annotations = Map.copyOf(annotations);
    }

    public Optional<String> tag() {
        return Optional.ofNullable(annotations.get("workers/tag"));
    }
}
