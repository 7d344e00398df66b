package dev.skerry.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes.
 *
 * <p>The dear part of a durable write is the wait for the disk, not the statement. So the units that gather in the queue during one commit share the
 * next: {@code BEGIN}, each unit within a {@code SAVEPOINT}, {@code COMMIT}. A unit that throws is rolled back to its savepoint and harms
 * nobody; a commit that fails fails all of its units. Nobody is told anything, success or failure, before the commit, since what a
 * unit saw of those before it is true only then.
 *
 * <p>Thread-safe; units, after-commit actions and the futures' dependents run on the writer's thread.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GroupCommit.class);

    /** A batch takes no more units when it has run as long: those at its head wait for its end. */
    private static final long LONGEST_BATCH = TimeUnit.MILLISECONDS.toNanos(20);

    private final SqliteConnection connection;
    private final int capacity;
    private final int maxBatch;
    private final BlockingQueue<Unit<?>> queue;
    private final Thread thread;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Unit<Boolean> last = new Unit<>(transaction -> true);
    private volatile boolean ended;
    private volatile long units;
    private volatile long commits;

    /** Takes the connection over. */
    GroupCommit(SqliteConnection connection, int capacity, int maxBatch) {
        this.connection = connection;
        this.capacity = capacity;
        this.maxBatch = maxBatch;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.thread = Thread.ofPlatform().name("skerry-store-writer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    <T> CompletableFuture<T> write(Database.Write<T> work) {
        Unit<T> unit = new Unit<>(work);
        if (closing.get()) {
            unit.future.completeExceptionally(stopped());
        } else if (!queue.offer(unit)) {
            unit.future.completeExceptionally(new StoreException("The store's write queue is full: " + capacity
                    + " units wait for the disk; try again, or raise skerry.store.queue"));
        } else if (ended && queue.remove(unit)) {
            unit.future.completeExceptionally(stopped());
        }
        return unit.future;
    }

    boolean isWriterThread() {
        return Thread.currentThread() == thread;
    }

    Database.Statistics statistics() {
        return new Database.Statistics(units, commits, queue.size());
    }

    /** Runs what is queued, then ends the thread and closes the connection. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                // The writer takes from the queue until it meets this unit, so there will be room.
                if (queue.contains(last) || queue.offer(last, 100, TimeUnit.MILLISECONDS)) {
                    thread.join(100);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        connection.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Unit<?>> batch = new ArrayList<>();
        boolean more = true;
        while (more) {
            try {
                more = commit(queue.take(), batch);
            } catch (InterruptedException e) {
                LOG.debug("The writer is ended by close() alone", e);
            }
            batch.clear();
        }
        ended = true;
        for (Unit<?> unit = queue.poll(); unit != null; unit = queue.poll()) {
            unit.future.completeExceptionally(stopped());
        }
    }

    /** Runs a batch that begins with the unit; false if the last one was in it. */
    private boolean commit(Unit<?> first, List<Unit<?>> batch) {
        long began = System.nanoTime();
        boolean more = true;
        try {
            connection.update("BEGIN IMMEDIATE");
            Unit<?> unit = first;
            while (unit != null) {
                batch.add(unit);
                more &= unit != last;
                unit.run(connection);
                boolean full = batch.size() >= maxBatch || System.nanoTime() - began > LONGEST_BATCH;
                unit = full ? null : queue.poll();
            }
            connection.update("COMMIT");
        } catch (StoreException | OutOfMemoryError e) {
            rollback();
            if (batch.isEmpty()) {
                batch.add(first);
                more &= first != last;
            }
            batch.forEach(unit -> unit.fail(e));
        }
        units += batch.size();
        commits++;
        batch.forEach(Unit::finish);
        return more;
    }

    private void rollback() {
        try {
            connection.execute("ROLLBACK");
        } catch (StoreException e) {
            LOG.debug("Nothing to roll back: SQLite has done it by itself", e);
        }
    }

    private static StoreException stopped() {
        return new StoreException("The store is closed");
    }

    /** One caller's work, and what became of it. */
    private static final class Unit<T> {
        private final Database.Write<T> work;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private final List<Runnable> afterCommit = new ArrayList<>(1);
        private @Nullable T result;
        private @Nullable Throwable failure;

        Unit(Database.Write<T> work) {
            this.work = work;
        }

        /** Throws only when the whole transaction is lost. */
        void run(SqliteConnection connection) {
            connection.update("SAVEPOINT unit");
            try {
                result = work.run(new OpenTransaction(connection, afterCommit));
            } catch (Throwable e) {
                failure = e;
                connection.update("ROLLBACK TO unit");
            }
            connection.update("RELEASE unit");
        }

        void fail(Throwable cause) {
            failure = cause;
        }

        @SuppressWarnings("NullAway") // A unit may return null: then T allows it.
        void finish() {
            if (failure != null) {
                future.completeExceptionally(failure);
                return;
            }
            for (Runnable action : afterCommit) {
                try {
                    action.run();
                } catch (RuntimeException | OutOfMemoryError e) {
                    LOG.error("An action after a commit failed", e);
                }
            }
            future.complete(result);
        }
    }

    private record OpenTransaction(SqliteConnection connection, List<Runnable> actions) implements Transaction {
        @Override
        public int update(String sql, @Nullable Object... parameters) {
            return connection.update(sql, parameters);
        }

        @Override
        public void afterCommit(Runnable action) {
            actions.add(action);
        }

        @Override
        public <T> List<T> list(String sql, Row.Mapper<T> mapper, @Nullable Object... parameters) {
            return connection.list(sql, mapper, parameters);
        }

        @Override
        public <T> java.util.Optional<T> first(String sql, Row.Mapper<T> mapper, @Nullable Object... parameters) {
            return connection.first(sql, mapper, parameters);
        }
    }
}
