package dev.skerry.kv;

import dev.skerry.binding.ByteSource;
import dev.skerry.model.Bytes;
import dev.skerry.store.Database;
import dev.skerry.store.KvContentTable;
import dev.skerry.store.KvTable.Stored;
import dev.skerry.store.Session;
import dev.skerry.store.Transaction;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Values of more than one chunk, read and written in pieces. Thread-safe. */
final class Contents {
    private final Cleaner forgotten = Cleaner.create();
    private final Database database;
    private final ReadThreads threads;
    private final KvContentTable table = new KvContentTable();
    private final Pins pins = new Pins();

    Contents(Database database, ReadThreads threads) {
        this.database = database;
        this.threads = threads;
    }

    /** Whether an entry that was found holds all of its value. */
    static boolean whole(Stored stored) {
        return stored.bytes().size() == stored.size();
    }

    /** All bytes of a value; the session must see the state in which the entry was found. */
    Bytes read(Session session, Stored stored) {
        if (whole(stored)) {
            return stored.bytes();
        }
        byte[] all = new byte[stored.size()];
        int at = copy(stored.bytes().array(), all, 0);
        for (int n = 1; at < all.length; n++) {
            at = copy(table.chunk(session, stored.content(), n).orElseThrow(() -> broken(stored.content())), all, at);
        }
        return Bytes.wrap(all);
    }

    /** The value as a source, whose content stays while it is read; empty if the entry was changed meanwhile: look again. */
    Optional<ByteSource> open(Stored stored) {
        if (!pins.pin(stored.content())) {
            return Optional.empty();
        }
        if (database.read(session -> table.exists(session, stored.content()))) {
            return Optional.of(new Source(stored));
        }
        pins.unpin(stored.content());
        return Optional.empty();
    }

    /** Makes the content of a value that is all there, at most a chunk. */
    long create(Transaction transaction, Bytes value) {
        long content = table.create(transaction);
        table.append(transaction, content, 0, value);
        return content;
    }

    /** Begins a content with its first chunk. It is pinned for whoever has it written, who gives it to {@link #held}. */
    CompletableFuture<Long> begin(Bytes chunk) {
        AtomicLong made = new AtomicLong();
        CompletableFuture<Long> begun = database.write(transaction -> {
            long content = create(transaction, chunk);
            pins.pin(content);
            made.set(content);
            return content;
        });
        begun.whenComplete((content, failure) -> {
            if (failure != null) {
                pins.unpin(made.get());
            }
        });
        return begun;
    }

    /** Writes the next chunk of a content. */
    CompletableFuture<Boolean> append(long content, int n, Bytes chunk) {
        return database.write(transaction -> {
            append(transaction, content, n, chunk);
            return true;
        });
    }

    void append(Transaction transaction, long content, int n, Bytes chunk) {
        table.append(transaction, content, n, chunk);
    }

    /** Gives a pin back when it is cleaned or, should that be forgotten, when the holder is garbage. */
    Cleaner.Cleanable held(Object holder, long content) {
        return forgotten.register(holder, new Pin(pins, content));
    }

    /** Removes up to {@code limit} contents that nobody has, beginning after one; the last that was looked at, empty at the end. Waits for the store. */
    Optional<Long> sweep(long after, int limit) {
        var unused = database.read(session -> table.unused(session, after, limit));
        for (long content : unused) {
            // What the store showed is committed: no entry that points to it can be found any more by those who come.
            if (pins.condemn(content)) {
                try {
                    database.writeAndWait(transaction -> {
                        table.delete(transaction, content);
                        return content;
                    });
                } finally {
                    pins.removed(content);
                }
            }
        }
        return unused.isEmpty() ? Optional.empty() : Optional.of(unused.getLast());
    }

    private static int copy(byte[] from, byte[] to, int at) {
        System.arraycopy(from, 0, to, at, from.length);
        return at + from.length;
    }

    private static IllegalStateException broken(long content) {
        return new IllegalStateException("The store lacks a part of the value " + content);
    }

    /** Gives a pin back once. */
    private static final class Pin implements Runnable {
        private final Pins pins;
        private final long content;

        Pin(Pins pins, long content) {
            this.pins = pins;
            this.content = content;
        }

        @Override
        public void run() {
            pins.unpin(content);
        }
    }

    /** Reads a chunk at a time, when it is asked for. For one reader, whose calls come one after the other. */
    private final class Source implements ByteSource {
        private final Stored stored;
        private final Cleaner.Cleanable pin;
        private int next;
        private int given;

        Source(Stored stored) {
            this.stored = stored;
            this.pin = held(this, stored.content());
        }

        @Override
        public CompletionStage<Optional<ByteBuffer>> read() {
            if (given == stored.size()) {
                pin.clean();
                return CompletableFuture.completedStage(Optional.empty());
            }
            int n = next++;
            if (n == 0) {
                return CompletableFuture.completedStage(give(stored.bytes().array()));
            }
            return threads.submit(() -> database.read(session -> table.chunk(session, stored.content(), n)))
                    .thenApply(chunk -> give(chunk.orElseThrow(() -> broken(stored.content()))));
        }

        private Optional<ByteBuffer> give(byte[] chunk) {
            given += chunk.length;
            return Optional.of(ByteBuffer.wrap(chunk));
        }

        @Override
        public void cancel(String reason) {
            given = stored.size();
            pin.clean();
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(stored.size());
        }
    }
}
