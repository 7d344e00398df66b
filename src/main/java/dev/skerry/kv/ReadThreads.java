package dev.skerry.kv;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The threads that wait for the store, so that no other has to. Thread-safe. */
final class ReadThreads implements Executor, AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final int queue;

    ReadThreads(int count, int queue) {
        this.queue = queue;
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().name("skerry-kv-", 1).daemon().factory());
    }

    /** Has a thread do it; the future fails at once, with a {@link KvException}, when too much waits already. */
    <T> CompletableFuture<T> submit(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, this);
        } catch (KvException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** @throws KvException when too much waits already */
    @Override
    public void execute(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            throw new KvException(
                    503, "Service Unavailable: " + queue + " reads wait for the store already (skerry.kv.queue).");
        }
    }

    /** What waits is dropped; what runs ends by itself. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
