package dev.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {
    private static final String PUT = "INSERT INTO setting (key, value) VALUES (?, ?)";

    @TempDir
    Path temp;

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() {
        try (TestStore store = new TestStore(temp)) {
            put(store, "a", "1").join();
        }
        try (TestStore store = new TestStore(temp)) {
            assertThat(get(store, "a")).contains("1");
        }
    }

    @Test
    void theNativeLibraryLiesInTheFolderAndABrokenOneIsMended() throws IOException {
        Path library = temp.resolve("libsqlitejdbc.so");
        Files.writeString(library, "broken");
        try (TestStore store = new TestStore(temp)) {
            assertThat(Files.readAllBytes(library))
                    .startsWith(0x7f, 'E', 'L', 'F')
                    .hasSizeGreaterThan(500_000);
            assertThat(System.getProperty("org.sqlite.lib.path"))
                    .isEqualTo(store.folder.path().toAbsolutePath().toString());
        }
        try (var files = Files.list(temp)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @Test
    void aReadSeesEveryWriteThatWasAcknowledgedBeforeIt() {
        try (TestStore store = new TestStore(temp)) {
            put(store, "n", "0").join();
            for (int i = 1; i <= 200; i++) {
                String value = Integer.toString(i);
                store.database.writeAndWait(tx -> tx.update("UPDATE setting SET value = ? WHERE key = 'n'", value));
                assertThat(get(store, "n")).contains(value);
            }
        }
    }

    @Test
    void unitsThatWaitTogetherShareACommit() throws InterruptedException {
        try (TestStore store = new TestStore(temp)) {
            long before = store.database.statistics().commits();
            CountDownLatch queued = new CountDownLatch(1);
            List<CompletableFuture<?>> units = new ArrayList<>();
            units.add(store.database.write(tx -> await(queued)));
            for (int i = 0; i < 100; i++) {
                units.add(put(store, "k" + i, "v"));
            }
            queued.countDown();
            units.forEach(CompletableFuture::join);
            // The first unit may have spent the batch's time in waiting; then the others share the next, or a few where
            // the machine is slow.
            assertThat(store.database.statistics().commits() - before).isBetween(1L, 20L);
            assertThat(store.database.statistics().units()).isGreaterThanOrEqualTo(101);
        }
    }

    @Test
    void aUnitThatFailsHarmsNoOtherOfItsBatch() {
        try (TestStore store = new TestStore(temp)) {
            CountDownLatch queued = new CountDownLatch(1);
            var first = store.database.write(tx -> await(queued));
            var good = put(store, "good", "1");
            var bad = store.database.write(tx -> {
                tx.update(PUT, "bad", "1");
                throw new IllegalStateException("changed my mind");
            });
            var duplicate = put(store, "good", "2");
            var after = put(store, "after", "1");
            queued.countDown();
            CompletableFuture.allOf(first, good, after).join();
            assertThatThrownBy(bad::join).hasCause(new IllegalStateException("changed my mind"));
            assertThatThrownBy(duplicate::join).hasCauseInstanceOf(StoreException.class);
            assertThat(get(store, "good")).contains("1");
            assertThat(get(store, "bad")).isEmpty();
            assertThat(get(store, "after")).contains("1");
        }
    }

    @Test
    void aUnitThatLosesTheTransactionFailsAndTheWriterGoesOn() {
        try (TestStore store = new TestStore(temp)) {
            var vandal = store.database.write(tx -> tx.update("ROLLBACK"));
            assertThatThrownBy(vandal::join).hasCauseInstanceOf(StoreException.class);
            put(store, "later", "1").join();
            assertThat(get(store, "later")).contains("1");
        }
    }

    @Test
    void aFullQueueRefusesWithTheKeyToTurn() {
        try (TestStore store = new TestStore(temp, "skerry.store.queue=2")) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            var blocker = store.database.write(tx -> {
                running.countDown();
                return await(go);
            });
            await(running);
            var a = put(store, "a", "1");
            var b = put(store, "b", "1");
            var refused = put(store, "c", "1");
            assertThat(refused).isCompletedExceptionally();
            assertThatThrownBy(refused::join)
                    .hasCauseInstanceOf(StoreException.class)
                    .hasMessageContaining("skerry.store.queue");
            go.countDown();
            CompletableFuture.allOf(blocker, a, b).join();
        }
    }

    @Test
    void actionsAfterCommitRunInOrderAndBeforeTheFutureCompletes() {
        try (TestStore store = new TestStore(temp)) {
            List<Integer> order = new ArrayList<>();
            List<CompletableFuture<Integer>> units = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = i;
                units.add(store.database.write(tx -> {
                    tx.afterCommit(() -> order.add(number));
                    if (number == 25) {
                        throw new IllegalStateException("dropped");
                    }
                    return number;
                }));
            }
            units.get(49).join();
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                if (i != 25) {
                    expected.add(i);
                }
            }
            assertThat(order).isEqualTo(expected);
        }
    }

    @Test
    void closingFinishesWhatIsQueuedAndRefusesTheRest() {
        TestStore store = new TestStore(temp);
        List<CompletableFuture<?>> units = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            units.add(put(store, "k" + i, "v"));
        }
        store.close();
        assertThat(units).allSatisfy(unit -> assertThat(unit).isCompleted());
        assertThatThrownBy(put(store, "late", "1")::join).hasMessageContaining("closed");
        assertThatThrownBy(() -> get(store, "k1")).hasMessageContaining("closed");
    }

    @Test
    void aSnapshotSeesOneState() {
        try (TestStore store = new TestStore(temp)) {
            put(store, "a", "1").join();
            store.database.snapshot(session -> {
                Optional<String> before =
                        session.first("SELECT value FROM setting WHERE key = 'a'", row -> row.text(0));
                store.database.writeAndWait(tx -> tx.update("UPDATE setting SET value = '2' WHERE key = 'a'"));
                Optional<String> after = session.first("SELECT value FROM setting WHERE key = 'a'", row -> row.text(0));
                assertThat(after).isEqualTo(before).contains("1");
                return after;
            });
            assertThat(get(store, "a")).contains("2");
        }
    }

    @Test
    void aMapperMayQueryWithTheStatementItIsIn() {
        try (TestStore store = new TestStore(temp)) {
            put(store, "a", "b").join();
            put(store, "b", "c").join();
            String sql = "SELECT value FROM setting WHERE key = ?";
            assertThat(store.database.<Optional<Optional<String>>>read(session ->
                            session.first(sql, row -> session.first(sql, inner -> inner.text(0), row.text(0)), "a")))
                    .contains(Optional.of("c"));
        }
    }

    @Test
    void aReaderCannotWrite() {
        try (TestStore store = new TestStore(temp)) {
            assertThatThrownBy(() -> store.database.read(
                            session -> session.first("DELETE FROM setting RETURNING key", row -> row.text(0))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("readonly");
        }
    }

    @Test
    void moreReadersThanConnectionsWaitAndThenGiveUpWithTheKeyToTurn() {
        try (TestStore store = new TestStore(temp, "skerry.store.readers=1", "skerry.store.patience=0.05S")) {
            store.database.read(session -> {
                assertThatThrownBy(() -> get(store, "a"))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("skerry.store.readers");
                return true;
            });
            assertThat(get(store, "a")).isEmpty();
        }
    }

    @Test
    void theWriterDoesNotWaitForItself() {
        try (TestStore store = new TestStore(temp)) {
            assertThatThrownBy(store.database.write(tx -> store.database.writeAndWait(inner -> true))::join)
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aNewerSchemaIsRefused() throws SQLException {
        new TestStore(temp).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("skerry.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 999");
        }
        assertThatThrownBy(() -> new TestStore(temp))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("schema 999")
                .hasMessageContaining("newer Skerry");
    }

    @Test
    void twoStoresNeverShareAFolder() {
        try (TestStore store = new TestStore(temp)) {
            assertThat(store.folder.path()).isEqualTo(temp);
            assertThatThrownBy(() -> new TestStore(temp))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use by another Skerry");
        }
        new TestStore(temp).close();
    }

    @Test
    void folderAndFilesAreForTheirOwnerAlone() throws IOException {
        Path folder = temp.resolve("deep/data");
        try (TestStore store = new TestStore(folder)) {
            put(store, "a", "1").join();
            assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            try (var files = Files.list(folder)) {
                assertThat(files.filter(file -> !file.endsWith("skerry.lock")))
                        .hasSizeGreaterThanOrEqualTo(4)
                        .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                                .isEqualTo(PosixFilePermissions.fromString("rw-------")));
            }
        }
    }

    @Test
    void writersOfManyThreadsLoseNothing() {
        try (TestStore store = new TestStore(temp)) {
            put(store, "n", "0").join();
            List<CompletableFuture<?>> increments = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                increments.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 100; i++) {
                        store.database.writeAndWait(
                                tx -> tx.update("UPDATE setting SET value = value + 1 WHERE key = 'n'"));
                    }
                }));
            }
            increments.forEach(CompletableFuture::join);
            assertThat(get(store, "n")).contains("800");
        }
    }

    private static CompletableFuture<Integer> put(TestStore store, String key, String value) {
        return store.database.write(tx -> tx.update(PUT, key, value));
    }

    private static Optional<String> get(TestStore store, String key) {
        return store.database.read(
                session -> session.first("SELECT value FROM setting WHERE key = ?", row -> row.text(0), key));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
