package dev.skerry.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.skerry.model.ByteSize;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.store.Session;
import dev.skerry.store.SettingTable;
import dev.skerry.store.Transaction;
import dev.skerry.store.VersionTable;
import java.util.Optional;
import java.util.UUID;

/**
 * Versions that were asked for lately, bounded by the size of their code. Thread-safe.
 *
 * <p>Versions never change but for the names of environments in them, their own and those of their bindings. So the store holds a mark that every
 * renaming replaces within its transaction, and what is cached is cached for the mark that the reader sees.
 */
final class VersionCache {
    /** What a version weighs besides its code, in bytes: roughly its records and bindings. */
    private static final int OVERHEAD = 4096;

    private static final String MARK = "names";

    private record Key(VersionId id, String mark) {}

    private final VersionTable table;
    private final SettingTable settings = new SettingTable();
    private final Cache<Key, Version> versions;

    VersionCache(VersionTable table, ByteSize limit) {
        this.table = table;
        this.versions = Caffeine.newBuilder()
                .maximumWeight(limit.bytes())
                .weigher((Key key, Version version) -> (int) Math.min(
                        Integer.MAX_VALUE, OVERHEAD + version.spec().code().size()))
                .build();
    }

    Optional<Version> find(Session session, VersionId id) {
        Key key = key(session, id);
        Version cached = versions.getIfPresent(key);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<Version> found = table.find(session, id);
        found.ifPresent(version -> versions.put(key, version));
        return found;
    }

    void put(Session session, Version version) {
        versions.put(key(session, version.id()), version);
    }

    /** Environments have other names from here on. */
    void renamed(Transaction transaction) {
        settings.put(transaction, MARK, UUID.randomUUID().toString());
    }

    private Key key(Session session, VersionId id) {
        return new Key(id, settings.find(session, MARK).orElse(""));
    }
}
