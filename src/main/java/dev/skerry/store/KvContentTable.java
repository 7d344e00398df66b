package dev.skerry.store;

import dev.skerry.model.Bytes;
import java.util.List;
import java.util.Optional;

/** The larger values of KV, in chunks. Ids are never used twice. Stateless. */
public final class KvContentTable {
    /** Bytes of each chunk but the last. */
    public static final int CHUNK = 256 << 10;

    /** How many chunks a content has at most: 25 MiB are 100. A part of the key of their table. */
    static final int MOST_CHUNKS = 128;

    /** Makes an empty content, which is the {@link #unused} until an entry has it. */
    public long create(Transaction transaction) {
        return transaction
                .first("INSERT INTO kv_content (refs) VALUES (0) RETURNING id", row -> row.integer(0))
                .orElseThrow();
    }

    /** Adds chunk number {@code n}, from 0 on. */
    public void append(Transaction transaction, long content, int n, Bytes bytes) {
        if (n >= MOST_CHUNKS) {
            throw new IllegalArgumentException("A content has at most " + MOST_CHUNKS + " chunks");
        }
        transaction.update("INSERT INTO kv_chunk (id, bytes) VALUES (?, ?)", content * MOST_CHUNKS + n, bytes);
    }

    public boolean exists(Session session, long content) {
        return session.first("SELECT 1 FROM kv_content WHERE id = ?", row -> true, content)
                .isPresent();
    }

    /** A chunk of a content; empty if it is gone. */
    public Optional<byte[]> chunk(Session session, long content, int n) {
        return session.first("SELECT bytes FROM kv_chunk WHERE id = ?", row -> row.bytes(0), content * MOST_CHUNKS + n);
    }

    /** Contents that no entry has, in the order of their making from {@code after} on. */
    public List<Long> unused(Session session, long after, int limit) {
        return session.list(
                "SELECT id FROM kv_content WHERE refs = 0 AND id > ? ORDER BY id LIMIT ?",
                row -> row.integer(0),
                after,
                limit);
    }

    /** Removes a content, unless an entry has it. */
    public void delete(Transaction transaction, long content) {
        int deleted = transaction.update("DELETE FROM kv_content WHERE id = ? AND refs = 0", content);
        if (deleted > 0) {
            transaction.update(
                    "DELETE FROM kv_chunk WHERE id BETWEEN ? AND ?",
                    content * MOST_CHUNKS,
                    content * MOST_CHUNKS + MOST_CHUNKS - 1);
        }
    }
}
