package dev.skerry.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What is done in one KV namespace. Thread-safe; a hit costs two additions. */
public final class KvMeter {
    private final LongAdder hits = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();
    private final Timer reads;
    private final Timer writes;
    private final Timer lists;

    KvMeter(MeterRegistry registry, String namespace) {
        counter(registry, namespace, "skerry.kv.hits", hits);
        counter(registry, namespace, "skerry.kv.bytes.read", bytesRead);
        counter(registry, namespace, "skerry.kv.bytes.written", bytesWritten);
        this.reads = registry.timer("skerry.kv.reads", "namespace", namespace);
        this.writes = registry.timer("skerry.kv.writes", "namespace", namespace);
        this.lists = registry.timer("skerry.kv.lists", "namespace", namespace);
    }

    /** A read that memory answered. */
    public void hit(int bytes) {
        hits.increment();
        bytesRead.add(bytes);
    }

    /** A read that the store answered; {@code begun} is the {@link System#nanoTime()} of its beginning. */
    public void read(long begun, int bytes) {
        reads.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        bytesRead.add(bytes);
    }

    /** A write or deletion that is durable. */
    public void write(long begun, int bytes) {
        writes.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        bytesWritten.add(bytes);
    }

    public void list(long begun) {
        lists.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }

    private static void counter(MeterRegistry registry, String namespace, String name, LongAdder value) {
        FunctionCounter.builder(name, value, LongAdder::sum)
                .tag("namespace", namespace)
                .register(registry);
    }
}
