package dev.skerry.store;

import dev.skerry.model.Environment;
import dev.skerry.model.Environment.Addresses;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Environments, their addresses, schedules and settings. Stateless. */
public final class EnvironmentTable {
    /** The key of an environment, by the names of service and environment. */
    static final String ID =
            "(SELECT e.id FROM environment e JOIN service s ON s.id = e.service_id WHERE s.name = ? AND e.name = ?)";

    private final DeploymentTable deployments = new DeploymentTable();

    private record Line(boolean hostname, boolean previews, Instant createdAt, Instant modifiedAt) {}

    public Optional<Environment> find(Session session, EnvironmentRef ref) {
        String service = ref.service().value();
        String name = ref.environment().value();
        return session.first(
                        "SELECT hostname, previews, created_at, modified_at FROM environment WHERE id = " + ID,
                        row -> new Line(row.bool(0), row.bool(1), row.instant(2), row.instant(3)),
                        service,
                        name)
                .map(line -> new Environment(
                        ref,
                        new Addresses(
                                line.hostname(),
                                line.previews(),
                                session.list(
                                        "SELECT pattern FROM route WHERE environment_id = " + ID + " ORDER BY pattern",
                                        row -> row.text(0),
                                        service,
                                        name),
                                session.list(
                                        "SELECT hostname FROM domain WHERE environment_id = " + ID
                                                + " ORDER BY hostname",
                                        row -> row.text(0),
                                        service,
                                        name),
                                aliases(session, ref)),
                        session.list(
                                "SELECT cron FROM schedule WHERE environment_id = " + ID + " ORDER BY cron",
                                row -> row.text(0),
                                service,
                                name),
                        settings(session, ref),
                        deployments.current(session, ref),
                        line.createdAt(),
                        line.modifiedAt()));
    }

    public boolean exists(Session session, EnvironmentRef ref) {
        return session.first(
                        "SELECT 1 FROM environment WHERE id = " + ID,
                        row -> true,
                        ref.service().value(),
                        ref.environment().value())
                .isPresent();
    }

    public void insert(Transaction transaction, EnvironmentRef ref, Instant at) {
        transaction.update("""
                INSERT INTO environment (service_id, name, hostname, previews, created_at, modified_at)
                SELECT id, ?, 1, 1, ?, ? FROM service WHERE name = ?
                """, ref.environment().value(), at, at, ref.service().value());
    }

    public void rename(Transaction transaction, EnvironmentRef from, EnvironmentRef to) {
        transaction.update(
                "UPDATE environment SET name = ? WHERE id = " + ID,
                to.environment().value(),
                from.service().value(),
                from.environment().value());
    }

    /** To another service, which is there. */
    public void move(Transaction transaction, EnvironmentRef from, EnvironmentRef to) {
        transaction.update(
                "UPDATE environment SET service_id = (SELECT id FROM service WHERE name = ?), name = ? WHERE id = "
                        + ID,
                to.service().value(),
                to.environment().value(),
                from.service().value(),
                from.environment().value());
    }

    /** With all that is its own. */
    public void delete(Transaction transaction, EnvironmentRef ref) {
        transaction.update(
                "DELETE FROM environment WHERE id = " + ID,
                ref.service().value(),
                ref.environment().value());
        VersionTable.deleteUnusedContent(transaction);
    }

    public void touch(Transaction transaction, EnvironmentRef ref, Instant at) {
        transaction.update(
                "UPDATE environment SET modified_at = ? WHERE id = " + ID,
                at,
                ref.service().value(),
                ref.environment().value());
    }

    public void setHostname(Transaction transaction, EnvironmentRef ref, boolean hostname, boolean previews) {
        transaction.update(
                "UPDATE environment SET hostname = ?, previews = ? WHERE id = " + ID,
                hostname,
                previews,
                ref.service().value(),
                ref.environment().value());
    }

    /** Whose route this is, by its one spelling. */
    public Optional<EnvironmentRef> ownerOfRoute(Session session, String pattern) {
        return owner(session, "SELECT environment_id FROM route WHERE pattern = ?", pattern);
    }

    public Optional<EnvironmentRef> ownerOfDomain(Session session, String hostname) {
        return owner(session, "SELECT environment_id FROM domain WHERE hostname = ?", hostname);
    }

    public void setRoutes(Transaction transaction, EnvironmentRef ref, List<String> patterns) {
        replace(transaction, ref, "route", "pattern", patterns);
    }

    public void setDomains(Transaction transaction, EnvironmentRef ref, List<String> hostnames) {
        replace(transaction, ref, "domain", "hostname", hostnames);
    }

    public void setCrons(Transaction transaction, EnvironmentRef ref, List<String> crons) {
        replace(transaction, ref, "schedule", "cron", crons);
    }

    /** An alias names one version of its environment, the last one that was given it. */
    public void setAlias(Transaction transaction, EnvironmentRef ref, String alias, VersionId version) {
        transaction.update(
                "INSERT OR REPLACE INTO alias (environment_id, name, version_id) VALUES (" + ID + ", ?, ?)",
                ref.service().value(),
                ref.environment().value(),
                alias,
                version.toString());
    }

    public void setSetting(Transaction transaction, EnvironmentRef ref, String key, String json) {
        transaction.update(
                "INSERT OR REPLACE INTO environment_setting (environment_id, key, json) VALUES (" + ID + ", ?, ?)",
                ref.service().value(),
                ref.environment().value(),
                key,
                json);
    }

    public void removeSetting(Transaction transaction, EnvironmentRef ref, String key) {
        transaction.update(
                "DELETE FROM environment_setting WHERE environment_id = " + ID + " AND key = ?",
                ref.service().value(),
                ref.environment().value(),
                key);
    }

    private static Map<String, VersionId> aliases(Session session, EnvironmentRef ref) {
        return session
                .list(
                        "SELECT name, version_id FROM alias WHERE environment_id = " + ID,
                        row -> Map.entry(row.text(0), VersionId.parse(row.text(1))),
                        ref.service().value(),
                        ref.environment().value())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> settings(Session session, EnvironmentRef ref) {
        return session
                .list(
                        "SELECT key, json FROM environment_setting WHERE environment_id = " + ID,
                        row -> Map.entry(row.text(0), row.text(1)),
                        ref.service().value(),
                        ref.environment().value())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Optional<EnvironmentRef> owner(Session session, String idQuery, String key) {
        return session.first(
                "SELECT s.name, e.name FROM environment e JOIN service s ON s.id = e.service_id WHERE e.id = ("
                        + idQuery + ")",
                row -> EnvironmentRef.of(row.text(0), row.text(1)),
                key);
    }

    private static void replace(
            Transaction transaction, EnvironmentRef ref, String table, String column, List<String> values) {
        String service = ref.service().value();
        String name = ref.environment().value();
        transaction.update("DELETE FROM " + table + " WHERE environment_id = " + ID, service, name);
        for (String value : values) {
            transaction.update(
                    "INSERT INTO " + table + " (environment_id, " + column + ") VALUES (" + ID + ", ?)",
                    service,
                    name,
                    value);
        }
    }
}
