package dev.skerry.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skerry.model.AuditEntry;
import dev.skerry.model.AuditFilter;
import dev.skerry.model.EnvironmentName;
import dev.skerry.model.ServiceName;
import java.util.List;
import java.util.Optional;

/** What was done, by whom; only ever added to. Stateless. */
public final class AuditTable {
    public void insert(Transaction transaction, AuditEntry entry) {
        transaction.update(
                """
                INSERT INTO audit (at, source, author, action, service, environment, detail) VALUES (?, ?, ?, ?, ?, ?,
                  json_object('before', json(?), 'after', json(?)))
                """,
                entry.at(),
                entry.source(),
                entry.author(),
                entry.action(),
                entry.service().map(ServiceName::value).orElse(""),
                entry.environment().map(EnvironmentName::value),
                Json.of(entry.before()),
                Json.of(entry.after()));
    }

    /** The newest first. */
    public List<AuditEntry> list(Session session, AuditFilter filter, int offset, int limit) {
        Optional<String> environment = filter.environment().map(EnvironmentName::value);
        return session.list(
                """
                SELECT id, at, source, author, action, service, environment, detail FROM audit
                WHERE at >= ? AND at < ? AND service = coalesce(?, service)
                  AND (? IS NULL OR environment = ?)
                  AND action = coalesce(?, action) AND author = coalesce(?, author)
                ORDER BY id DESC LIMIT ? OFFSET ?
                """,
                AuditTable::entry,
                filter.from(),
                filter.until(),
                filter.service().map(ServiceName::value),
                environment,
                environment,
                filter.action(),
                filter.author(),
                limit,
                offset);
    }

    private static AuditEntry entry(Row row) {
        JsonNode detail = Json.parse(row.text(7));
        return new AuditEntry(
                row.integer(0),
                row.instant(1),
                row.text(2),
                row.text(3),
                row.text(4),
                Optional.of(row.text(5)).filter(name -> !name.isEmpty()).map(ServiceName::new),
                row.optionalText(6).map(EnvironmentName::new),
                Json.map(detail.path("before").toString()),
                Json.map(detail.path("after").toString()));
    }
}
