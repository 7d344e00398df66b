package dev.skerry.store;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The database as one SQLite file, {@code skerry.db} of the data folder. Thread-safe. */
public final class SqliteDatabase implements Database {
    /** The file's name in the data folder. */
    static final String FILE = "skerry.db";

    private final GroupCommit writer;
    private final Readers readers;

    private SqliteDatabase(GroupCommit writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    /**
     * Opens the file, made and brought to the newest schema where need be.
     *
     * @throws StoreException when the file cannot be used, or a newer Skerry has written it
     */
    public static SqliteDatabase open(DataFolder folder, StoreConfig.Tuning tuning) {
        SqliteLibrary.prepare(folder);
        Path file = folder.privateFile(FILE);
        SqliteConnection connection = new SqliteConnection(file, SqliteConnection.Use.WRITE, tuning.patience());
        try {
            Migrations.run(connection);
        } catch (StoreException e) {
            connection.close();
            throw e;
        }
        GroupCommit writer = new GroupCommit(connection, tuning.queue(), tuning.batch());
        writer.start();
        return new SqliteDatabase(writer, new Readers(file, tuning.readers(), tuning.patience()));
    }

    @Override
    public <T> CompletableFuture<T> write(Write<T> unit) {
        return writer.write(unit);
    }

    @Override
    public <T> T writeAndWait(Write<T> unit) {
        if (writer.isWriterThread()) {
            throw new IllegalStateException("The writer's thread cannot wait for itself");
        }
        return Database.super.writeAndWait(unit);
    }

    @Override
    public <T> T read(Read<T> unit) {
        return readers.with(unit::run);
    }

    @Override
    public <T> T snapshot(Read<T> unit) {
        return readers.with(connection -> {
            connection.update("BEGIN");
            try {
                return unit.run(connection);
            } finally {
                connection.update("COMMIT");
            }
        });
    }

    @Override
    public Statistics statistics() {
        return writer.statistics();
    }

    @Override
    public void close() {
        // The writer last: SQLite folds the log into the file when the last connection closes.
        readers.close();
        writer.close();
    }
}
