package dev.skerry.assets;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.skerry.model.Bytes;
import dev.skerry.model.StaticFiles.StaticFile;
import dev.skerry.store.Database;
import dev.skerry.store.FileTable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The bytes of static files, of which some are in memory. Thread-safe. */
@Singleton
public final class AssetFiles implements AutoCloseable {
    private final Database database;
    private final AssetsConfig config;
    private final FileTable table = new FileTable();
    private final Cache<String, Bytes> cache;
    private final long mostCached;
    private final ThreadPoolExecutor readers;

    @Inject
    public AssetFiles(Database database, AssetsConfig config) {
        this.database = database;
        this.config = config;
        this.mostCached = config.cache().bytes() / 4;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(config.cache().bytes())
                .weigher((String sha256, Bytes bytes) -> bytes.size() + sha256.length())
                .build();
        this.readers = new ThreadPoolExecutor(
                config.readers(),
                config.readers(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.queue()),
                Thread.ofPlatform().name("skerry-assets-", 1).daemon().factory());
    }

    /** A file's bytes: at once, or when a thread has read them. Never blocks. */
    CompletionStage<Bytes> read(StaticFile file) {
        Bytes cached = cache.getIfPresent(file.sha256());
        if (cached != null) {
            return CompletableFuture.completedFuture(cached);
        }
        try {
            return CompletableFuture.supplyAsync(() -> load(file), readers);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new IllegalStateException(
                    config.queue() + " reads of static files wait for the store already (skerry.assets.queue)", e));
        }
    }

    private Bytes load(StaticFile file) {
        Bytes bytes = database.read(session -> table.content(session, file.sha256()))
                .orElseThrow(() -> new IllegalStateException("The store lacks the static file " + file.path()));
        if (bytes.size() <= mostCached) {
            cache.put(file.sha256(), bytes);
        }
        return bytes;
    }

    /** Keeps files, for a day, until a version of the owner (a service's name) has them. Waits for the store. */
    public void keep(String owner, List<Given> files) {
        if (!files.isEmpty()) {
            Instant now = Instant.now();
            database.writeAndWait(transaction -> {
                files.forEach(file -> table.upload(transaction, owner, file.hash(), file.content(), file.type(), now));
                return files.size();
            });
        }
    }

    /** A file that was given: its hash is the giver's name of the content. */
    public record Given(String hash, Bytes content, Optional<String> type) {}

    public AssetsConfig config() {
        return config;
    }

    @Override
    @PreDestroy
    public void close() {
        readers.shutdownNow();
    }
}
