package dev.skerry.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import dev.skerry.model.EnvironmentRef;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kept responses of all environments, bounded by their bytes; what is used least is dropped. Each environment sees its own. Thread-safe. */
final class Shelf {
    /** Of one URL, by what they depend on; a new one drops the oldest. */
    private static final int VARIANTS = 16;

    /**
     * @param cache a name that {@code caches.open} was given; empty for {@code caches.default}
     * @param url without its fragment
     */
    record Key(EnvironmentRef environment, String cache, String url) {
        private long weight() {
            return 100 + 2L * (cache.length() + url.length());
        }
    }

    private final Cache<Key, List<Entry>> entries;
    private final Clock clock;

    /** @param bytes how much memory the entries may take */
    Shelf(long bytes, Clock clock) {
        this.clock = clock;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Key key, List<Entry> variants) -> (int) Math.min(
                        Integer.MAX_VALUE,
                        key.weight()
                                + variants.stream().mapToLong(Entry::weight).sum()))
                // Without threads of its own.
                .executor(Runnable::run)
                .build();
    }

    long now() {
        return clock.millis();
    }

    /** The fresh response that answers a request with these headers. */
    Optional<Entry> find(Key key, String requestHeaders) {
        List<Entry> variants = entries.getIfPresent(key);
        if (variants == null) {
            return Optional.empty();
        }
        long now = now();
        for (Entry entry : variants) {
            if (entry.fresh(now) && entry.answers(requestHeaders)) {
                return Optional.of(entry);
            }
        }
        if (variants.stream().noneMatch(entry -> entry.fresh(now))) {
            entries.asMap().remove(key, variants);
        }
        return Optional.empty();
    }

    void put(Key key, Entry entry) {
        long now = now();
        entries.asMap().compute(key, (same, before) -> {
            List<Entry> variants = new ArrayList<>();
            variants.add(entry);
            if (before != null) {
                before.stream()
                        .filter(other -> other.fresh(now) && !other.vary().equals(entry.vary()))
                        .limit(VARIANTS - 1)
                        .forEach(variants::add);
            }
            return List.copyOf(variants);
        });
    }

    /** Drops all that is kept of a URL; whether there was something fresh. */
    boolean delete(Key key) {
        List<Entry> variants = entries.asMap().remove(key);
        long now = now();
        return variants != null && variants.stream().anyMatch(entry -> entry.fresh(now));
    }

    /** How many bytes are kept. */
    long weight() {
        entries.cleanUp();
        return entries.policy()
                .eviction()
                .map(Policy.Eviction::weightedSize)
                .map(size -> size.orElse(0))
                .orElse(0L);
    }
}
