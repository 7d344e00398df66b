package dev.skerry.kv;

import dev.skerry.binding.Body;
import dev.skerry.model.Bytes;
import dev.skerry.store.Database;
import dev.skerry.store.KvTable;
import dev.skerry.store.KvTable.Attributes;
import dev.skerry.telemetry.KvTelemetry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of all namespaces. Reads see the last acknowledged write, whoever made it; a write is acknowledged when it is durable.
 *
 * <p>Thread-safe; no method blocks but {@link #close}. Futures fail with {@link KvException} where KV says no, and complete on threads where nothing may
 * take long. Keys are well-formed Unicode and were checked ({@link KvRules#checkKey}).
 */
@Singleton
public final class KvStore implements AutoCloseable {
    private final Database database;
    private final KvTable table = new KvTable();
    private final KvCache cache;
    private final ReadThreads threads;
    private final Reads reads;
    private final Writes writes;
    private final Sweeper sweeper;
    private final KvTelemetry telemetry;
    private final int step;
    private final Map<String, Keyspace> keyspaces = new ConcurrentHashMap<>();

    @Inject
    public KvStore(Database database, KvConfig config, KvTelemetry telemetry) {
        this(database, config, telemetry, InstantSource.system());
    }

    KvStore(Database database, KvConfig config, KvTelemetry telemetry, InstantSource clock) {
        this.database = database;
        this.telemetry = telemetry;
        this.step = config.step();
        this.cache = new KvCache(config.cache().bytes());
        this.threads = new ReadThreads(config.readers(), config.queue());
        Contents contents = new Contents(database, threads);
        this.reads = new Reads(database, table, contents, cache, clock);
        this.writes = new Writes(database, table, contents, cache, threads);
        this.sweeper = new Sweeper(database, table, contents, clock, step, this::keepOnly);
        sweeper.start(config.sweepInterval());
    }

    /** A value that is read piece by piece, by one reader. */
    public record Opened(Body body, int size, Attributes attributes) {}

    /** The namespace of that id. There need not be one: then it is empty, and writing to it fails with 404. */
    public Keyspace keyspace(String id) {
        Keyspace known = keyspaces.get(id);
        return known != null
                ? known
                : keyspaces.computeIfAbsent(id, made -> new Keyspace(made, telemetry.namespace(made)));
    }

    /** What memory knows of a key: its entry, or that it has none; null if it knows nothing. */
    public @Nullable Optional<Entry> cached(Keyspace keyspace, String key) {
        return reads.cached(keyspace, key);
    }

    /** The entry of a key from the store, its value as a whole. */
    public CompletableFuture<Optional<Entry>> find(Keyspace keyspace, String key) {
        return threads.submit(() -> reads.read(keyspace, key));
    }

    /** The entries of keys, in their order; 25 MiB in all at most. */
    public CompletableFuture<List<Optional<Entry>>> findAll(Keyspace keyspace, List<String> keys) {
        return threads.submit(() -> {
            List<Optional<Entry>> found = new ArrayList<>();
            long size = 0;
            for (String key : keys) {
                Optional<Entry> entry = reads.read(keyspace, key);
                size += entry.map(Entry::size).orElse(0);
                if (size > KvRules.MAX_VALUE) {
                    throw new KvException(413, "Total size of request exceeds the limit of 25MB");
                }
                found.add(entry);
            }
            return found;
        });
    }

    /** The entry of a key, its value for one reader. It stays that value while it is read, whatever becomes of the key. */
    public CompletableFuture<Optional<Opened>> open(Keyspace keyspace, String key) {
        return threads.submit(() -> reads.open(keyspace, key));
    }

    /** What goes with a value, as it was asked for; {@code ttl}, in seconds, goes before {@code expiration}, in seconds since 1970. */
    public Attributes attributes(Optional<Long> expiration, Optional<Long> ttl, Optional<String> metadata) {
        KvRules.checkMetadata(metadata);
        return new Attributes(metadata, KvRules.expires(expiration, ttl, reads.now()));
    }

    /** Puts a value. Bytes are taken over; a source is read to its end, or cancelled. */
    public CompletableFuture<Void> put(Keyspace keyspace, String key, Body value, Attributes attributes) {
        return writes.put(keyspace, key, value, attributes);
    }

    /** Removes a key, or finds that it is not there. */
    public CompletableFuture<Void> delete(Keyspace keyspace, String key) {
        return writes.delete(keyspace, key);
    }

    /** A page of keys, in the order of their UTF-8. */
    public CompletableFuture<Listing> list(Keyspace keyspace, String prefix, Optional<String> cursor, int limit) {
        KvRules.checkLimit(limit);
        KvRules.checkLength(prefix);
        Listing.Range range = Listing.Range.of(prefix, cursor);
        return threads.submit(() -> {
            long begun = System.nanoTime();
            var rows = database.read(
                    session -> table.list(session, keyspace.id(), range.from(), range.to(), limit + 1, reads.now()));
            keyspace.meter().list(begun);
            return Listing.of(rows, limit);
        });
    }

    /**
     * Gives a namespace the entries of another. Small values are copied, larger ones shared. It goes on in small steps between other writes: each key
     * gets a value that it had in the source during that time. Keys that the target has stay as they are.
     */
    public CompletableFuture<Void> copy(Keyspace source, Keyspace target) {
        return copy(source, target, Bytes.EMPTY).whenComplete((nothing, failure) -> cache.forget(target));
    }

    /** To be called when a namespace was deleted: nothing of it can be read any more. What it takes on disk is swept later. */
    public void forget(Keyspace keyspace) {
        cache.forget(keyspace);
        keyspaces.remove(keyspace.id(), keyspace);
    }

    /** One round of what is done every {@code skerry.kv.sweep-interval}. Waits for the store. */
    void sweep() {
        sweeper.sweep();
    }

    @Override
    @PreDestroy
    public void close() {
        sweeper.close();
        threads.close();
    }

    private CompletableFuture<Void> copy(Keyspace source, Keyspace target, Bytes from) {
        return database.write(transaction -> table.copy(transaction, source.id(), target.id(), from, step, reads.now()))
                .thenCompose(next ->
                        next.isEmpty() ? CompletableFuture.completedFuture(null) : copy(source, target, next.get()));
    }

    private void keepOnly(Set<String> existing) {
        for (Keyspace keyspace : keyspaces.values()) {
            if (!existing.contains(keyspace.id())) {
                forget(keyspace);
            }
        }
    }
}
