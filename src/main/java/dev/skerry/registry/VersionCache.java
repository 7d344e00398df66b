package dev.skerry.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.skerry.model.ByteSize;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import dev.skerry.store.Session;
import dev.skerry.store.VersionTable;
import java.util.Optional;

/** Versions that were asked for lately, bounded by the size of their code. Versions never change, so what is here is right. Thread-safe. */
final class VersionCache {
    /** What a version weighs besides its code, in bytes: roughly its records and bindings. */
    private static final int OVERHEAD = 4096;

    private final VersionTable table;
    private final Cache<VersionId, Version> versions;

    VersionCache(VersionTable table, ByteSize limit) {
        this.table = table;
        this.versions = Caffeine.newBuilder()
                .maximumWeight(limit.bytes())
                .weigher((VersionId id, Version version) -> (int) Math.min(
                        Integer.MAX_VALUE, OVERHEAD + version.spec().code().size()))
                .build();
    }

    Optional<Version> find(Session session, VersionId id) {
        Version cached = versions.getIfPresent(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<Version> found = table.find(session, id);
        found.ifPresent(this::put);
        return found;
    }

    /** Versions tell the environment that they are of: they are read again once it has another name. */
    void forget(EnvironmentRef environment) {
        versions.asMap().values().removeIf(version -> version.environment().equals(environment));
    }

    void put(Version version) {
        versions.put(version.id(), version);
    }
}
