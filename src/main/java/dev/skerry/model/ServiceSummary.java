package dev.skerry.model;

import java.time.Instant;
import java.util.List;

/** A service and the names of its environments, {@code production} first. Immutable. */
public record ServiceSummary(ServiceName name, List<EnvironmentName> environments, Instant createdAt) {
    public ServiceSummary {
        environments = List.copyOf(environments);
    }
}
