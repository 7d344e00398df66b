package dev.skerry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.store.SettingTable;
import dev.skerry.store.TestStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BackupCommandTest {
    private static final SettingTable SETTINGS = new SettingTable();

    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path data;
    private Path config;

    @BeforeEach
    void configure() throws IOException {
        data = temp.resolve("data");
        config = temp.resolve("skerry.yaml");
        Files.writeString(config, "skerry:\n  data: " + data + "\n");
    }

    @Test
    void aBackupOfTheRunningServerIsRestoredWhenItHasStopped() {
        String file = temp.resolve("backup.db").toString();
        try (TestStore store = new TestStore(data)) {
            put(store, "then");
            assertThat(run("backup", file)).isZero();
            assertThat(out.toString()).contains("Wrote " + file).contains("secret.key");
            put(store, "now");
            assertThat(run("restore", file)).isEqualTo(1);
            assertThat(err.toString()).contains("in use by another Skerry; stop that one");
        }
        assertThat(run("restore", file)).isZero();
        assertThat(out.toString()).contains("the database before is in " + data.resolve("before-restore-"));
        try (TestStore store = new TestStore(data)) {
            assertThat(get(store)).contains("then");
        }
    }

    @Test
    void aConfigurationThatIsNotThereIsSaidSo() {
        config = temp.resolve("typo.yaml");
        assertThat(run("backup", temp.resolve("backup.db").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("typo.yaml").contains("--config");
    }

    private int run(String command, String file) {
        return new CommandLine(new SkerryCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(command, file, "--config", config.toString());
    }

    private static void put(TestStore store, String value) {
        store.database.writeAndWait(transaction -> {
            SETTINGS.put(transaction, "key", value);
            return value;
        });
    }

    private static Optional<String> get(TestStore store) {
        return store.database.read(session -> SETTINGS.find(session, "key"));
    }
}
