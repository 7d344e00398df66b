package dev.skerry.kv;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries that are read most, bounded by their bytes; also that a key is absent. Thread-safe.
 *
 * <p><b>The promise.</b> The operations on a key, of all isolates and the admin API, have a linear history: each seems to happen at one moment
 * between its call and its answer. The store alone keeps it: its moments are the commits, and what is read from it is committed. What must not
 * happen is that the cache gives a state after somebody could have seen a later one.
 *
 * <p><b>The invariant.</b> While an entry of a key is here, no write of that key is between {@link #begin} and {@link #end}, and the entry is the
 * committed state of the key. So a hit is as good as a read from the store at that moment. It is kept by three rules:
 *
 * <ol>
 *   <li><i>A write removes before it is queued.</i> {@link #begin} counts the write as under way and removes the entry; only then may the unit be given to
 *       the writer. From there until {@code end}, which comes after the commit, readers go to the store: they see the old state up to the
 *       commit and the new one from it on. Were the entry left until the commit, one reader could find the new state in the store and a later one
 *       the old state here.
 *   <li><i>A write publishes after its commit, if it is alone.</i> {@link #end} is called on the writer's thread, in the order of the commits and before
 *       the write is acknowledged. It puts the new entry here only when no other write is under way: another one of the key may be committed
 *       already, in the same batch, or be before its commit, when nothing may be here.
 *   <li><i>A reader's find is kept only if nothing moved.</i> A reader that missed takes a {@link #stamp} before it reads the store. Each {@code begin} and
 *       each {@code end} changes the stamp. {@link #fill} keeps the find if the stamp is the same still and no write is under way: then none was at any
 *       moment since the stamp was taken, so what the reader found is the committed state now. A find that is late is dropped, and cannot
 *       hide or undo a write.
 * </ol>
 *
 * <p>Stamp and count belong to a stripe, not to a key; that another key shares it costs a miss at worst. What changes many keys at once (a clone,
 * a deleted namespace) changes all stamps and then removes ({@link #forget}). An eviction takes an entry away, and that never harms.
 *
 * <p>A failed write ends without publishing: whatever became of it, the store tells. Expiry is the reader's to check, by the time in the
 * entry; sweeping an expired entry from the store changes nothing that anybody can see.
 */
final class KvCache {
    private static final int STRIPES = 1024;

    /** Of the whole, what one value may take. */
    private static final int SHARE = 64;

    /** What a key takes besides its characters and the value: objects, the table's slot, the policy's node. */
    private static final int OVERHEAD = 160;

    private record Key(Keyspace namespace, String name) {}

    /** Guarded by itself. */
    private static final class Stripe {
        long stamp;
        int writes;
    }

    private final Cache<Key, Optional<Entry>> entries;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final int largest;

    /** @param bytes how much memory the entries may take */
    KvCache(long bytes) {
        this.largest = (int) Math.min(bytes / SHARE, Integer.MAX_VALUE / 2);
        this.entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Key key, Optional<Entry> entry) -> OVERHEAD
                        + 2 * key.name().length()
                        + entry.map(Entry::weight).orElse(0))
                .build();
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** The entry, expired or not, or that there is none; null if the cache does not know. */
    @Nullable
    Optional<Entry> get(Keyspace namespace, String name) {
        return entries.getIfPresent(new Key(namespace, name));
    }

    /** Taken before a read of the store, for {@link #fill}. */
    long stamp(Keyspace namespace, String name) {
        Stripe stripe = stripe(new Key(namespace, name));
        synchronized (stripe) {
            return stripe.stamp;
        }
    }

    /** Keeps what was read from the store after the stamp had been taken, if it is still true. */
    void fill(Keyspace namespace, String name, long stamp, Optional<Entry> found) {
        Key key = new Key(namespace, name);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            if (stripe.stamp == stamp && stripe.writes == 0) {
                keep(key, found);
            }
        }
    }

    /** Before a write of the key is given to the store. Exactly one {@link #end} or {@link #abandon} follows. */
    void begin(Keyspace namespace, String name) {
        Key key = new Key(namespace, name);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            stripe.stamp++;
            stripe.writes++;
            entries.invalidate(key);
        }
    }

    /** The write is committed and not acknowledged yet; on the writer's thread. Empty: the key was deleted. */
    void end(Keyspace namespace, String name, Optional<Entry> written) {
        Key key = new Key(namespace, name);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            stripe.stamp++;
            stripe.writes--;
            if (stripe.writes == 0) {
                keep(key, written);
            }
        }
    }

    /** The write failed, or what it wrote is not worth keeping. */
    void abandon(Keyspace namespace, String name) {
        Stripe stripe = stripe(new Key(namespace, name));
        synchronized (stripe) {
            stripe.stamp++;
            stripe.writes--;
        }
    }

    /** Whatever is known of a namespace is wrong now. */
    void forget(Keyspace namespace) {
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                stripe.stamp++;
            }
        }
        entries.asMap().keySet().removeIf(key -> key.namespace() == namespace);
    }

    /** Whether a value of so many bytes can be kept. */
    boolean takes(int size) {
        return size <= largest;
    }

    private void keep(Key key, Optional<Entry> entry) {
        if (entry.isEmpty() || takes(entry.get().size())) {
            entries.put(key, entry);
        }
    }

    private Stripe stripe(Key key) {
        int hash = key.hashCode();
        return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
    }
}
