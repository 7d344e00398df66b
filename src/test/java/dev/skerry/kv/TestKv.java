package dev.skerry.kv;

import dev.skerry.binding.KindOfBinding;
import dev.skerry.model.Bytes;
import dev.skerry.model.KvNamespace;
import dev.skerry.store.KvTable.Attributes;
import dev.skerry.store.NamespaceTable;
import dev.skerry.store.TestStore;
import dev.skerry.telemetry.KvTelemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** KV on a real store in a folder, with a clock that the test sets. Sweeps when told, unless an interval is set. */
public final class TestKv implements AutoCloseable {
    public final TestStore store;
    public final KvStore kv;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong ahead = new AtomicLong();
    private final NamespaceTable namespaces = new NamespaceTable();

    public TestKv(Path folder, String... settings) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(dev.skerry.model.ByteSize.class, 100, dev.skerry.model.ByteSize::parse)
                .withConverter(Duration.class, 100, text -> Duration.parse("PT" + text))
                .withMapping(KvConfig.class)
                .withDefaultValue("skerry.kv.sweep-interval", "1h");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            config.withDefaultValue(setting.substring(0, equals), setting.substring(equals + 1));
        }
        store = new TestStore(folder);
        kv = new KvStore(
                store.database,
                config.build().getConfigMapping(KvConfig.class),
                new KvTelemetry(meters),
                () -> Instant.now().plusSeconds(ahead.get()));
    }

    /** The namespace of a title, made where it is not there; ids are titles here. */
    public Keyspace namespace(String title) {
        store.database.writeAndWait(transaction -> {
            if (namespaces.find(transaction, title).isEmpty()) {
                namespaces.insert(transaction, new KvNamespace(title, title), Instant.now());
            }
            return title;
        });
        return kv.keyspace(title);
    }

    void delete(Keyspace keyspace) {
        store.database.writeAndWait(transaction -> {
            namespaces.delete(transaction, keyspace.id());
            return keyspace;
        });
    }

    /** Lets time pass, for expiry. */
    public void pass(Duration time) {
        ahead.addAndGet(time.toSeconds());
    }

    public KindOfBinding binding() {
        return new KvBinding(kv);
    }

    CompletableFuture<Void> put(Keyspace keyspace, String key, String value) {
        return put(keyspace, key, Bytes.utf8(value));
    }

    CompletableFuture<Void> put(Keyspace keyspace, String key, Bytes value) {
        return kv.put(
                keyspace,
                key,
                new dev.skerry.binding.Body.Bytes(ByteBuffer.wrap(value.array())),
                kv.attributes(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    void putFor(Keyspace keyspace, String key, String value, long seconds) {
        Attributes attributes = kv.attributes(Optional.empty(), Optional.of(seconds), Optional.empty());
        kv.put(keyspace, key, new dev.skerry.binding.Body.Text(value), attributes)
                .join();
    }

    /** As an isolate reads: from memory, else from the store. */
    Optional<String> get(Keyspace keyspace, String key) {
        return value(keyspace, key).map(Bytes::utf8);
    }

    Optional<Bytes> value(Keyspace keyspace, String key) {
        Optional<Entry> known = kv.cached(keyspace, key);
        return (known != null ? known : kv.find(keyspace, key).join()).map(Entry::value);
    }

    /** How many rows a table has. */
    long rows(String table) {
        return store.database.read(session -> session.first("SELECT count(*) FROM " + table, row -> row.integer(0))
                .orElseThrow());
    }

    @Override
    public void close() {
        kv.close();
        store.close();
    }
}
