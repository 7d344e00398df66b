package dev.skerry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the process is killed. */
class CrashIT {
    @TempDir
    private Path folder;

    @Test
    void afterAKillTheSameVersionsServeUnderTheSameNumbers() throws SQLException {
        Workers workers =
                new Workers(folder).write("a.js", Workers.answering("first")).write("skerry.yaml", """
                        services:
                          a:
                            environments:
                              production: {main: a.js}
                              staging: {from: production}
                        """);
        Map<String, String> before;
        String account;
        try (ServerProcess server = workers.start()) {
            workers.write("a.js", Workers.answering("second"));
            server.await(
                    "the second edition",
                    () -> server.get("a.localhost", "/").body().equals("second"));
            account = account(server);
            server.kill();
            before = versions();
        }
        assertThat(before.keySet()).containsExactly("a/production 1", "a/production 2", "a/staging 1", "a/staging 2");

        try (ServerProcess server = workers.start()) {
            assertThat(server.get("a.localhost", "/").body()).isEqualTo("second");
            assertThat(server.get("staging.a.localhost", "/").body()).isEqualTo("second");
            assertThat(account(server)).isEqualTo(account);
        }
        assertThat(versions()).isEqualTo(before);
    }

    private static String account(ServerProcess server) {
        return server.logLines().stream()
                .filter(line -> line.contains("Account "))
                .map(line -> line.substring(line.indexOf("Account ")))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** Environment and number of each version that is stored, and its id. */
    private Map<String, String> versions() throws SQLException {
        Map<String, String> versions = new TreeMap<>();
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/skerry.db"));
                var statement = database.createStatement();
                var rows = statement.executeQuery("""
                        SELECT service.name || '/' || environment.name || ' ' || version.number, version.id
                        FROM version JOIN environment ON environment.id = version.environment_id
                        JOIN service ON service.id = environment.service_id""")) {
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getString(2));
            }
        }
        return versions;
    }
}
