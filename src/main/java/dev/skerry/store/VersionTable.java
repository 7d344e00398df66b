package dev.skerry.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.skerry.model.Binding;
import dev.skerry.model.ByteSize;
import dev.skerry.model.Bytes;
import dev.skerry.model.Code;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.LimitOverrides;
import dev.skerry.model.Module;
import dev.skerry.model.ModuleType;
import dev.skerry.model.ServiceName;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.model.VersionSpec;
import dev.skerry.model.VersionSummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Versions and what they are made of. A module's bytes are kept once on disk, and once in memory while a version that has them is. Thread-safe. */
public final class VersionTable {
    private static final String SUMMARY =
            "SELECT v.id, v.number, s.name, e.name, v.source, v.author, v.created_at, v.annotations";
    private static final String FROM =
            " FROM version v JOIN environment e ON e.id = v.environment_id JOIN service s ON s.id = e.service_id ";

    private static final String SERVING_REFERENCES = """
            SELECT s.name, e.name, b.name, b.attributes
            FROM environment e
            JOIN service s ON s.id = e.service_id
            JOIN share h ON h.deployment_sequence = (SELECT max(sequence) FROM deployment WHERE environment_id = e.id)
            JOIN binding b ON b.version_id = h.version_id
            WHERE b.attributes ->> 'service' IS NOT NULL
            ORDER BY s.name, e.name, b.name
            """;

    /** A binding of one environment to another. */
    public record Reference(EnvironmentRef from, String binding, EnvironmentRef target) {}

    private final BindingCodec codec;
    private final FileTable files = new FileTable();
    private final Cache<String, Bytes> contents =
            Caffeine.newBuilder().weakValues().build();

    public VersionTable(Sealer sealer) {
        this.codec = new BindingCodec(sealer);
    }

    /** The columns of a version that are not in its summary. */
    private record Details(
            VersionSummary summary,
            String main,
            Code.Format format,
            String compatibilityDate,
            List<String> compatibilityFlags,
            LimitOverrides limits,
            Optional<String> migrationTag) {}

    /** The number that the next version of the environment will have. */
    public int nextNumber(Session session, EnvironmentRef ref) {
        return session.first(
                        "SELECT coalesce(max(number), 0) + 1 FROM version WHERE environment_id = "
                                + EnvironmentTable.ID,
                        row -> (int) row.integer(0),
                        ref.service().value(),
                        ref.environment().value())
                .orElse(1);
    }

    /** The newest first. */
    public List<VersionSummary> list(Session session, EnvironmentRef ref, int offset, int limit) {
        return session.list(
                SUMMARY + FROM + "WHERE e.id = " + EnvironmentTable.ID + " ORDER BY v.number DESC LIMIT ? OFFSET ?",
                VersionTable::summary,
                ref.service().value(),
                ref.environment().value(),
                limit,
                offset);
    }

    public Optional<VersionSummary> summary(Session session, VersionId id) {
        return session.first(SUMMARY + FROM + "WHERE v.id = ?", VersionTable::summary, id.toString());
    }

    /** The version of an environment whose UUID begins so; the newest, should there be two. */
    public Optional<VersionSummary> startingWith(Session session, EnvironmentRef ref, String prefix) {
        return session.first(
                SUMMARY + FROM + "WHERE e.id = " + EnvironmentTable.ID
                        + " AND substr(v.id, 1, length(?)) = ? ORDER BY v.number DESC LIMIT 1",
                VersionTable::summary,
                ref.service().value(),
                ref.environment().value(),
                prefix,
                prefix);
    }

    /** The whole version, its secrets opened. */
    public Optional<Version> find(Session session, VersionId id) {
        return session.first(
                        SUMMARY + ", v.main, v.format, v.compatibility_date, v.compatibility_flags, v.limits,"
                                + " v.migration_tag" + FROM + "WHERE v.id = ?",
                        row -> new Details(
                                summary(row),
                                row.text(8),
                                Code.Format.valueOf(row.text(9)),
                                row.text(10),
                                Json.list(row.text(11)),
                                limits(row.text(12)),
                                row.optionalText(13)),
                        id.toString())
                .map(details -> version(session, details));
    }

