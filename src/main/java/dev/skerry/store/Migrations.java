package dev.skerry.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The schema's history: script N makes schema N of schema N - 1. A script that was released is never changed; the next one is added to the list. */
final class Migrations {
    private static final List<String> SCRIPTS =
            List.of("0001-registry.sql", "0002-kv.sql", "0003-lifecycle.sql", "0004-rollout.sql", "0005-files.sql");

    private Migrations() {}

    /** Brings the database to the newest schema, a transaction a script. Refuses one that is newer. */
    static void run(SqliteConnection connection) {
        int current = version(connection);
        for (int i = current; i < SCRIPTS.size(); i++) {
            connection.execute("BEGIN IMMEDIATE");
            try {
                connection.execute(script(SCRIPTS.get(i)));
                connection.execute("PRAGMA user_version = " + (i + 1));
                connection.execute("COMMIT");
            } catch (StoreException e) {
                connection.execute("ROLLBACK");
                throw e;
            }
        }
    }

    /** Refuses a database that has no schema of Skerry, or a newer one. */
    static void check(SqliteConnection connection) {
        if (version(connection) == 0) {
            throw new StoreException("The database is not one of Skerry");
        }
    }

    private static int version(SqliteConnection connection) {
        int version = connection
                .first("PRAGMA user_version", row -> (int) row.integer(0))
                .orElseThrow();
        if (version > SCRIPTS.size()) {
            throw new StoreException("The database has schema " + version + ", and this Skerry knows schemas up to "
                    + SCRIPTS.size() + ": start the newer Skerry that wrote it, or restore a backup");
        }
        return version;
    }

    private static String script(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream("/db/" + name)) {
            if (in == null) {
                throw new StoreException("The program lacks its resource db/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StoreException("The resource db/" + name + " cannot be read", e);
        }
    }
}
