package dev.skerry.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.model.Deployment.Share;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What promotions changed, so that they can be undone. Stateless. */
public final class PromotionTable {
    /**
     * A promotion that was deployed.
     *
     * @param source empty when it was deleted since
     * @param deployment the deployment that it made
     * @param before what served in the target; empty for nothing
     * @param places routes and domains of source and target, where they were changed
     */
    public record Entry(
            UUID id,
            Optional<EnvironmentRef> source,
            EnvironmentRef target,
            VersionId version,
            UUID deployment,
            List<Share> before,
            Optional<Places> places,
            boolean undone,
            Instant createdAt) {
        public Entry {
            before = List.copyOf(before);
        }
    }

    /** Routes and custom domains of both environments as they were. */
    public record Places(
            List<String> sourceRoutes,
            List<String> sourceDomains,
            List<String> targetRoutes,
            List<String> targetDomains) {
        public Places {
            sourceRoutes = List.copyOf(sourceRoutes);
            sourceDomains = List.copyOf(sourceDomains);
            targetRoutes = List.copyOf(targetRoutes);
            targetDomains = List.copyOf(targetDomains);
        }
    }

    private static final String SELECT = """
            SELECT p.id, ss.name, se.name, ts.name, te.name, p.version_id, p.deployment_id, p.before, p.undone, p.created_at
            FROM promotion p
            JOIN environment te ON te.id = p.target_id JOIN service ts ON ts.id = te.service_id
            LEFT JOIN environment se ON se.id = p.source_id LEFT JOIN service ss ON ss.id = se.service_id
            """;

    public void insert(Transaction transaction, Entry promotion, EnvironmentRef source) {
        transaction.update(
                "INSERT INTO promotion (source_id, target_id, id, version_id, deployment_id, before, undone, created_at) VALUES ("
                        + EnvironmentTable.ID + ", " + EnvironmentTable.ID + ", ?, ?, ?, ?, 0, ?)",
                source.service().value(),
                source.environment().value(),
                promotion.target().service().value(),
                promotion.target().environment().value(),
                promotion.id().toString(),
                promotion.version().toString(),
                promotion.deployment().toString(),
                before(promotion),
                promotion.createdAt());
    }

    public Optional<Entry> find(Session session, UUID id) {
        return session.first(SELECT + " WHERE p.id = ?", PromotionTable::promotion, id.toString());
    }

    /** The promotions to an environment, the newest first. */
    public List<Entry> newest(Session session, EnvironmentRef target, int limit) {
        return session.list(
                SELECT + " WHERE ts.name = ? AND te.name = ? ORDER BY p.sequence DESC LIMIT ?",
                PromotionTable::promotion,
                target.service().value(),
                target.environment().value(),
                limit);
    }

    public void undone(Transaction transaction, UUID id) {
        transaction.update("UPDATE promotion SET undone = 1 WHERE id = ?", id.toString());
    }

    private static String before(Entry promotion) {
        ObjectNode json = Json.object();
        ArrayNode shares = json.putArray("shares");
        promotion
                .before()
                .forEach(share -> shares.addObject()
                        .put("version", share.version().toString())
                        .put("percentage", share.percentage()));
        promotion.places().ifPresent(places -> {
            ObjectNode node = json.putObject("places");
            places.sourceRoutes().forEach(node.putArray("source_routes")::add);
            places.sourceDomains().forEach(node.putArray("source_domains")::add);
            places.targetRoutes().forEach(node.putArray("target_routes")::add);
            places.targetDomains().forEach(node.putArray("target_domains")::add);
        });
        return json.toString();
    }

    private static Entry promotion(Row row) {
        JsonNode before = Json.parse(row.text(7));
        Optional<Places> places = before.has("places")
                ? Optional.of(new Places(
                        texts(before, "source_routes"),
                        texts(before, "source_domains"),
                        texts(before, "target_routes"),
                        texts(before, "target_domains")))
                : Optional.empty();
        return new Entry(
                UUID.fromString(row.text(0)),
                row.optionalText(1)
                        .flatMap(service ->
                                row.optionalText(2).map(environment -> EnvironmentRef.of(service, environment))),
                EnvironmentRef.of(row.text(3), row.text(4)),
                VersionId.parse(row.text(5)),
                UUID.fromString(row.text(6)),
                before.path("shares")
                        .valueStream()
                        .map(share -> new Share(
                                VersionId.parse(share.path("version").asText()),
                                share.path("percentage").asDouble()))
                        .toList(),
                places,
                row.bool(8),
                row.instant(9));
    }

    private static List<String> texts(JsonNode before, String key) {
        return before.path("places")
                .path(key)
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }
}
