package dev.skerry.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Rollout;
import dev.skerry.model.VersionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rollouts, those that run and those that ended. Stateless. */
public final class RolloutTable {
    private static final String SELECT = """
            SELECT r.id, s.name, e.name, r.version_id, r.before_id, r.plan, r.author, r.state, r.step, r.deployment_id, r.reason,
              r.created_at, r.changed_at
            FROM rollout r JOIN environment e ON e.id = r.environment_id JOIN service s ON s.id = e.service_id
            """;

    public void insert(Transaction transaction, Rollout rollout) {
        transaction.update(
                """
                INSERT INTO rollout (environment_id, id, version_id, before_id, plan, author, state, step, deployment_id, reason, created_at, changed_at)
                VALUES (%s, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """.formatted(EnvironmentTable.ID),
                rollout.environment().service().value(),
                rollout.environment().environment().value(),
                rollout.id().toString(),
                rollout.version().toString(),
                rollout.before().toString(),
                json(rollout.plan()),
                rollout.author(),
                rollout.state().name(),
                rollout.step(),
                rollout.deployment().toString(),
                rollout.reason(),
                rollout.createdAt(),
                rollout.changedAt());
    }

    /** Where it has come to. */
    public void update(Transaction transaction, Rollout rollout) {
        transaction.update(
                "UPDATE rollout SET state = ?, step = ?, deployment_id = ?, reason = ?, changed_at = ? WHERE id = ?",
                rollout.state().name(),
                rollout.step(),
                rollout.deployment().toString(),
                rollout.reason(),
                rollout.changedAt(),
                rollout.id().toString());
    }

    public Optional<Rollout> find(Session session, UUID id) {
        return session.first(SELECT + " WHERE r.id = ?", RolloutTable::rollout, id.toString());
    }

    /** An environment's, the newest first. */
    public List<Rollout> list(Session session, EnvironmentRef ref, int limit) {
        return session.list(
                SELECT + " WHERE r.environment_id = " + EnvironmentTable.ID + " ORDER BY r.sequence DESC LIMIT ?",
                RolloutTable::rollout,
                ref.service().value(),
                ref.environment().value(),
                limit);
    }

    /** Those of all environments that have not ended. */
    public List<Rollout> running(Session session) {
        return session.list(SELECT + " WHERE r.state = 'RUNNING' ORDER BY r.sequence", RolloutTable::rollout);
    }

    private static String json(Rollout.Plan plan) {
        ObjectNode json = Json.object();
        ArrayNode steps = json.putArray("steps");
        plan.steps()
                .forEach(step -> steps.addObject()
                        .put("percentage", step.percentage())
                        .put("ms", step.time().toMillis()));
        Rollout.Guard guard = plan.guard();
        guard.errors().ifPresent(errors -> json.put("errors", errors));
        guard.p99().ifPresent(p99 -> json.put("p99_ms", p99.toMillis()));
        return json.put("requests", guard.requests()).toString();
    }

    private static Rollout.Plan plan(String text) {
        JsonNode json = Json.parse(text);
        return new Rollout.Plan(
                json.path("steps")
                        .valueStream()
                        .map(step -> new Rollout.Step(
                                step.path("percentage").asDouble(),
                                Duration.ofMillis(step.path("ms").asLong())))
                        .toList(),
                new Rollout.Guard(
                        json.has("errors") ? Optional.of(json.path("errors").asDouble()) : Optional.empty(),
                        json.has("p99_ms")
                                ? Optional.of(
                                        Duration.ofMillis(json.path("p99_ms").asLong()))
                                : Optional.empty(),
                        json.path("requests").asInt()));
    }

    private static Rollout rollout(Row row) {
        return new Rollout(
                UUID.fromString(row.text(0)),
                EnvironmentRef.of(row.text(1), row.text(2)),
                VersionId.parse(row.text(3)),
                VersionId.parse(row.text(4)),
                plan(row.text(5)),
                row.text(6),
                Rollout.State.valueOf(row.text(7)),
                (int) row.integer(8),
                UUID.fromString(row.text(9)),
                row.text(10),
                row.instant(11),
                row.instant(12));
    }
}