    /** Every binding to another environment that a serving version has. */
    public List<Reference> servingReferences(Session session) {
        return session.list(SERVING_REFERENCES, row -> {
            JsonNode attributes = Json.parse(row.text(3));
            return new Reference(
                    EnvironmentRef.of(row.text(0), row.text(1)),
                    row.text(2),
                    EnvironmentRef.of(
                            attributes.path("service").asText(),
                            attributes.path("environment").asText("production")));
        });
    }

    /** Bindings to any environment of a service follow it to its new name. */
    public void retarget(Transaction transaction, ServiceName from, ServiceName to) {
        transaction.update(
                "UPDATE binding SET attributes = json_set(attributes, '$.service', ?) WHERE attributes ->> 'service' = ?",
                to.value(),
                from.value());
    }

    /** Bindings to an environment follow it to its new name; one without an environment is to {@code production}. */
    public void retarget(Transaction transaction, EnvironmentRef from, EnvironmentRef to) {
        transaction.update(
                """
                UPDATE binding SET attributes = json_set(attributes, '$.service', ?, '$.environment', ?)
                WHERE attributes ->> 'service' = ? AND coalesce(attributes ->> 'environment', 'production') = ?
                """,
                to.service().value(),
                to.environment().value(),
                from.service().value(),
                from.environment().value());
    }

    public void insert(Transaction transaction, Version version) {
        VersionSpec spec = version.spec();
        transaction.update(
                "INSERT INTO version (environment_id, id, number, main, format, compatibility_date, compatibility_flags,"
                        + " limits, migration_tag, source, author, created_at, annotations) VALUES ("
                        + EnvironmentTable.ID + ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                version.environment().service().value(),
                version.environment().environment().value(),
                version.id().toString(),
                version.number(),
                spec.code().main(),
                spec.code().format().name(),
                spec.compatibilityDate(),
                Json.of(spec.compatibilityFlags()),
                limits(spec.limits()),
                spec.migrationTag(),
                version.source(),
                version.author(),
                version.createdAt(),
                Json.of(version.annotations()));
        List<Module> modules = spec.code().modules();
        for (int i = 0; i < modules.size(); i++) {
            insertModule(transaction, version.id(), i, modules.get(i));
        }
        spec.code().files().ifPresent(found -> files.insert(transaction, version.id(), found));
        for (Binding binding : spec.bindings()) {
            BindingCodec.Encoded row = codec.encode(version.id(), binding);
            transaction.update(
                    "INSERT INTO binding (version_id, name, type, attributes, sealed) VALUES (?, ?, ?, ?, ?)",
                    version.id().toString(),
                    row.name(),
                    row.type(),
                    row.attributes(),
                    row.sealed());
        }
    }

    /** After versions went: contents that no module and no static file has any more. */
    static void deleteUnusedContent(Transaction transaction) {
        transaction.update("DELETE FROM file_list WHERE id NOT IN (SELECT list_id FROM version_files)");
        transaction.update("DELETE FROM content WHERE sha256 NOT IN (SELECT sha256 FROM module"
                + " UNION ALL SELECT sha256 FROM file UNION ALL SELECT sha256 FROM uploaded_file)");
    }

    private void insertModule(Transaction transaction, VersionId version, int position, Module module) {
        String sha256 = module.content().sha256();
        contents.put(sha256, module.content());
        boolean known = transaction
                .first("SELECT 1 FROM content WHERE sha256 = ?", row -> true, sha256)
                .isPresent();
        if (!known) {
            transaction.update("INSERT INTO content (sha256, bytes) VALUES (?, ?)", sha256, module.content());
        }
        transaction.update(
                "INSERT INTO module (version_id, position, name, type, sha256) VALUES (?, ?, ?, ?, ?)",
                version.toString(),
                position,
                module.name(),
                module.type().name(),
                sha256);
    }

