package dev.skerry.registry;

import dev.skerry.model.AuditEntry;
import dev.skerry.model.Bytes;
import dev.skerry.model.Origin;
import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import dev.skerry.model.Token;
import dev.skerry.store.AuditTable;
import dev.skerry.store.Database;
import dev.skerry.store.TokenTable;
import dev.skerry.store.Transaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The keys to the admin API. Thread-safe. All but {@link #find} waits for the store.
 *
 * <p>A token's text is 256 random bits, so its plain SHA-256 is kept: nothing is gained by guessing slowly. It is looked up by that digest, so what
 * time the look-up takes tells of the digest alone, of which nobody can choose a part.
 */
@Singleton
public final class Tokens {
    private static final int BYTES = 32;

    /** Authors that are not tokens: what they did shall not be taken for a token's. */
    private static final Set<String> RESERVED = Set.of("admin", "manifest", "nobody", "rollout", "import");

    private final Database database;
    private final TokenTable table = new TokenTable();
    private final AuditTable audit = new AuditTable();
    private final SecureRandom random = new SecureRandom();
    private volatile Map<String, Token> byDigest;

    @Inject
    public Tokens(Database database) {
        this.database = database;
        this.byDigest =
                database.read(session -> Map.ofEntries(table.all(session).toArray(Tokens::entries)));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map.Entry<String, Token>[] entries(int size) {
        return new Map.Entry[size];
    }

    /** A new token; its text is told this once. The text is not in what is printed of it. */
    public record Created(Token token, String text) {
        @Override
        public String toString() {
            return token.toString();
        }
    }

    /**
     * Makes a token.
     *
     * @param pattern see {@link Token#pattern}
     * @param expiresAt empty for never
     * @throws RefusedException when the name is taken, or name or pattern are none
     */
    public Created create(String name, Token.Scope scope, String pattern, Optional<Instant> expiresAt, Origin origin) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        Token token;
        try {
            token = new Token(
                    UUID.randomUUID().toString().replace("-", ""), name.strip(), scope, pattern, now, expiresAt);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.INVALID, String.valueOf(e.getMessage()));
        }
        if (RESERVED.contains(token.name().toLowerCase(Locale.ROOT))) {
            throw new RefusedException(
                    Reason.INVALID, "A token cannot be named '" + token.name() + "', as parts of Skerry are");
        }
        String digest = Bytes.utf8(text).sha256();
        database.writeAndWait(transaction -> {
            if (table.all(transaction).stream()
                    .anyMatch(entry -> entry.getValue().name().equals(token.name()))) {
                throw new RefusedException(Reason.TAKEN, "There is a token '" + token.name() + "' already");
            }
            table.insert(transaction, token, digest);
            note(transaction, "create-token", token, origin, now);
            transaction.afterCommit(() -> {
                Map<String, Token> next = new HashMap<>(byDigest);
                next.put(digest, token);
                byDigest = Map.copyOf(next);
            });
            return token;
        });
        return new Created(token, text);
    }

    /** All, expired ones too, by name. */
    public List<Token> list() {
        return database.read(
                session -> table.all(session).stream().map(Map.Entry::getValue).toList());
    }

    /** From when this returns the token opens nothing. */
    public Token revoke(String id, Origin origin) {
        return database.writeAndWait(transaction -> {
            Token token = table.all(transaction).stream()
                    .map(Map.Entry::getValue)
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new RefusedException(Reason.TOKEN_NOT_FOUND, "There is no token '" + id + "'"));
            table.delete(transaction, id);
            note(transaction, "revoke-token", token, origin, Instant.now());
            transaction.afterCommit(() -> {
                Map<String, Token> next = new HashMap<>(byDigest);
                next.values().removeIf(each -> each.id().equals(id));
                byDigest = Map.copyOf(next);
            });
            return token;
        });
    }

    /** Whose text this is, also of a token that has expired; empty for nobody's. From memory: on any thread. */
    public Optional<Token> find(String text) {
        return Optional.ofNullable(byDigest.get(Bytes.utf8(text).sha256()));
    }

    private void note(Transaction transaction, String action, Token token, Origin origin, Instant now) {
        audit.insert(
                transaction,
                new AuditEntry(
                        0,
                        now,
                        origin.source(),
                        origin.author(),
                        action,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Map.of("token", token.name(), "scope", token.scope().name(), "pattern", token.pattern())));
    }
}
