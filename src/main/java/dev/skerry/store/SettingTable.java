package dev.skerry.store;

import java.util.Optional;

/** What the server remembers of itself. Stateless. */
public final class SettingTable {
    public Optional<String> find(Session session, String key) {
        return session.first("SELECT value FROM setting WHERE key = ?", row -> row.text(0), key);
    }

    public void put(Transaction transaction, String key, String value) {
        transaction.update("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", key, value);
    }
}
