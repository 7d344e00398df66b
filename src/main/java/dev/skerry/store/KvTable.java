package dev.skerry.store;

import dev.skerry.model.Bytes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of KV namespaces, with the values that fit into a row; the others are in {@link KvContentTable}. Namespaces are named by their
 * ids; keys are UTF-8, times seconds since 1970. Stateless.
 */
public final class KvTable {
    /** The largest value, in bytes, that stands in its row: with a key of usual length the row then fits into its page. */
    public static final int MOST_INLINE = 768;

    /** {@code expires} of an entry that does not. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Greater than any key: no UTF-8 holds this byte. */
    public static final Bytes AFTER_ALL = Bytes.wrap(new byte[] {(byte) 0xFF});

    private static final String NUMBER = "(SELECT number FROM kv_namespace WHERE id = ?)";

    /** As {@link #put} gets it and {@link #find} finds it: what goes with a value. */
    public record Attributes(Optional<String> metadata, long expires) {}

    /**
     * A row. {@code bytes} are the value or, where that has a content (0 is none) of more than one chunk, its first chunk; {@code size} is that of the
     * whole value.
     */
    public record Stored(Bytes bytes, long content, int size, Attributes attributes) {}

    /** A key in a listing. */
    public record Listed(Bytes key, Attributes attributes) {}

    /** An entry, expired or not. */
    public Optional<Stored> find(Session session, String namespace, Bytes key) {
        return session.first(
                "SELECT e.value, c.bytes, e.content, e.size, e.metadata, e.expires FROM kv_entry e"
                        + " LEFT JOIN kv_chunk c ON c.id = e.content * " + KvContentTable.MOST_CHUNKS
                        + " WHERE e.namespace = " + NUMBER + " AND e.key = ?",
                row -> new Stored(
                        row.optionalBytes(0)
                                .or(() -> row.optionalBytes(1))
                                .map(Bytes::wrap)
                                .orElse(Bytes.EMPTY),
                        row.optionalInteger(2).orElse(0L),
                        (int) row.integer(3),
                        attributes(row, 4)),
                namespace,
                key);
    }

    /** Puts a value that stands in its row; false if there is no such namespace. */
    public boolean put(Transaction transaction, String namespace, Bytes key, Bytes value, Attributes attributes) {
        return put(transaction, namespace, key, attributes, null, value.size(), value);
    }

    /** Puts a value whose content was written before; false if there is no such namespace. */
    public boolean put(
            Transaction transaction, String namespace, Bytes key, long content, int size, Attributes attributes) {
        return put(transaction, namespace, key, attributes, content, size, null);
    }

    private static boolean put(
            Transaction transaction,
            String namespace,
            Bytes key,
            Attributes attributes,
            @Nullable Long content,
            int size,
            @Nullable Bytes value) {
        return transaction.update(
                        """
                        INSERT INTO kv_entry (namespace, key, expires, metadata, content, size, value)
                        SELECT number, ?, ?, ?, ?, ?, ? FROM kv_namespace WHERE id = ?
                        ON CONFLICT (namespace, key) DO UPDATE SET expires = excluded.expires,
                          metadata = excluded.metadata, content = excluded.content, size = excluded.size, value = excluded.value
                        """,
                        key,
                        attributes.expires() == NEVER ? null : attributes.expires(),
                        attributes.metadata(),
                        content,
                        size,
                        value,
                        namespace)
                > 0;
    }

    public void delete(Transaction transaction, String namespace, Bytes key) {
        transaction.update("DELETE FROM kv_entry WHERE namespace = " + NUMBER + " AND key = ?", namespace, key);
    }

    /** Keys from {@code from} on and before {@code to}, in the order of their bytes, without those that have expired by {@code now}. */
    public List<Listed> list(Session session, String namespace, Bytes from, Bytes to, int limit, long now) {
        return session.list(
                "SELECT key, metadata, expires FROM kv_entry WHERE namespace = " + NUMBER
                        + " AND key >= ? AND key < ? AND (expires IS NULL OR expires > ?) ORDER BY key LIMIT ?",
                row -> new Listed(Bytes.wrap(row.bytes(0)), attributes(row, 1)),
                namespace,
                from,
                to,
                now,
                limit);
    }

    /** Removes entries that have expired by {@code now}, as many as {@code limit}, and returns how many. */
    public int sweep(Transaction transaction, long now, int limit) {
        return transaction.update("""
                DELETE FROM kv_entry WHERE (namespace, key) IN
                  (SELECT namespace, key FROM kv_entry WHERE expires <= ? ORDER BY expires LIMIT ?)
                """, now, limit);
    }

    /** Removes entries of namespaces that are no more, as many as {@code limit}, and returns how many. */
    public int purge(Transaction transaction, int limit) {
        return orphan(transaction)
                .map(number -> transaction.update("""
                        DELETE FROM kv_entry WHERE namespace = ? AND key IN
                          (SELECT key FROM kv_entry WHERE namespace = ? ORDER BY key LIMIT ?)
                        """, number, number, limit))
                .orElse(0);
    }

    /** The least number that has entries and no namespace. Goes from number to number in the b-tree, not from entry to entry. */
    private static Optional<Long> orphan(Session session) {
        return session.first("""
                WITH RECURSIVE used(number) AS (
                  SELECT min(namespace) FROM kv_entry
                  UNION ALL
                  SELECT (SELECT min(namespace) FROM kv_entry WHERE namespace > number) FROM used WHERE number IS NOT NULL
                )
                SELECT number FROM used
                WHERE number IS NOT NULL AND number NOT IN (SELECT number FROM kv_namespace) LIMIT 1
                """, row -> row.integer(0));
    }

    /**
     * Gives a namespace the entries of another from the key {@code from} on, as many as {@code limit}, without those that have expired by
     * {@code now}; contents are shared. Keys that the target has already stay as they are there.
     *
     * @return where to go on; empty at the end
     */
    public Optional<Bytes> copy(
            Transaction transaction, String source, String target, Bytes from, int limit, long now) {
        Optional<Bytes> next = transaction.first(
                "SELECT key FROM kv_entry WHERE namespace = " + NUMBER + " AND key >= ? ORDER BY key LIMIT 1 OFFSET ?",
                row -> Bytes.wrap(row.bytes(0)),
                source,
                from,
                limit);
        transaction.update(
                "INSERT INTO kv_entry (namespace, key, expires, metadata, content, size, value) SELECT " + NUMBER
                        + ", key, expires, metadata, content, size, value FROM kv_entry WHERE namespace = " + NUMBER
                        + " AND key >= ? AND key < ? AND (expires IS NULL OR expires > ?)"
                        + " ON CONFLICT (namespace, key) DO NOTHING",
                target,
                source,
                from,
                next.orElse(AFTER_ALL),
                now);
        return next;
    }

    private static Attributes attributes(Row row, int column) {
        return new Attributes(
                row.optionalText(column), row.optionalInteger(column + 1).orElse(NEVER));
    }
}
