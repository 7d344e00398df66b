package dev.skerry.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The connections that read: opened when first needed, at most as many as configured, the one that was used last first. Thread-safe. */
final class Readers implements AutoCloseable {
    private final Path file;
    private final int limit;
    private final Duration patience;
    private final AtomicInteger opened = new AtomicInteger();
    private final BlockingDeque<SqliteConnection> idle = new LinkedBlockingDeque<>();
    private volatile boolean closed;

    Readers(Path file, int limit, Duration patience) {
        this.file = file;
        this.limit = limit;
        this.patience = patience;
    }

    <T> T with(Function<SqliteConnection, T> use) {
        SqliteConnection connection = take();
        try {
            return use.apply(connection);
        } finally {
            idle.addFirst(connection);
            if (closed) {
                closeIdle();
            }
        }
    }

    /** Readers that are at work close theirs when they are done. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private SqliteConnection take() {
        if (closed) {
            throw new StoreException("The store is closed");
        }
        SqliteConnection connection = idle.pollFirst();
        if (connection == null && opened.get() < limit) {
            connection = open();
        }
        if (connection == null) {
            connection = await();
        }
        if (connection == null) {
            throw new StoreException("No connection to read with for " + patience.toMillis() + " ms: all " + limit
                    + " are busy; try again, or raise skerry.store.readers");
        }
        return connection;
    }

    private @Nullable SqliteConnection open() {
        if (opened.incrementAndGet() > limit) {
            opened.decrementAndGet();
            return null;
        }
        try {
            return new SqliteConnection(file, SqliteConnection.Use.READ, patience);
        } catch (StoreException e) {
            opened.decrementAndGet();
            throw e;
        }
    }

    private @Nullable SqliteConnection await() {
        try {
            return idle.pollFirst(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while waiting for a connection to read with", e);
        }
    }

    private void closeIdle() {
        for (SqliteConnection connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            connection.close();
        }
    }
}
