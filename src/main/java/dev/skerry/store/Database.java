package dev.skerry.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Where everything is kept. Thread-safe. */
public interface Database extends AutoCloseable {
    /** A unit of work that reads. */
    @FunctionalInterface
    interface Read<T> {
        T run(Session session);
    }

    /** A unit of work that writes: it happens as a whole or, when it throws, not at all. */
    @FunctionalInterface
    interface Write<T> {
        T run(Transaction transaction);
    }

    /**
     * Queues a unit for the writer. Units run one after the other in the order of the calls; those that wait together are committed together. The
     * future completes when the unit is on disk, or with what the unit threw, or with a {@link StoreException}: at once when
     * the queue is full ({@code skerry.store.queue}). It completes on the writer's thread: what hangs on it must be quick, or be handed on.
     */
    <T> CompletableFuture<T> write(Write<T> unit);

    /** {@link #write} and wait. Never on the writer's thread, never on an event loop. Throws what the unit threw. */
    default <T> T writeAndWait(Write<T> unit) {
        try {
            return write(unit).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /**
     * Runs the unit on the caller's thread. Each of its statements sees all that was acknowledged before it. Waits for a connection when
     * all ({@code skerry.store.readers}) are taken, and gives up with a {@link StoreException} after {@code skerry.store.patience}.
     */
    <T> T read(Read<T> unit);

    /** As {@link #read}, but all statements of the unit see one state. */
    <T> T snapshot(Read<T> unit);

    /** What the writer has done since the start. */
    Statistics statistics();

    /** Lets the queued units finish, then closes the files. Units that come later fail. */
    @Override
    void close();

    /** {@code units} were committed in {@code commits} transactions: each is one wait for the disk; {@code waiting} are in the queue now. */
    record Statistics(long units, long commits, int waiting) {}
}
