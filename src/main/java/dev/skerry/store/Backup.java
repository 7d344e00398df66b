package dev.skerry.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Copies of the database as one file, made while a server writes to it, and put back while none does. The key that seals secrets is not in it, on purpose:
 * whoever has the copy alone reads no secret. Stateless.
 */
public final class Backup {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private Backup() {}

    /**
     * Writes all that was committed when it began to a new file, for its owner alone, and has it on disk when it returns. Does not need the folder's lock.
     *
     * @param data the data folder
     * @throws StoreException when there is no database, or there is a file already, or it cannot be written
     */
    public static void write(Path data, Path target) {
        Path database = data.resolve(SqliteDatabase.FILE);
        if (!Files.isRegularFile(database)) {
            throw new StoreException("There is no database " + database.toAbsolutePath()
                    + "; name the configuration that has the right skerry.data");
        }
        if (Files.exists(target)) {
            throw new StoreException("The file " + target.toAbsolutePath() + " is there already; name a new one");
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            DataFolder.createPrivate(part);
            try (SqliteConnection connection = new SqliteConnection(database, SqliteConnection.Use.WRITE, PATIENCE)) {
                // One read transaction: it sees one state, and holds nobody up.
                connection.update("VACUUM INTO ?", part.toString());
            }
            sync(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StoreException("The backup " + target.toAbsolutePath() + " cannot be written: " + e, e);
        } finally {
            delete(part);
        }
    }

    /**
     * Puts a backup in the place of the folder's database, once it has been found whole.
     *
     * @return the folder with what was there before; empty if nothing was
     * @throws StoreException when the backup is none, or of a newer Skerry: then nothing is changed
     */
    public static Optional<Path> restore(DataFolder folder, Path backup) {
        if (!Files.isReadable(backup)) {
            throw new StoreException("There is no readable file " + backup.toAbsolutePath());
        }
        Path database = folder.path().resolve(SqliteDatabase.FILE);
        Path fresh = folder.path().resolve(SqliteDatabase.FILE + ".restoring");
        try {
            Files.deleteIfExists(fresh);
            DataFolder.createPrivate(fresh);
            try (OutputStream copy = Files.newOutputStream(fresh)) {
                Files.copy(backup, copy);
            }
            check(fresh, backup);
            sync(fresh);
            Optional<Path> before = Files.exists(database) ? Optional.of(setAside(folder.path())) : Optional.empty();
            Files.move(fresh, database, StandardCopyOption.ATOMIC_MOVE);
            return before;
        } catch (IOException e) {
            throw new StoreException(
                    "The backup cannot be put into " + folder.path().toAbsolutePath() + ": " + e, e);
        } finally {
            delete(fresh);
        }
    }

    private static void check(Path copy, Path backup) {
        try (SqliteConnection connection = new SqliteConnection(copy, SqliteConnection.Use.WRITE, PATIENCE)) {
            String verdict = connection
                    .first("PRAGMA integrity_check(1)", row -> row.text(0))
                    .orElseThrow();
            if (!verdict.equals("ok")) {
                throw new StoreException("The backup " + backup + " is damaged: " + verdict);
            }
            Migrations.check(connection);
        } catch (StoreException e) {
            throw new StoreException(
                    backup.toAbsolutePath() + " is no backup of Skerry that can be used: " + e.getMessage(), e);
        }
    }

    /** The log goes first: without its database it is nothing, and with another one it would be poison. */
    private static Path setAside(Path folder) throws IOException {
        Path aside = Files.createDirectory(folder.resolve("before-restore-" + STAMP.format(Instant.now())));
        for (String suffix : List.of("-wal", "-shm", "")) {
            Path file = folder.resolve(SqliteDatabase.FILE + suffix);
            if (Files.exists(file)) {
                Files.move(file, aside.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return aside;
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StoreException("The file " + file.toAbsolutePath() + " cannot be removed: " + e, e);
        }
    }
}
