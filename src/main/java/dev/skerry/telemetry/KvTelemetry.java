package dev.skerry.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Metrics of KV, each with the tag namespace (its id). Thread-safe.
 *
 * <ul>
 *   <li>{@code skerry.kv.hits} (counter): reads that memory answered.
 *   <li>{@code skerry.kv.reads} (timer): reads that the store answered.
 *   <li>{@code skerry.kv.writes} (timer): writes and deletions, until they are durable.
 *   <li>{@code skerry.kv.lists} (timer): pages of listings.
 *   <li>{@code skerry.kv.bytes.read}, {@code skerry.kv.bytes.written} (counters): bytes of values.
 * </ul>
 */
@Singleton
public final class KvTelemetry {
    private final MeterRegistry registry;
    private final Map<String, KvMeter> meters = new ConcurrentHashMap<>();

    @Inject
    public KvTelemetry(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The meter of a namespace. */
    public KvMeter namespace(String id) {
        return meters.computeIfAbsent(id, made -> new KvMeter(registry, made));
    }
}
