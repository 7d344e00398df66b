package dev.skerry.store;

import dev.skerry.model.Deployment;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.VersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The deployments of each environment; the last one serves. Stateless. */
public final class DeploymentTable {
    private static final String QUERY = """
            SELECT d.id, d.source, d.author, d.created_at, d.annotations, h.version_id, h.percentage
            FROM (SELECT * FROM deployment WHERE environment_id = %s ORDER BY sequence DESC LIMIT ?) d
            JOIN share h ON h.deployment_sequence = d.sequence
            JOIN version v ON v.id = h.version_id
            ORDER BY d.sequence DESC, v.number
            """.formatted(EnvironmentTable.ID);

    private record Line(UUID id, String source, String author, Instant at, String annotations, Share share) {}

    public Optional<Deployment> current(Session session, EnvironmentRef ref) {
        return newest(session, ref, 1).stream().findFirst();
    }

    /** The newest first. */
    public List<Deployment> newest(Session session, EnvironmentRef ref, int limit) {
        Map<UUID, List<Line>> byId = new LinkedHashMap<>();
        session.list(
                        QUERY,
                        row -> new Line(
                                UUID.fromString(row.text(0)),
                                row.text(1),
                                row.text(2),
                                row.instant(3),
                                row.text(4),
                                new Share(VersionId.parse(row.text(5)), row.real(6))),
                        ref.service().value(),
                        ref.environment().value(),
                        limit)
                .forEach(line ->
                        byId.computeIfAbsent(line.id(), id -> new ArrayList<>()).add(line));
        return byId.values().stream().map(DeploymentTable::deployment).toList();
    }

    /** The version of the last deployment that had one version alone, with a number below this one. */
    public Optional<VersionId> lastAlone(Session session, EnvironmentRef ref, int below) {
        return session.first(
                """
                SELECT v.id FROM deployment d
                JOIN share h ON h.deployment_sequence = d.sequence AND h.percentage = 100
                JOIN version v ON v.id = h.version_id
                WHERE d.environment_id = %s AND v.number < ?
                ORDER BY d.sequence DESC LIMIT 1
                """.formatted(EnvironmentTable.ID),
                row -> VersionId.parse(row.text(0)),
                ref.service().value(),
                ref.environment().value(),
                below);
    }

    public void insert(Transaction transaction, EnvironmentRef ref, Deployment deployment) {
        transaction.update(
                "INSERT INTO deployment (environment_id, id, source, author, created_at, annotations) VALUES ("
                        + EnvironmentTable.ID + ", ?, ?, ?, ?, ?)",
                ref.service().value(),
                ref.environment().value(),
                deployment.id().toString(),
                deployment.source(),
                deployment.author(),
                deployment.createdAt(),
                Json.of(deployment.annotations()));
        for (Share share : deployment.shares()) {
            transaction.update(
                    """
                    INSERT INTO share (deployment_sequence, version_id, percentage)
                    SELECT sequence, ?, ? FROM deployment WHERE id = ?
                    """,
                    share.version().toString(),
                    share.percentage(),
                    deployment.id().toString());
        }
    }

    private static Deployment deployment(List<Line> lines) {
        Line first = lines.getFirst();
        return new Deployment(
                first.id(),
                lines.stream().map(Line::share).toList(),
                first.source(),
                first.author(),
                first.at(),
                Json.map(first.annotations()));
    }
}
