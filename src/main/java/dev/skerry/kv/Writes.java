package dev.skerry.kv;

import dev.skerry.binding.Body;
import dev.skerry.binding.ByteSource;
import dev.skerry.model.Bytes;
import dev.skerry.store.Database;
import dev.skerry.store.KvContentTable;
import dev.skerry.store.KvTable;
import dev.skerry.store.KvTable.Attributes;
import dev.skerry.store.Transaction;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Writes of keys. Thread-safe; nothing waits. */
final class Writes {
    private final Database database;
    private final KvTable table;
    private final Contents contents;
    private final KvCache cache;
    private final ReadThreads threads;

    Writes(Database database, KvTable table, Contents contents, KvCache cache, ReadThreads threads) {
        this.database = database;
        this.table = table;
        this.contents = contents;
        this.cache = cache;
        this.threads = threads;
    }

    CompletableFuture<Void> put(Keyspace keyspace, String key, Body value, Attributes attributes) {
        return switch (value) {
            case Body.Empty empty -> whole(keyspace, key, Bytes.EMPTY, attributes);
            case Body.Text(String text) -> put(keyspace, key, Bytes.utf8(text), attributes);
            case Body.Bytes(ByteBuffer bytes) -> put(keyspace, key, bytes(bytes), attributes);
            case Body.Streamed(ByteSource source) -> upload(keyspace, key, source, attributes);
        };
    }

    CompletableFuture<Void> delete(Keyspace keyspace, String key) {
        Runnable deleted = () -> cache.end(keyspace, key, Optional.empty());
        return write(keyspace, key, 0, deleted, transaction -> {
            table.delete(transaction, keyspace.id(), Bytes.utf8(key));
            return true;
        });
    }

    private CompletableFuture<Void> put(Keyspace keyspace, String key, Bytes value, Attributes attributes) {
        return value.size() <= KvContentTable.CHUNK
                ? whole(keyspace, key, value, attributes)
                : upload(keyspace, key, new OneSource(value), attributes);
    }

    private CompletableFuture<Void> whole(Keyspace keyspace, String key, Bytes value, Attributes attributes) {
        Bytes name = Bytes.utf8(key);
        Entry entry = new Entry(value, attributes.metadata(), attributes.expires());
        Runnable put = () -> cache.end(keyspace, key, Optional.of(entry));
        return write(keyspace, key, value.size(), put, transaction -> {
            if (value.size() <= KvTable.MOST_INLINE) {
                return table.put(transaction, keyspace.id(), name, value, attributes);
            }
            long content = contents.create(transaction, value);
            return table.put(transaction, keyspace.id(), name, content, value.size(), attributes);
        });
    }

    private CompletableFuture<Void> upload(Keyspace keyspace, String key, ByteSource source, Attributes attributes) {
        return Upload.write(contents, threads, source, new Upload.Target() {
            @Override
            public CompletableFuture<Void> whole(Bytes value) {
                return Writes.this.whole(keyspace, key, value, attributes);
            }

            @Override
            public CompletableFuture<Void> rest(long content, int n, Bytes last, int size) {
                Runnable put = () -> cache.abandon(keyspace, key);
                return write(keyspace, key, size, put, transaction -> {
                    contents.append(transaction, content, n, last);
                    return table.put(transaction, keyspace.id(), Bytes.utf8(key), content, size, attributes);
                });
            }
        });
    }

    /**
     * The way of every write of one key; {@link KvCache} tells why it is so. The unit is false where there is no namespace; {@code committed} ends the write in
     * the cache.
     */
    private CompletableFuture<Void> write(
            Keyspace keyspace, String key, int size, Runnable committed, Predicate<Transaction> unit) {
        long begun = System.nanoTime();
        cache.begin(keyspace, key);
        return database.write(transaction -> {
                    if (!unit.test(transaction)) {
                        throw new KvException(404, "Not Found: there is no namespace " + keyspace.id() + ".");
                    }
                    transaction.afterCommit(committed);
                    return true;
                })
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        keyspace.meter().write(begun, size);
                    } else {
                        cache.abandon(keyspace, key);
                    }
                })
                .thenAccept(done -> {});
    }

    private static Bytes bytes(ByteBuffer buffer) {
        if (buffer.position() == 0 && buffer.arrayOffset() == 0 && buffer.array().length == buffer.limit()) {
            return Bytes.wrap(buffer.array());
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return Bytes.wrap(copy);
    }

    /** A value as a source of one piece. Confined to its reader. */
    private static final class OneSource implements ByteSource {
        private final int length;
        private Optional<ByteBuffer> piece;

        OneSource(Bytes value) {
            this.length = value.size();
            this.piece = Optional.of(ByteBuffer.wrap(value.array()));
        }

        @Override
        public CompletionStage<Optional<ByteBuffer>> read() {
            Optional<ByteBuffer> next = piece;
            piece = Optional.empty();
            return CompletableFuture.completedStage(next);
        }

        @Override
        public void cancel(String reason) {
            piece = Optional.empty();
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(length);
        }
    }
}
