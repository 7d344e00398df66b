package dev.skerry.telemetry;

import dev.skerry.store.Database;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Metrics of the store's writer. Thread-safe.
 *
 * <ul>
 *   <li>{@code skerry.store.units} (counter): units of work that were committed or failed.
 *   <li>{@code skerry.store.commits} (counter): transactions that they shared, each a wait for the disk.
 *   <li>{@code skerry.store.waiting} (gauge): units in the queue.
 * </ul>
 */
@Singleton
public final class StoreTelemetry implements MeterBinder {
    private final Database database;

    @Inject
    StoreTelemetry(Database database) {
        this.database = database;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder(
                        "skerry.store.units",
                        database,
                        store -> store.statistics().units())
                .register(registry);
        FunctionCounter.builder(
                        "skerry.store.commits",
                        database,
                        store -> store.statistics().commits())
                .register(registry);
        Gauge.builder(
                        "skerry.store.waiting",
                        database,
                        store -> store.statistics().waiting())
                .register(registry);
    }
}
