package dev.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    @TempDir
    Path temp;

    private Path data;
    private Path file;

    @BeforeEach
    void name() {
        data = temp.resolve("data");
        file = temp.resolve("backup.db");
    }

    @Test
    void aBackupUnderWritesHasOneStateAndComesBack() throws IOException {
        try (TestStore store = new TestStore(data)) {
            // Both values change in one unit, so they are equal in every state.
            put(store, "a", "0");
            put(store, "b", "0");
            AtomicBoolean running = new AtomicBoolean(true);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int i = 1; running.get(); i++) {
                    String value = Integer.toString(i);
                    store.database.writeAndWait(tx -> {
                        tx.update("UPDATE setting SET value = ? WHERE key = 'a'", value);
                        return tx.update("UPDATE setting SET value = ? WHERE key = 'b'", value);
                    });
                }
            });
            put(store, "before", "yes");
            Backup.write(data, file);
            put(store, "after", "yes");
            running.set(false);
            writer.join();
        }
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        byte[] written = Files.readAllBytes(file);

        Path aside = restore().orElseThrow();
        try (TestStore store = new TestStore(data)) {
            assertThat(get(store, "before")).contains("yes");
            assertThat(get(store, "after")).isEmpty();
            assertThat(get(store, "a")).isPresent().isEqualTo(get(store, "b"));
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(written);
        // What was there is a whole database too.
        Path old = temp.resolve("old");
        Files.move(aside, old);
        try (TestStore store = new TestStore(old)) {
            assertThat(get(store, "after")).contains("yes");
        }
    }

    @Test
    void aBackupComesBackIntoAFolderThatHasNothing() {
        try (TestStore store = new TestStore(data)) {
            put(store, "key", "v");
        }
        Backup.write(data, file);
        data = temp.resolve("fresh");
        assertThat(restore()).isEmpty();
        try (TestStore store = new TestStore(data)) {
            assertThat(get(store, "key")).contains("v");
        }
    }

    @Test
    void restoringIsRefusedWhileTheServerRuns() {
        try (TestStore store = new TestStore(data)) {
            put(store, "key", "v");
            Backup.write(data, file);
            assertThatThrownBy(this::restore)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use by another Skerry");
        }
    }

    @Test
    void whatIsNoBackupIsRefusedAndChangesNothing() throws IOException {
        try (TestStore store = new TestStore(data)) {
            put(store, "key", "v");
        }
        Files.writeString(file, "something else, and long enough to be looked at".repeat(100));
        assertThatThrownBy(this::restore).hasMessageContaining("is no backup of Skerry");
        Files.delete(file);
        assertThatThrownBy(this::restore).hasMessageContaining("no readable file");
        Backup.write(data, file);
        byte[] cut = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(cut, cut.length / 2));
        assertThatThrownBy(this::restore).isInstanceOf(StoreException.class);
        try (var files = Files.list(data)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("skerry.db", "skerry.lock", "secret.key", "libsqlitejdbc.so");
        }
        try (TestStore store = new TestStore(data)) {
            assertThat(get(store, "key")).contains("v");
        }
    }

    @Test
    void aBackupOverwritesNoFileAndNeedsADatabase() throws IOException {
        assertThatThrownBy(() -> Backup.write(data, file)).hasMessageContaining("skerry.data");
        try (TestStore store = new TestStore(data)) {
            put(store, "key", "v");
        }
        Files.writeString(file, "precious");
        assertThatThrownBy(() -> Backup.write(data, file)).hasMessageContaining("is there already");
        assertThat(Files.readAllLines(file)).isEqualTo(List.of("precious"));
    }

    private Optional<Path> restore() {
        try (DataFolder folder = DataFolder.open(data)) {
            return Backup.restore(folder, file);
        }
    }

    private static void put(TestStore store, String key, String value) {
        store.database.writeAndWait(
                tx -> tx.update("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", key, value));
    }

    private static Optional<String> get(TestStore store, String key) {
        return store.database.read(
                session -> session.first("SELECT value FROM setting WHERE key = ?", row -> row.text(0), key));
    }
}
