package dev.skerry.store;

import dev.skerry.model.KvNamespace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The names of the KV namespaces; their keys are not here. Stateless. */
public final class NamespaceTable {
    private static final Row.Mapper<KvNamespace> MAPPER = row -> new KvNamespace(row.text(0), row.text(1));

    /** By title. */
    public List<KvNamespace> all(Session session) {
        return session.list("SELECT id, title FROM kv_namespace ORDER BY title", MAPPER);
    }

    public Optional<KvNamespace> find(Session session, String id) {
        return session.first("SELECT id, title FROM kv_namespace WHERE id = ?", MAPPER, id);
    }

    public Optional<KvNamespace> findByTitle(Session session, String title) {
        return session.first("SELECT id, title FROM kv_namespace WHERE title = ?", MAPPER, title);
    }

    public void insert(Transaction transaction, KvNamespace namespace, Instant at) {
        transaction.update(
                "INSERT INTO kv_namespace (id, title, created_at) VALUES (?, ?, ?)",
                namespace.id(),
                namespace.title(),
                at);
    }

    public void rename(Transaction transaction, KvNamespace namespace) {
        transaction.update("UPDATE kv_namespace SET title = ? WHERE id = ?", namespace.title(), namespace.id());
    }

    public void delete(Transaction transaction, String id) {
        transaction.update("DELETE FROM kv_namespace WHERE id = ?", id);
    }
}
