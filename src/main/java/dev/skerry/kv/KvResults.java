package dev.skerry.kv;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.Weighty;
import dev.skerry.store.KvTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@link KvHost} gives to {@code js/bindings/kv.js}, which reads it by calling. */
public final class KvResults {
    private KvResults() {}

    /** A value that is all there, with its metadata. Immutable. */
    public record Found(Entry entry) implements Weighty {
        @Override
        public long weight() {
            return entry.size();
        }

        @GuestCallable
        public String text() {
            return entry.value().utf8();
        }

        /** Bytes of its own: the guest may change them. */
        @GuestCallable
        public ByteBuffer bytes() {
            return ByteBuffer.wrap(entry.value().array().clone());
        }

        @GuestCallable
        public @Nullable String metadata() {
            return entry.metadata().orElse(null);
        }
    }

    /** A value that is read once, piece by piece, with its metadata. Immutable but for the body. */
    public record FoundBody(KvStore.Opened opened) {
        @GuestCallable
        public Object body() {
            return opened.body();
        }

        @GuestCallable
        public @Nullable String metadata() {
            return opened.attributes().metadata().orElse(null);
        }
    }

    /** Keys that are read together. Confined to one isolate, but while it is read: then {@link #fill} comes from elsewhere, before the operation ends. */
    public static final class Batch {
        private final List<String> names = new ArrayList<>();
        private List<Optional<Entry>> found = List.of();

        Batch(int size) {
            if (size > KvRules.MAX_KEYS) {
                throw new KvException(400, "You can request a maximum of " + KvRules.MAX_KEYS + " keys");
            }
            if (size < 1) {
                throw new KvException(400, "You must request a minimum of 1 key");
            }
        }

        @GuestCallable
        public void add(String name) {
            names.add(name);
        }

        /** The value of the key at an index, from 0 on; null if there is none. */
        @GuestCallable
        public @Nullable String text(int index) {
            return found.get(index).map(entry -> entry.value().utf8()).orElse(null);
        }

        @GuestCallable
        public @Nullable String metadata(int index) {
            return found.get(index).flatMap(Entry::metadata).orElse(null);
        }

        List<String> names() {
            return List.copyOf(names);
        }

        void fill(List<Optional<Entry>> entries) {
            found = entries;
        }

        /** Whether the source knows all of them (null: it does not). */
        boolean fill(Function<String, @Nullable Optional<Entry>> source) {
            List<Optional<Entry>> known = new ArrayList<>();
            for (String name : names) {
                Optional<Entry> entry = source.apply(name);
                if (entry == null) {
                    return false;
                }
                known.add(entry);
            }
            found = known;
            return true;
        }
    }

    /** A page of keys. Immutable. */
    public record Page(Listing listing) {
        @GuestCallable
        public int size() {
            return listing.keys().size();
        }

        @GuestCallable
        public String name(int index) {
            return listing.keys().get(index).name();
        }

        /** Seconds since 1970; 0 for a key that does not expire. */
        @GuestCallable
        public double expiration(int index) {
            long expires = listing.keys().get(index).attributes().expires();
            return expires == KvTable.NEVER ? 0 : expires;
        }

        /** JSON, or null. */
        @GuestCallable
        public @Nullable String metadata(int index) {
            return listing.keys().get(index).attributes().metadata().orElse(null);
        }

        /** Null after the last page. */
        @GuestCallable
        public @Nullable String cursor() {
            return listing.cursor().orElse(null);
        }
    }
}
