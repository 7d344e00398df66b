package dev.skerry.kv;

import dev.skerry.telemetry.KvMeter;

/** A KV namespace in use; one object for each, got by {@link KvStore#keyspace}. Immutable. */
public final class Keyspace {
    private final String id;
    private final KvMeter meter;

    Keyspace(String id, KvMeter meter) {
        this.id = id;
        this.meter = meter;
    }

    /** The namespace's id. */
    public String id() {
        return id;
    }

    KvMeter meter() {
        return meter;
    }

    @Override
    public String toString() {
        return id;
    }
}
