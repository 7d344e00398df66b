package dev.skerry.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who did what. Immutable.
 *
 * @param id grows with time
 * @param action {@code create}, {@code publish}, {@code deploy}, {@code rename}, ...
 * @param service whose; by the name of then. Empty for what belongs to none, such as a token
 * @param environment as {@code service}
 * @param before what was, aspect by aspect, where it differs from what is
 * @param after what is, where it differs
 */
public record AuditEntry(
        long id,
        Instant at,
        String source,
        String author,
        String action,
        Optional<ServiceName> service,
        Optional<EnvironmentName> environment,
        Map<String, String> before,
        Map<String, String> after) {
    public AuditEntry {
        before = Map.copyOf(before);
        after = Map.copyOf(after);
    }
}
