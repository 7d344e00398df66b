package dev.skerry.store;

import dev.skerry.model.Token;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tokens, by the SHA-256 of their text. Stateless. */
public final class TokenTable {
    /** With the digests of their texts, in 64 hex digits; by name. */
    public List<Map.Entry<String, Token>> all(Session session) {
        return session.list(
                "SELECT sha256, id, name, scope, pattern, created_at, expires_at FROM token ORDER BY name",
                row -> Map.entry(
                        row.text(0),
                        new Token(
                                row.text(1),
                                row.text(2),
                                Token.Scope.valueOf(row.text(3).toUpperCase(Locale.ROOT)),
                                row.text(4),
                                row.instant(5),
                                row.optionalInteger(6).map(Instant::ofEpochMilli))));
    }

    public void insert(Transaction transaction, Token token, String sha256) {
        transaction.update(
                "INSERT INTO token (id, name, sha256, scope, pattern, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                token.id(),
                token.name(),
                sha256,
                token.scope().name().toLowerCase(Locale.ROOT),
                token.pattern(),
                token.createdAt(),
                token.expiresAt());
    }

    public void delete(Transaction transaction, String id) {
        transaction.update("DELETE FROM token WHERE id = ?", id);
    }
}
