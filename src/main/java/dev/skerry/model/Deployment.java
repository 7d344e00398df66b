package dev.skerry.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which versions of an environment serve, and how much of the traffic each. Immutable. */
public record Deployment(
        UUID id, List<Share> shares, String source, String author, Instant createdAt, Map<String, String> annotations) {
    /** One version's part, in percent from 0 to 100. */
    public record Share(VersionId version, double percentage) {
        public Share {
            if (!(percentage >= 0 && percentage <= 100)) {
                throw new IllegalArgumentException("A percentage is between 0 and 100, not " + percentage);
            }
        }
    }

    public Deployment {
        shares = List.copyOf(shares);
        annotations = Map.copyOf(annotations);
        double sum = shares.stream().mapToDouble(Share::percentage).sum();
        if (shares.isEmpty() || Math.abs(sum - 100) > 0.001) {
            throw new IllegalArgumentException("The percentages of a deployment add up to 100, not " + sum);
        }
        if (shares.stream().map(Share::version).distinct().count() != shares.size()) {
            throw new IllegalArgumentException("A deployment names each version once");
        }
    }
}