    private Version version(Session session, Details details) {
        VersionSummary summary = details.summary();
        VersionId id = summary.id();
        List<Module> modules = session.list(
                "SELECT name, type, sha256 FROM module WHERE version_id = ? ORDER BY position",
                row -> new Module(row.text(0), ModuleType.valueOf(row.text(1)), content(session, row.text(2))),
                id.toString());
        List<Binding> bindings = session.list(
                "SELECT name, type, attributes, sealed FROM binding WHERE version_id = ?",
                row -> codec.decode(
                        id, new BindingCodec.Encoded(row.text(0), row.text(1), row.text(2), row.optionalBytes(3))),
                id.toString());
        return new Version(
                id,
                summary.number(),
                summary.environment(),
                new VersionSpec(
                        new Code(details.main(), details.format(), modules, files.find(session, id)),
                        bindings,
                        details.compatibilityDate(),
                        details.compatibilityFlags(),
                        details.limits(),
                        details.migrationTag()),
                summary.source(),
                summary.author(),
                summary.createdAt(),
                summary.annotations());
    }

    private Bytes content(Session session, String sha256) {
        return contents.get(
                sha256,
                key -> session.first("SELECT bytes FROM content WHERE sha256 = ?", row -> Bytes.wrap(row.bytes(0)), key)
                        .orElseThrow(() -> new StoreException("The store lacks the module " + key)));
    }

    private static VersionSummary summary(Row row) {
        return new VersionSummary(
                VersionId.parse(row.text(0)),
                (int) row.integer(1),
                EnvironmentRef.of(row.text(2), row.text(3)),
                row.text(4),
                row.text(5),
                row.instant(6),
                Json.map(row.text(7)));
    }

    private static String limits(LimitOverrides limits) {
        ObjectNode json = Json.object();
        limits.cpu().ifPresent(cpu -> json.put("cpu", cpu.toString()));
        limits.wall().ifPresent(wall -> json.put("wall", wall.toString()));
        limits.startup().ifPresent(startup -> json.put("startup", startup.toString()));
        limits.memory().ifPresent(memory -> json.put("memory", memory.bytes()));
        limits.script().ifPresent(script -> json.put("script", script.bytes()));
        limits.log().ifPresent(log -> json.put("log", log.bytes()));
        limits.subrequests().ifPresent(subrequests -> json.put("subrequests", subrequests));
        limits.concurrency().ifPresent(concurrency -> json.put("concurrency", concurrency));
        limits.body().ifPresent(body -> json.put("body", body.bytes()));
        limits.webSocketMessage().ifPresent(message -> json.put("webSocketMessage", message.bytes()));
        return json.toString();
    }

    private static LimitOverrides limits(String text) {
        JsonNode json = Json.parse(text);
        return new LimitOverrides(
                duration(json, "cpu"),
                duration(json, "wall"),
                duration(json, "startup"),
                size(json, "memory"),
                size(json, "script"),
                size(json, "log"),
                count(json, "subrequests"),
                count(json, "concurrency"),
                size(json, "body"),
                size(json, "webSocketMessage"));
    }

    private static Optional<ByteSize> size(JsonNode json, String key) {
        return json.has(key) ? Optional.of(new ByteSize(json.path(key).asLong())) : Optional.empty();
    }

    private static OptionalInt count(JsonNode json, String key) {
        return json.has(key) ? OptionalInt.of(json.path(key).asInt()) : OptionalInt.empty();
    }

    private static Optional<Duration> duration(JsonNode json, String key) {
        return json.has(key) ? Optional.of(Duration.parse(json.path(key).asText())) : Optional.empty();
    }
}
