package dev.skerry.telemetry;

import dev.skerry.model.Outcome;
import dev.skerry.model.Version;
import dev.skerry.model.VersionId;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which versions are measured. Thread-safe; a request costs one look at an empty map when none is. */
@Singleton
public final class VersionMeters {
    private final Map<VersionId, VersionMeter> meters = new ConcurrentHashMap<>();

    /** Measures a version's requests, anew if it was measured before. */
    public VersionMeter measure(VersionId version) {
        VersionMeter meter = new VersionMeter();
        meters.put(version, meter);
        return meter;
    }

    public void forget(VersionId version) {
        meters.remove(version);
    }

    /** @param begun when the request began, by {@link System#nanoTime()} */
    void responded(Version version, int status, long begun) {
        VersionMeter meter = find(version);
        if (meter != null) {
            meter.responded(status, System.nanoTime() - begun);
        }
    }

    void ended(Version version, String kind, Outcome outcome) {
        VersionMeter meter = find(version);
        if (meter != null && kind.equals("fetch")) {
            switch (outcome) {
                case Outcome.Ok ok -> meter.ended(false);
                case Outcome.Threw threw -> meter.ended(true);
                case Outcome.Exceeded exceeded -> meter.ended(true);
                case Outcome.ScriptNotFound missing -> meter.ended(true);
                // The client's doing.
                case Outcome.Canceled canceled -> meter.ended(false);
                case Outcome.ResponseStreamDisconnected gone -> meter.ended(false);
            }
        }
    }

    void refused(Version version) {
        VersionMeter meter = find(version);
        if (meter != null) {
            meter.ended(true);
        }
    }

    private @Nullable VersionMeter find(Version version) {
        return meters.isEmpty() ? null : meters.get(version.id());
    }
}
