package dev.skerry.kv;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.model.Bytes;
import dev.skerry.store.Database;
import dev.skerry.store.KvTable;
import dev.skerry.store.KvTable.Attributes;
import dev.skerry.store.KvTable.Stored;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of keys: from the cache, which does not wait, and from the store, which does. Thread-safe. */
final class Reads {
    private final Database database;
    private final KvTable table;
    private final Contents contents;
    private final KvCache cache;
    private final InstantSource clock;

    Reads(Database database, KvTable table, Contents contents, KvCache cache, InstantSource clock) {
        this.database = database;
        this.table = table;
        this.contents = contents;
        this.cache = cache;
        this.clock = clock;
    }

    /** What the cache knows of a key; null if nothing. */
    @Nullable
    Optional<Entry> cached(Keyspace keyspace, String key) {
        Optional<Entry> known = cache.get(keyspace, key);
        if (known == null) {
            return null;
        }
        Optional<Entry> alive = alive(known);
        keyspace.meter().hit(alive.isPresent() ? alive.get().size() : 0);
        return alive;
    }

    /** The entry from the cache or the store. */
    Optional<Entry> read(Keyspace keyspace, String key) {
        Optional<Entry> known = cached(keyspace, key);
        if (known != null) {
            return known;
        }
        long begun = System.nanoTime();
        long stamp = cache.stamp(keyspace, key);
        Optional<Entry> found = stored(keyspace, key)
                .flatMap(stored -> Contents.whole(stored) ? Optional.of(entry(stored)) : readLarge(keyspace, key));
        return found(keyspace, key, begun, stamp, found);
    }

    /** The same, its value for one reader. */
    Optional<KvStore.Opened> open(Keyspace keyspace, String key) {
        Optional<Entry> known = cached(keyspace, key);
        if (known != null) {
            return known.map(Reads::opened);
        }
        long begun = System.nanoTime();
        while (true) {
            long stamp = cache.stamp(keyspace, key);
            Optional<Stored> found = stored(keyspace, key);
            if (found.isEmpty() || Contents.whole(found.get())) {
                return found(keyspace, key, begun, stamp, found.map(Reads::entry))
                        .map(Reads::opened);
            }
            Stored stored = found.get();
            if (stored.attributes().expires() <= now()) {
                return Optional.empty();
            }
            Optional<ByteSource> source = contents.open(stored);
            if (source.isPresent()) {
                keyspace.meter().read(begun, stored.size());
                return Optional.of(
                        new KvStore.Opened(new Body.Streamed(source.get()), stored.size(), stored.attributes()));
            }
            // Another value was put in the meantime.
        }
    }

    /** Bytes of their own: the reader may change them. */
    static KvStore.Opened opened(Entry entry) {
        return new KvStore.Opened(
                new Body.Bytes(ByteBuffer.wrap(entry.value().array().clone())),
                entry.size(),
                new Attributes(entry.metadata(), entry.expires()));
    }

    /** Seconds since 1970. */
    long now() {
        return clock.millis() / 1000;
    }

    private Optional<Entry> found(Keyspace keyspace, String key, long begun, long stamp, Optional<Entry> found) {
        cache.fill(keyspace, key, stamp, found);
        Optional<Entry> alive = alive(found);
        keyspace.meter().read(begun, alive.map(Entry::size).orElse(0));
        return alive;
    }

    private Optional<Stored> stored(Keyspace keyspace, String key) {
        return database.read(session -> table.find(session, keyspace.id(), Bytes.utf8(key)));
    }

    /** Entry and chunks of one state. */
    private Optional<Entry> readLarge(Keyspace keyspace, String key) {
        return database.snapshot(session -> table.find(session, keyspace.id(), Bytes.utf8(key))
                .map(stored -> entry(contents.read(session, stored), stored.attributes())));
    }

    private Optional<Entry> alive(Optional<Entry> entry) {
        return entry.isPresent()
                        && entry.get().expires() != KvTable.NEVER
                        && entry.get().expires() <= now()
                ? Optional.empty()
                : entry;
    }

    private static Entry entry(Stored stored) {
        return entry(stored.bytes(), stored.attributes());
    }

    private static Entry entry(Bytes value, Attributes attributes) {
        return new Entry(value, attributes.metadata(), attributes.expires());
    }
}
