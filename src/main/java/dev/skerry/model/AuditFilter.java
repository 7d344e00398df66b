package dev.skerry.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Which entries of the audit log are meant; what is empty is any. Immutable.
 *
 * @param from the first moment
 * @param until the first moment that is not meant any more
 */
public record AuditFilter(
        Optional<ServiceName> service,
        Optional<EnvironmentName> environment,
        Optional<String> action,
        Optional<String> author,
        Instant from,
        Instant until) {
    /** After all moments that the log can hold. */
    public static final Instant END = Instant.ofEpochMilli(Long.MAX_VALUE);
}
