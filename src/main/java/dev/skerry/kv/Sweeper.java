package dev.skerry.kv;

import dev.skerry.model.KvNamespace;
import dev.skerry.store.Database;
import dev.skerry.store.KvTable;
import dev.skerry.store.NamespaceTable;
import dev.skerry.store.StoreException;
import dev.skerry.store.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Removes entries that have expired or lost their namespace, and contents that no entry has. Nobody can see any of them: it gives room back, and is in
 * no hurry. One step is one unit of the writer, and other units come between two steps. Works on a thread of its own.
 */
final class Sweeper implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    private final Database database;
    private final KvTable table;
    private final NamespaceTable namespaces = new NamespaceTable();
    private final Contents contents;
    private final InstantSource clock;
    private final int step;
    private final Consumer<Set<String>> existing;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("skerry-kv-sweeper").daemon().factory());

    /**
     * @param step entries of one step
     * @param existing is told the ids of all namespaces, for those who remember some
     */
    Sweeper(
            Database database,
            KvTable table,
            Contents contents,
            InstantSource clock,
            int step,
            Consumer<Set<String>> existing) {
        this.database = database;
        this.table = table;
        this.contents = contents;
        this.clock = clock;
        this.step = step;
        this.existing = existing;
    }

    void start(Duration interval) {
        thread.scheduleWithFixedDelay(this::run, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run() {
        try {
            sweep();
        } catch (StoreException e) {
            LOG.warn("Sweeping KV failed; the next round tries again", e);
        } catch (RuntimeException | OutOfMemoryError e) {
            // It would end the schedule.
            LOG.error("Sweeping KV failed", e);
        }
    }

    /** One round. */
    void sweep() {
        long now = clock.millis() / 1000;
        steps(transaction -> table.sweep(transaction, now, step));
        existing.accept(
                database.read(namespaces::all).stream().map(KvNamespace::id).collect(Collectors.toUnmodifiableSet()));
        steps(transaction -> table.purge(transaction, step));
        Optional<Long> last = Optional.of(0L);
        while (last.isPresent() && !thread.isShutdown()) {
            last = contents.sweep(last.get(), step);
        }
    }

    /** Until there is less to do than one step. */
    private void steps(ToIntFunction<Transaction> work) {
        int done = step;
        while (done >= step && !thread.isShutdown()) {
            done = database.writeAndWait(work::applyAsInt);
        }
    }

    /** Waits for the step that runs. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("A step of sweeping KV does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
